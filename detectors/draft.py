"""A text under the pen: edits, and the way back from a place in the new text to the old one.

The way back is worked out only when somebody asks for it, for most texts hold nothing to point at.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

Edit = tuple[int, int, str]
"""Replace text[start:end] by a string."""


class Step:
    """One round of edits, in order and apart: where each stands in the new text, and what it replaced."""

    __slots__ = ("_ends", "_old", "_starts")

    def __init__(self, edits: list[Edit]) -> None:
        """Take edits of the old text."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._old = [(start, end) for start, end, _ in edits]
        shift = 0
        for start, end, new in edits:
            self._starts.append(start + shift)
            self._ends.append(start + shift + len(new))
            shift += len(new) - (end - start)

    def back(self, at: int) -> tuple[int, int]:
        """Return start and end in the old text of the character at `at` in the new one."""
        i = bisect_right(self._starts, at) - 1
        if i < 0:
            return at, at + 1
        if at < self._ends[i]:
            return self._old[i]
        old = at - self._ends[i] + self._old[i][1]
        return old, old + 1


class Draft:
    """A text and the steps that led to it."""

    def __init__(self, text: str) -> None:
        """Begin with the original."""
        self.text = text
        self.steps: list[Step] = []

    def apply(self, pattern: re.Pattern[str], edits: Callable[[re.Match[str]], Iterable[Edit]]) -> None:
        """Carry out the edits that `edits` names for each match of `pattern`, in order."""
        named = [edit for match in pattern.finditer(self.text) for edit in edits(match)]
        if not named:
            return
        pieces: list[str] = []
        done = 0
        for start, end, new in named:
            pieces += (self.text[done:start], new)
            done = end
        self.text = "".join((*pieces, self.text[done:]))
        self.steps.append(Step(named))


def whole(match: re.Match[str], new: str) -> Iterable[Edit]:
    """Replace all of a match."""
    return ((match.start(), match.end(), new),)


def edges(match: re.Match[str], left: str, right: str, width: int = 1) -> Iterable[Edit]:
    """Replace the first and the last `width` characters of a match."""
    start, end = match.span()
    return (start, start + width, left), (end - width, end, right)
