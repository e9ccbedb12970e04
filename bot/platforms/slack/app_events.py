"""What is done beside the messages, and must never hold one up: the App Home, the self-check, a look at our token."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.message import Message
from bot.platforms.beside import Inbound, SideWork
from bot.platforms.slack import NAME
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.files import Files
from bot.platforms.slack.home import home
from bot.platforms.slack.shape import said
from bot.platforms.slack.starting import Identity
from bot.platforms.slack.wire import TOKEN_LOST, code_of
from bot.talk.private_check import Checked
from bot.words import AlertCode


@dataclass(slots=True)
class AppEvents:
    """Runs app events; `lost` is told the code when our token is no good any more."""

    who: Identity
    web: AsyncWebClient
    directory: Directory
    inbound: Inbound
    clock: Callable[[], float]
    lost: Callable[[str], None]
    files: Files
    side: SideWork = field(default_factory=lambda: SideWork(NAME, code_of_failure))

    def visited(self, user: str) -> None:
        """Somebody opened the App Home: show it as it is now."""
        self.side.begin(self._show_home(user))

    def shown(self, message: Message, *, names: bool) -> None:
        """Somebody shows a text or files privately: say what they hold, there."""
        self.side.begin(self._check(message, names=names))

    def arrived(self, channel: str) -> None:
        """The bot came to a channel: tell the admins what it lacks to do its work there."""
        if self.who.missing:
            self.side.begin(
                self.inbound.guard.alert(AlertCode.PERMISSIONS, platform=NAME, chat=channel, detail="missing_scope")
            )

    def gone(self) -> None:
        """Tokens were revoked, or the app was removed: find out whether it was ours."""
        self.side.begin(self._still_welcome())

    async def close(self) -> None:
        """Drop what is under way."""
        await self.side.drop()

    async def _check(self, message: Message, *, names: bool) -> None:
        check = self.inbound.check
        if message.parts:
            checked = await check.words(message, names=names)
            await self._tell(message.chat, checked)
        for file in message.attachments:
            await self._tell(message.chat, await check.file(message, partial(self.files.fetch, file)))

    async def _tell(self, channel: str, checked: Checked) -> None:
        shown = said(checked.text, safer=checked.safer)
        await self.web.chat_postMessage(channel=channel, **shown, unfurl_links=False, unfurl_media=False)

    async def _show_home(self, user: str) -> None:
        code = await self.directory.language(user)
        view = await home(self.inbound, self.who.me.workspace, user, code, self.clock)
        await self.web.views_publish(user_id=user, view=view)

    async def _still_welcome(self) -> None:
        try:
            await self.web.auth_test()
        except SlackApiError as error:
            if code_of(error) in TOKEN_LOST:
                self.lost(code_of(error))


def code_of_failure(error: Exception) -> str:
    """Slack's own word for what went wrong, where it has one."""
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
