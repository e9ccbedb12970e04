"""What Telegram's answers tell beside their contents: for how long it was not heard, and whether our clock is slow."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.judging.guard import Guard
from bot.message import Cursor, when
from bot.platforms.telegram import NAME
from bot.store import Store
from bot.words import AlertCode

KEPT_SECONDS = 24 * 3600.0
"""How long Telegram keeps updates that nobody fetched: https://core.telegram.org/bots/api#getting-updates."""
ALIVE_SECONDS = 600.0
SKEW_SECONDS = 120
MOST_SKEW = 10 * 365 * 86_400

_log = logging.getLogger(__name__)


class Presence:
    """Notes when Telegram was heard, in a cursor, so that a gap shows after a restart too."""

    def __init__(self, guard: Guard, store: Store, clock: Callable[[], float]) -> None:
        self._guard, self._store, self._clock = guard, store, clock
        self._alive = float(store.cursor(NAME, "alive") or 0)
        self._told_alive = 0.0
        self._skewed = False

    async def heard(self) -> None:
        """Note that Telegram answered; say so when it had been silent for longer than it keeps updates."""
        now = self._clock()
        if self._alive and now - self._alive > KEPT_SECONDS:
            hours = int((now - self._alive) / 3600)
            _log.warning("telegram.away hours=%d: possible gap, as Telegram keeps updates for 24 hours only", hours)
            await self._guard.alert(AlertCode.GAP, platform=NAME)
        self._alive = now
        if abs(now - self._told_alive) > ALIVE_SECONDS:
            await self._store.commit((), Cursor(NAME, "alive", str(int(now))))
            self._told_alive = now

    def compare_clocks(self, update: Mapping[str, Any]) -> None:
        """A message from the future means that our clock is behind; every time in the log is wrong by as much."""
        said, now = (update.get("message") or {}).get("date"), self._clock()
        ahead = int(when(said, now + MOST_SKEW) - now)
        if ahead == MOST_SKEW:  # no clock is that slow: the date is none
            return
        if ahead > SKEW_SECONDS and not self._skewed:
            _log.warning(
                "telegram.clock behind=%d: this computer's clock is slow; let it be set by a time server", ahead
            )
        self._skewed = ahead > SKEW_SECONDS
