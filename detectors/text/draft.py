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

    __slots__ = ("_edits", "_ends", "_starts")

    def __init__(self, edits: list[Edit]) -> None:
        """Take edits of the old text."""
        self._edits = edits
        self._starts: list[int] = []
        self._ends: list[int] = []

    def back(self, at: int) -> tuple[int, int]:
        """Return start and end in the old text of the character at `at` in the new one."""
        if not self._starts:
            self._count()
        i = bisect_right(self._starts, at) - 1
        if i < 0:
            return at, at + 1
        start, end, _ = self._edits[i]
        if at < self._ends[i]:
            return start, end
        old = at - self._ends[i] + end
        return old, old + 1

    def _count(self) -> None:
        shift = 0
        for start, end, new in self._edits:
            self._starts.append(start + shift)
            shift += len(new) - (end - start)
            self._ends.append(end + shift)


class Draft:
    """A text and the steps that led to it."""

    def __init__(self, text: str) -> None:
        """Begin with the original."""
        self.text = text
        self.steps: list[Step] = []

    def apply(self, pattern: re.Pattern[str], edits: Callable[[re.Match[str]], Iterable[Edit]]) -> None:
        """Carry out the edits that `edits` names for each match of `pattern`, in order."""
        self._carry_out([edit for match in pattern.finditer(self.text) for edit in edits(match)])

    def replace(self, pattern: re.Pattern[str], new: Callable[[str], str]) -> None:
        """Replace what `pattern` matches by what `new` makes of it; equal matches are made new once."""
        named: list[Edit] = []
        made: dict[str, str] = {}
        for match in pattern.finditer(self.text):
            old = match.group()
            if old not in made:
                made[old] = new(old)
            if made[old] != old:
                named.append((match.start(), match.end(), made[old]))
        self._carry_out(named)

    def _carry_out(self, named: list[Edit]) -> None:
        if not named:
            return
        pieces: list[str] = []
        done = 0
        for start, end, new in named:
            pieces += (self.text[done:start], new)
            done = end
        self.text = "".join((*pieces, self.text[done:]))
        self.steps.append(Step(named))


def edges(match: re.Match[str], left: str, right: str, width: int = 1) -> Iterable[Edit]:
    """Replace the first and the last `width` characters of a match."""
    start, end = match.span()
    return (start, start + width, left), (end - width, end, right)
