"""Something that fails again and again: said when it begins, then at growing pauses, and when it is over."""

import time
from collections.abc import Callable

FIRST, LONGEST = 60.0, 3600.0
"""Seconds until it is said again: each pause is twice as long as the one before, up to the longest."""
OVER = 20.0
"""Seconds without it until it counts as over: what comes and goes is one outage."""


class Outage:
    """What keeps one part from working, by its sentence; `ticks` are seconds that no clock jumps in."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._reason = ""
        self._since = self._seen = self._again = self._pause = 0.0

    @property
    def lasts(self) -> bool:
        """Whether there is one."""
        return bool(self._reason)

    def seen(self, reason: str) -> bool:
        """Note that it goes on; returns whether to say so: when it is new or another one, or it is time again."""
        now = self._seen = self._ticks()
        if not self._reason:
            self._since = now
        if reason != self._reason:
            self._reason, self._pause, self._again = reason, FIRST, now + FIRST
            return True
        if now < self._again:
            return False
        self._pause = min(2 * self._pause, LONGEST)
        self._again = now + self._pause
        return True

    def over(self) -> float | None:
        """Return how many seconds it lasted once it is over, and forget it; None while it goes on, or if none was."""
        if not self._reason or self._ticks() - self._seen < OVER:
            return None
        self._reason = ""
        return self._seen - self._since
