"""What happened since the start, in numbers for whoever watches over the bot: codes and counts, never ids or words."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

DETECTOR_BOUNDS = (0.000_025, 0.000_1, 0.000_5, 0.002, 0.01, 0.05, 0.5)
"""Seconds; an ordinary message takes tens of microseconds, a second opinion some milliseconds."""
LAG_BOUNDS = (0.1, 0.5, 1.0, 5.0, 30.0, 300.0, 3_600.0)
"""Seconds from when a message was posted, by the platform's clock, until it was judged."""


class Spread:
    """How often something took how long."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        """`bounds` are the upper ends of the steps, in seconds, rising."""
        self.bounds = bounds
        self.total = 0.0
        self._steps = [0] * (len(bounds) + 1)

    def add(self, seconds: float) -> None:
        """Count one; less than nothing, as clocks that differ make it, is nothing."""
        seconds = max(seconds, 0.0)
        self.total += seconds
        self._steps[bisect_left(self.bounds, seconds)] += 1

    def so_far(self) -> Iterator[tuple[float, int]]:
        """Yield each bound, the last one infinite, with how many took no longer."""
        count = 0
        for bound, step in zip((*self.bounds, float("inf")), self._steps, strict=True):
            count += step
            yield bound, count


class Meter:
    """Counts; kept in memory alone."""

    def __init__(self) -> None:
        self.messages: Counter[tuple[str, str]] = Counter()
        """By platform and verdict: clean, a severity, or aside for what could not be judged."""
        self.findings: Counter[str] = Counter()
        """By entity type, wherever something was found, whether or not a rule says anything of it."""
        self.sends: Counter[tuple[str, str, str, str]] = Counter()
        """Calls by platform, kind, rung and outcome."""
        self.commits = 0
        self.detector = Spread(DETECTOR_BOUNDS)
        """A whole message, all its parts."""
        self.lag: dict[str, Spread] = {}
        """By platform."""

    def judged(self, platform: str, verdict: str, seconds: float, lag: float) -> None:
        """Count a message that was judged: what came of it, how long the detector took, how old it was."""
        self.messages[platform, verdict] += 1
        self.detector.add(seconds)
        if platform not in self.lag:
            self.lag[platform] = Spread(LAG_BOUNDS)
        self.lag[platform].add(lag)
