"""What the platforms share: where they hand in what happens, and the work beside the messages."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from bot.judging.guard import Guard
from bot.message import Message
from bot.platform import Platform
from bot.talk.commands import Commands
from bot.talk.language import Languages
from bot.talk.presses import Presses
from bot.talk.private_check import PrivateCheck

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inbound:
    """Where a platform hands in what happens (`guard`), and who answers people."""

    guard: Guard
    commands: Commands
    presses: Presses
    languages: Languages
    check: PrivateCheck
    """What answers a text or a file that somebody shows to the bot privately."""


class ChatPlatform(Platform, Protocol):
    """A platform that can be opened and listened to."""

    rereads: bool
    """Whether `reread` asks the platform; else it knows what this process still has in memory."""

    async def open(self, inbound: Inbound) -> str:
        """Check the token and get ready; returns one line for the operator. Raises PlatformRefused with the cure."""
        ...

    async def receive(self) -> None:
        """Hand events in until cancelled. Raises PlatformStopped when the platform is lost for good."""
        ...

    async def reread(self, chat: str, message: str) -> Message | None:
        """A message as it stands now; None when it can't be had. Raises nothing."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


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
