"""The polling loop: getUpdates -> judge the batch -> one transaction with the offset -> next.

An update is confirmed by asking for what comes after it, so nothing is asked for before its meaning is committed.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from telegram.error import TelegramError

from bot.platform import PlatformStopped, Trouble
from bot.platforms.telegram.batches import Batches
from bot.platforms.telegram.line import LOST, complain, lost, patience, reason
from bot.platforms.telegram.offset import Offset
from bot.platforms.telegram.parse import KINDS, Me
from bot.platforms.telegram.presence import Presence
from bot.platforms.telegram.wire import POLL_SECONDS, Wire
from bot.words import TroubleCode

MANY, FEW = 100, 10
"""Updates asked for at once (#getupdates, limit); few after a failure: an answer may have been too long."""

BRIEF = 0.5
"""Seconds that a poll takes at least. Telegram's own waits for an update as it is asked to; a small server may answer
at once that there is none, and what is written meanwhile shall not wait long for the next poll."""
STANDBY = 1.0
"""Seconds between two looks at whether it is our turn to poll."""

_log = logging.getLogger(__name__)


class Receiver:
    """Reads one bot account. Implements `bot.platforms.telegram.line.Line`."""

    way = ""

    def __init__(
        self,
        wire: Wire,
        offset: Offset,
        batches: Batches,
        presence: Presence,
        kinds: tuple[str, ...] = KINDS,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        """`leads`: whether this one polls, of several programs over one log: Telegram answers one poll at a time."""
        self._wire, self._offset, self._batches, self._presence = wire, offset, batches, presence
        self._kinds, self._leads = kinds, leads
        self._failures = 0

    async def open(self) -> None:
        """Nothing has to be got ready."""

    async def begin(self, me: Me) -> None:  # noqa: ARG002  # the line's signature
        """Take away a webhook, ours or another program's: it would make getUpdates fail (#getupdates, note 1).

        What it has not posted stays, and is read.
        """
        try:
            await self._wire.end_posting()
        except TelegramError:
            _log.warning("telegram.webhook: could not be looked at; if polling is refused, delete the bot's webhook")

    def trouble(self) -> tuple[Trouble, ...]:
        """Whether the last poll came to nothing."""
        return (Trouble(TroubleCode.WAITING),) if self._failures else ()

    async def close(self) -> None:
        """Nothing is let in but what is asked for."""

    async def run(self, me: Me) -> None:
        """Read until cancelled, whatever answers. Raises PlatformStopped when the token is revoked."""
        wait = 0  # the first poll only looks: whether Telegram answers, and what came while the bot was away
        while True:
            if not self._leads():
                self._failures = wait = 0
                await asyncio.sleep(STANDBY)
                continue
            try:
                await self._poll(wait, me)
                wait = POLL_SECONDS
            except PlatformStopped:
                raise
            except Exception as error:  # noqa: BLE001  # what one platform answers must not end the process
                if await lost(error, self._wire):
                    raise PlatformStopped(LOST) from None
                await self._pause(reason(error), error)
                wait = 0  # whether that is over shows at once, not after a long poll

    async def _poll(self, wait: int, me: Me) -> None:
        """Fetch once and commit what came; slower and slower when that brings nothing new."""
        offset, began = self._offset(), time.monotonic()
        updates = await self._wire.updates(offset, self._kinds, wait, FEW if self._failures else MANY)
        await self._presence.heard()
        if updates:
            await self._batches.take(updates, me)
        moved = self._offset() != offset
        if updates and not moved:
            await self._pause("the same updates again")
            return
        self._failures = 0
        if not updates:
            await asyncio.sleep(max(0.0, min(BRIEF, wait) - (time.monotonic() - began)))

    async def _pause(self, why: str, error: Exception | None = None) -> None:
        """Wait before the next try."""
        self._failures += 1
        wait = patience(self._failures, error)
        complain(self._failures, wait, why)
        await asyncio.sleep(wait)
