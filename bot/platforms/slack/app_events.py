"""What is done beside the messages, and must never hold one up: the App Home, the self-check, a look at our token."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.judging.guard import Guard
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.home import home
from bot.platforms.slack.starting import Identity
from bot.platforms.slack.wire import TOKEN_LOST, code_of
from bot.talk.commands import Commands

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class AppEvents:
    """Runs app events; `lost` is told the code when our token is no good any more."""

    who: Identity
    web: AsyncWebClient
    directory: Directory
    guard: Guard
    commands: Commands
    clock: Callable[[], float]
    lost: Callable[[str], None]
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def visited(self, user: str) -> None:
        """Somebody opened the App Home: show it as it is now."""
        self._begin(self._show_home(user))

    def arrived(self, channel: str) -> None:
        """The bot came to a channel: tell the admins what it lacks to do its work there."""
        if self.who.missing:
            self._begin(self.guard.alert("permissions", platform="slack", chat=channel, detail="missing_scope"))

    def gone(self) -> None:
        """Tokens were revoked, or the app was removed: find out whether it was ours."""
        self._begin(self._still_welcome())

    async def close(self) -> None:
        """Drop what is under way."""
        for task in tuple(self.under_way):
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)

    async def _show_home(self, user: str) -> None:
        code = await self.directory.language(user)
        view = await home(self.commands, self.who.me.workspace, user, code, self.clock)
        await self.web.views_publish(user_id=user, view=view)

    async def _still_welcome(self) -> None:
        try:
            await self.web.auth_test()
        except SlackApiError as error:
            if code_of(error) in TOKEN_LOST:
                self.lost(code_of(error))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(self._safely(work))
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except SlackApiError as error:
            _log.warning("slack.failed code=%s", code_of(error))
        except Exception as error:  # noqa: BLE001  # an errand beside the messages must not stop them
            _log.warning("slack.failed code=%s", type(error).__name__)
