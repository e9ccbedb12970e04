"""What the platforms share: where they hand in what happens, and the work beside the messages."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from bot.judging.guard import Guard
from bot.platform import Platform
from bot.store import StoreError
from bot.talk.commands import Commands
from bot.talk.language import Languages
from bot.talk.presses import Presses
from bot.words import AlertCode

TROUBLE_SECONDS = 60.0
"""How long a platform may not work before admins are told."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inbound:
    """Where a platform hands in what happens (`guard`), and who answers people."""

    guard: Guard
    commands: Commands
    presses: Presses
    languages: Languages


class ChatPlatform(Platform, Protocol):
    """A platform that can be opened and listened to."""

    async def open(self, inbound: Inbound) -> str:
        """Check the token and get ready; returns one line for the operator. Raises PlatformRefused with the cure."""
        ...

    async def receive(self) -> None:
        """Hand events in until cancelled. Raises PlatformStopped when the platform is lost for good."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Trouble:
    """How long a platform has not worked: admins are told once when that lasts, and again only after it was over."""

    def __init__(self, platform: str, guard: Guard) -> None:
        self._platform, self._guard = platform, guard
        self._since: float | None = None
        self._told = False

    async def goes_on(self) -> None:
        """It doesn't work (yet, or still)."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if self._told or now - self._since < TROUBLE_SECONDS:
            return
        _log.error("platform.troubled name=%s seconds=%.0f", self._platform, now - self._since)
        with suppress(StoreError):  # told at the next occasion
            await self._guard.alert(AlertCode.TROUBLE, platform=self._platform)
            self._told = True

    def over(self) -> None:
        """It works."""
        if self._told:
            _log.info("platform.works name=%s", self._platform)
        self._since, self._told = None, False


class SideWork:
    """Work that no message waits for and that must not stop the reading; a failure is logged by its kind alone.

    `explain` gives the code of an exception where its kind says too little.
    """

    def __init__(self, platform: str, explain: Callable[[Exception], str] = lambda error: type(error).__name__) -> None:
        self._platform = platform
        self._explain = explain
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._tasks)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Start some work."""
        task = asyncio.ensure_future(self._safely(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Let what is under way end, for so long."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=seconds)

    async def drop(self) -> None:
        """End what is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - whatever it is, the messages go on
            _log.warning("side_work.failed platform=%s error=%s", self._platform, self._explain(error))
