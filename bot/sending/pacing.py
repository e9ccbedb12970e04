"""How fast a platform may be written to: sliding windows, one for each bucket that the platform names."""

import time
from collections import deque
from collections.abc import Callable, Mapping

Limits = Mapping[str, tuple[int, float]]
"""For each bucket: how many sends in how many seconds."""

BUCKETS = 10_000
"""Buckets kept before the empty ones are forgotten."""


def narrowest(limits: Limits) -> str:
    """The bucket that overflows first; there must be one."""
    return min(limits, key=lambda bucket: limits[bucket][0] / limits[bucket][1])


class Pacer:
    """Remembers when each bucket was drawn from. `now` never goes back, whatever is done to the wall clock."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._drawn: dict[str, deque[float]] = {}
        self._closed: dict[str, float] = {}

    def delay(self, limits: Limits) -> float:
        """Seconds to wait until every bucket has room; 0 for none."""
        now = self._now()
        return max((self._wait(bucket, *limit, now) for bucket, limit in limits.items()), default=0.0)

    def draw(self, limits: Limits) -> None:
        """Take room from every bucket for one send."""
        now = self._now()
        for bucket, (count, _) in limits.items():
            self._drawn.setdefault(bucket, deque(maxlen=count)).append(now)
        if len(self._drawn) > BUCKETS:
            self._forget(now)

    def close(self, limits: Limits, seconds: float) -> None:
        """The platform said "later": hold the narrowest bucket, which is the one that overflows first, and no other."""
        if limits:
            bucket = narrowest(limits)
            self._closed[bucket] = max(self._now() + seconds, self._closed.get(bucket, 0.0))

    def _wait(self, bucket: str, count: int, seconds: float, now: float) -> float:
        drawn = self._drawn.get(bucket)
        # The deque holds the last `count` sends: when it is full, its first one must leave the window.
        full = drawn[0] + seconds - now if drawn and len(drawn) >= count else 0.0
        return max(full, self._closed[bucket] - now if bucket in self._closed else 0.0, 0.0)

    def _forget(self, now: float) -> None:
        hour_ago = now - 3600.0
        self._drawn = {bucket: drawn for bucket, drawn in self._drawn.items() if drawn[-1] > hour_ago}
        self._closed = {bucket: until for bucket, until in self._closed.items() if until > now}
