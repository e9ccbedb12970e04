"""The computer's clock: when it was set, and whether it can be trusted with what can't be taken back."""

import logging
import time
from collections.abc import Callable

from bot.words import Act

STEP = 1.0
"""Seconds by which a clock that is not set stays with one that nobody can set, however the two are read."""
JUMP = 600.0
"""Seconds by which the clock may be set while the bot runs: a time server corrects less."""
AWAY = 4 * 86_400.0
"""Seconds since the newest entry of the log that need no explanation: a long weekend."""
HOLDS = 3_600.0
"""Seconds after which a time that nobody changed again is taken for right."""
CONFIRMED = Act.CLOCK
"""The action in the audit table by which an operator says that the clock is right."""

_log = logging.getLogger(__name__)


def is_odd(now: float, newest: float) -> bool:
    """Tell whether a clock can hardly be right by the newest entry of the log (0: there is none)."""
    return bool(newest) and not newest - JUMP <= now <= newest + AWAY


class WallClock:
    """Tells the time like `clock` (Unix seconds), and knows of its jumps by `ticks`, which nobody can set."""

    def __init__(
        self,
        clock: Callable[[], float],
        newest: float = 0.0,
        ticks: Callable[[], float] = time.monotonic,
        stepped: Callable[[float, float], None] = lambda _now, _seconds: None,
    ) -> None:
        """Begin to watch; `newest` is when the newest entry of the log was made.

        `stepped` is called with the new time and by how much the clock was set, before that time is told to anybody.
        """
        self._clock = clock
        self._ticks = ticks
        self._stepped = stepped
        self._offset = self._seen = clock() - ticks()
        self._doubted: tuple[float, float] | None = None
        if is_odd(clock(), newest):
            self._doubt(clock(), ticks(), clock() - newest)

    def __call__(self) -> float:
        """Tell the time."""
        now = self._clock()
        step = now - self._ticks() - self._seen
        if abs(step) > STEP:
            self._seen += step
            self._stepped(now, step)
        return now

    @property
    def doubted(self) -> bool:
        """Whether the clock jumped and nothing has shown yet that it is right."""
        return self._doubted is not None

    def look(self, confirmed: Callable[[float], bool]) -> bool:
        """Compare the clocks, every minute or so; True when the time can be trusted.

        `confirmed` tells whether an operator has said so since a time.
        """
        now, tick = self._clock(), self._ticks()
        jump = now - tick - self._offset
        if abs(jump) > JUMP:
            self._offset = now - tick
            self._doubt(now, tick, jump)
        elif self._doubted and (tick - self._doubted[1] >= HOLDS or confirmed(self._doubted[0])):
            self._doubted = None
            _log.info("clock.trusted: deleting and expiring go on")
        return not self.doubted

    def _doubt(self, now: float, tick: float, seconds: float) -> None:
        self._doubted = (now, tick)
        _log.warning(
            "clock.jumped seconds=%d: nothing is deleted or expires until the time holds for an hour;"
            " if it is right, `thinktwice purge --clock-is-right` says so at once",
            seconds,
        )
