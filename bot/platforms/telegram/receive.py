"""The polling loop: getUpdates -> judge the batch -> one transaction with the offset -> next.

An update is confirmed by asking for what comes after it, so nothing is asked for before its meaning is committed.
"""

import asyncio
import logging
import random
import time

from telegram.error import TelegramError

from bot.platform import PlatformStopped
from bot.platforms.telegram.batches import Batches
from bot.platforms.telegram.offset import Offset
from bot.platforms.telegram.parse import KINDS, Me
from bot.platforms.telegram.presence import Presence
from bot.platforms.telegram.wire import POLL_SECONDS, GarbageError, RefusalError, Wire
from bot.store import StoreError

MANY, FEW = 100, 10
"""Updates asked for at once (#getupdates, limit); few after a failure: an answer may have been too long."""

CONFLICT = "another program uses this bot's token; stop it, or make a bot of its own with BotFather"
LOST = (
    "Telegram no longer accepts the token; get the current one from BotFather, set TELEGRAM_BOT_TOKEN and start again"
)

_log = logging.getLogger(__name__)


class Receiver:
    """Reads one bot account."""

    def __init__(
        self, wire: Wire, offset: Offset, batches: Batches, presence: Presence, kinds: tuple[str, ...] = KINDS
    ) -> None:
        self._wire, self._offset, self._batches, self._presence = wire, offset, batches, presence
        self._kinds = kinds
        self._failures = 0

    @property
    def failing(self) -> bool:
        """Whether the last poll came to nothing."""
        return self._failures > 0

    async def run(self, me: Me) -> None:
        """Read until cancelled, whatever answers. Raises PlatformStopped when the token is revoked."""
        wait = 0  # the first poll only looks: whether Telegram answers, and what came while the bot was away
        while True:
            try:
                await self._poll(wait, me)
                wait = POLL_SECONDS
            except PlatformStopped:
                raise
            except Exception as error:  # noqa: BLE001  # what one platform answers must not end the process
                await self._failed(error)
                wait = 0  # whether that is over shows at once, not after a long poll

    async def _poll(self, wait: int, me: Me) -> None:
        """Fetch once and commit what came; slower and slower when that brings nothing and takes no time."""
        offset, began = self._offset(), time.monotonic()
        updates = await self._wire.updates(offset, self._kinds, wait, FEW if self._failures else MANY)
        await self._presence.heard()
        if updates:
            await self._batches.take(updates, me)
        moved = self._offset() != offset
        if updates and not moved:
            await self._pause("the same updates again")
        elif not updates and time.monotonic() - began < wait / 2:
            await self._pause("empty answers at once")
        else:
            self._failures = 0

    async def _failed(self, error: Exception) -> None:
        match error:
            case RefusalError():
                await self._refused(error)
            case StoreError():
                await self._pause(f"store: {error}")
            case GarbageError():
                await self._pause("what answers does not speak as Telegram does")
            case TelegramError():
                await self._pause(f"no connection to Telegram ({type(error.__cause__ or error).__name__})")
            case _:
                await self._pause(f"unexpected {type(error).__name__}")

    async def _refused(self, error: RefusalError) -> None:
        if error.token_lost and (error.code == 401 or await self._unknown()):
            raise PlatformStopped(LOST)
        if error.code == 409:
            await self._pause(f"refused: {CONFLICT}")
        else:
            await self._pause(f"refused with {error.code}", error.retry_after)

    async def _unknown(self) -> bool:
        """Whether a 404 is about the token: a token that Telegram can't read is not found either."""
        try:
            await self._wire.me()
        except RefusalError as error:
            return error.token_lost
        except TelegramError:
            return False
        return False

    async def _pause(self, reason: str, seconds: float | None = None) -> None:
        """Wait before the next try, longer each time and never in step with others."""
        self._failures += 1
        wait = seconds or min(60.0, 0.5 * 2.0 ** min(self._failures, 7)) * random.uniform(0.5, 1.0)  # noqa: S311  # jitter is no secret
        if self._failures in (1, 5) or self._failures % 20 == 0:
            _log.warning("telegram.waiting seconds=%.1f reason=%s", wait, reason)
        await asyncio.sleep(wait)
