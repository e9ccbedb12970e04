"""A file that somebody shows to the bot privately: read, judged, answered, and recorded nowhere."""

from collections.abc import Awaitable, Callable

from bot import wording
from bot.judging.guard import Guard
from bot.looks.reader import FileReader
from bot.message import Message
from bot.platform import Fetched, Unfetched
from bot.send import Later
from bot.talk.files import places
from bot.talk.language import Languages
from bot.wording import say

Fetch = Callable[[int], Awaitable["Fetched | Unfetched | Later"]]
"""A file's bytes, at most so many of them."""


class PrivateCheck:
    """Says what a nudge would say of a file."""

    def __init__(self, guard: Guard, reader: FileReader, languages: Languages) -> None:
        self._guard, self._reader, self._languages = guard, reader, languages

    async def answer(self, message: Message, fetch: Fetch) -> str:
        """Return the sentence for whoever sent the file; `message` says who and where, its words don't matter."""
        language = self._languages.of(message.platform, message.workspace, message.sender or "", message.language)
        fetched = await fetch(self._reader.most)
        if not isinstance(fetched, Fetched):
            code = fetched.code if isinstance(fetched, Unfetched) else None
            return say(language, "check.file_unread", why=_why(language, code or ""))
        found = await self._reader.read(fetched.content, fetched.name)
        if found.unread is not None and not found.found:
            return say(language, "check.file_unread", why=_why(language, found.unread))
        judged = self._guard.glance(message, found, len(fetched.content))
        if not judged.rules:
            return say(language, "check.file_protected" if found.protected else "check.file_nothing")
        kinds = wording.kinds(language, tuple(judged.types)) or say(language, "kind.other")
        where = places(language, judged.held)
        key = "check.file_found_at" if where else "check.file_found"
        return say(language, key, kinds=kinds, places=where)


def _why(language: str, code: str) -> str:
    return say(language, f"unread.{code}" if wording.has(f"unread.{code}") else "unread.other")
