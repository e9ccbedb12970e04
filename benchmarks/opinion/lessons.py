"""What a round of learning shows: labelled messages with words swapped, ordinary chat, filled templates."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.opinion.examples import Marked, Swaps, marked
from benchmarks.opinion.frames import Frames
from benchmarks.opinion.misheard import Misheard
from benchmarks.rows import Row
from detectors.lexicons import rows

SHOWN = 0.7
"""The share of ordinary chat that a round shows."""
TEMPLATES = 0.5
"""The share that a round shows of messages made from templates."""
FILLED = 3
"""How often a round shows each plain sentence, filled anew each time."""
LONGEST_TERM = 30


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with its spans, and whether its sender should be warned; nobody marked the names in `natural` ones."""

    text: Marked
    warn: bool
    natural: bool = False


class Lessons:
    """Gives the lessons of a round, anew each time: other words are swapped, other slots filled."""

    def __init__(self, taught: Sequence[Row], plain: Sequence[str], dice: random.Random) -> None:
        """Take labelled messages, ordinary chat, and chance."""
        self._taught, self._plain, self._dice = taught, plain, dice
        self._misheard = Misheard(dice)
        self._swaps = Swaps(taught, _terms("diseases", "drugs", "terms_en", "terms_latin", "terms_zh"), dice)
        self._frames = Frames(_terms("diseases", "terms_en", "terms_zh"), _terms("drugs"), self._swaps, dice)

    def round(self) -> Iterator[Lesson]:
        """Yield the lessons of one round."""
        hear = self._misheard.hear
        for row in self._taught:
            if row.author or self._dice.random() < TEMPLATES:
                yield Lesson(hear(self._swaps.swap(marked(row))), row.warn)
        for _ in range(FILLED):
            for sentence, warn in self._frames.filled():
                yield Lesson(hear(sentence), warn)
        for text in self._plain:
            if self._dice.random() < SHOWN:
                yield Lesson(hear((text, ())), warn=False, natural=True)


def _terms(*parts: str) -> Iterable[str]:
    """Yield the terms of some lexicons that are plainly medical."""
    for part in parts:
        for term, grade in rows(f"medical/{part}.tsv", "term", "grade"):
            if grade == "clear" and 2 <= len(term) <= LONGEST_TERM:
                yield term
