"""Places of a text that are taken: asked in the logarithm of their number, however many there are."""

from bisect import bisect_left
from collections.abc import Iterable


class Spans:
    """Places that nothing else may stand in; those that overlap become one."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take places, in any order, each with start < end."""
        self._spans: list[tuple[int, int]] = []
        for start, end in spans:
            self.add(start, end)

    def __bool__(self) -> bool:
        """Tell whether any place is taken."""
        return bool(self._spans)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them shares a character with start..end."""
        if not self._spans:
            return False
        behind = bisect_left(self._spans, (end,))
        return behind > 0 and self._spans[behind - 1][1] > start

    def add(self, start: int, end: int) -> None:
        """Take one more."""
        behind = first = bisect_left(self._spans, (end,))
        while first and self._spans[first - 1][1] > start:
            first -= 1
            start, end = min(start, self._spans[first][0]), max(end, self._spans[first][1])
        self._spans[first:behind] = [(start, end)]
