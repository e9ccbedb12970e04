"""The lines of a text, read once: asking for the line of a place costs the logarithm of their number."""

from bisect import bisect_left


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, lower: str) -> None:
        """Find the line breaks."""
        self._breaks: list[int] = []
        at = lower.find("\n")
        while at >= 0:
            self._breaks.append(at)
            at = lower.find("\n", at + 1)

    @property
    def first_end(self) -> int:
        """Where the first line ends, or -1: there is no other."""
        return self._breaks[0] if self._breaks else -1

    def number(self, at: int) -> int:
        """Return how many line breaks stand before `at`."""
        return bisect_left(self._breaks, at)

    def start(self, at: int) -> int:
        """Return where the line that holds `at` begins."""
        number = self.number(at)
        return self._breaks[number - 1] + 1 if number else 0
