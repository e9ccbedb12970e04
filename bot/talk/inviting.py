"""`/web`: an admin gets a private link to the page, good once. It is made when the answer goes: none is stored."""

from bot.config import Web
from bot.message import Ask
from bot.talk.answer import Answer
from bot.web.sessions import Sessions, Visitor, WebRole
from bot.wording import say

OUT = "out"


class Inviting:
    """Invites people to the page. Who may ask is decided, and noted, before it comes here."""

    def __init__(self, web: Web, sessions: Sessions) -> None:
        self._web, self._sessions = web, sessions

    def answer(self, ask: Ask, args: tuple[str, ...], language: str, slash: str) -> Answer:
        """Hand out a link, or end the asker's visits."""
        if self._web.listen is None:
            return Answer(say(language, "answer.web_off"))
        if OUT in args:
            count = self._sessions.end(ask.platform, ask.user)
            return Answer(say(language, "answer.web_out", count=count))
        secret = self._sessions.invite(Visitor(ask.platform, ask.workspace, ask.user, language, self._role(ask)))
        return Answer(say(language, "answer.web", link=f"{self._web.origin}/in/{secret}", slash=slash))

    def _role(self, ask: Ask) -> WebRole:
        return WebRole.EDITOR if f"{ask.platform}:{ask.user}" in self._web.editors else WebRole.VIEWER
