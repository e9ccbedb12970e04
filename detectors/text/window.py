"""Words near a match, read from the text itself: works in any script, needs no tokens.

A recognizer's words stand in a file of `lexicons/`, each with its kind. One pass finds them all; each candidate
then asks which kinds stand close before or after it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from detectors.later import later
from detectors.lexicons import rows
from detectors.text.normalise import fold

Place = tuple[str, int, int]
"""Kind, start and end of a word."""

LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
"""What Latin words are made of in a folded, lower-cased text."""

_DOMAINS = frozenset({"example", "invalid", "localhost", "test"})
"""Endings of domains that nobody has (RFC 2606): behind a dot they are no words."""


class Cues:
    """Words with kinds, ready to be looked for."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        """Take pairs of kind and word; words are folded as texts are. Latin words count only as whole words."""
        self._words = sorted({(fold(word), kind) for kind, word in words})
        self._edged = [word[0] in LATIN or word[-1] in LATIN for word, _ in self._words]
        self._search = AhoCorasick([word for word, _ in self._words])

    @classmethod
    def read(cls, name: str) -> "Cues":
        """Read `lexicons/<name>`: kind and word in each line, parted by a tab."""
        return cls((kind, word) for kind, word in rows(name, "kind", "word"))

    def words(self, *kinds: str) -> tuple[str, ...]:
        """Return the words of these kinds (of all, if none is named), as texts are folded: what a gate may look for."""
        return tuple(word for word, kind in self._words if not kinds or kind in kinds)

    def places(self, lower: str) -> "Places":
        """Return the words of a folded, lower-cased text; it is read when somebody asks where one stands."""
        return Places(lower, self._find)

    def _find(self, lower: str) -> list[Place]:
        """Find the words in order of place; one that lies inside a longer one is not counted."""
        words, edged = self._words, self._edged
        found = [
            (start, -end, words[index][1])
            for index, start, end in self._search.find_matches_as_indexes(lower, overlapping=True)
            if not edged[index]
            or (is_whole(lower, start, end) and not (lower[start - 1 : start] == "." and words[index][0] in _DOMAINS))
        ]
        found.sort(key=itemgetter(0, 1))
        kept: list[Place] = []
        last_start = last_end = -1
        for start, back, kind in found:
            if -back <= last_end and (start != last_start or -back != last_end):
                continue
            kept.append((kind, start, -back))
            last_start, last_end = start, -back
        return kept


class Places:
    """Where the words of a `Cues` stand in one text.

    Most candidates have no word near: that must cost next to nothing, for one text may hold a thousand of them.
    """

    def __init__(self, lower: str, find: Callable[[str], list[Place]]) -> None:
        """Take the text and what finds the words in it, in order of their start."""
        self._lower = lower
        self._find = find

    @later
    def _found(self) -> list[Place]:
        return self._find(self._lower)

    @later
    def _begins(self) -> list[int]:
        return [start for _, start, _ in self._found]

    def __len__(self) -> int:
        """Return how many words were found."""
        return len(self._found)

    def before(self, at: int, reach: int) -> list[Place]:
        """Return kind, start and end of the words that end at most `reach` characters before `at`, nearest first.

        Words of the same line count; for a number alone on its line, those of the line above.
        """
        begins = self._begins
        behind = bisect_left(begins, at)
        if not behind or begins[behind - 1] < at - reach:
            return []
        floor = max(self._line_start(at, max(at - reach, 0)), at - reach)
        first = bisect_left(begins, floor, 0, behind)
        return [place for place in reversed(self._found[first:behind]) if place[2] <= at]

    def after(self, at: int, reach: int) -> list[Place]:
        """Return kind, start and end of the words on the same line that begin at most `reach` characters after `at`."""
        begins = self._begins
        first = bisect_left(begins, at)
        if first == len(begins) or begins[first] > at + reach:
            return []
        line_end = self._lower.find("\n", at, at + reach)
        return self._found[first : bisect_right(begins, at + reach if line_end < 0 else line_end, first)]

    def within(self, start: int, end: int) -> list[Place]:
        """Return kind, start and end of the words that lie between `start` and `end`, in order."""
        begins = self._begins
        first = bisect_left(begins, start)
        return [place for place in self._found[first : bisect_left(begins, end, first)] if place[2] <= end]

    def any_begins(self, start: int, end: int) -> bool:
        """Tell whether a word begins between `start` and `end`."""
        begins = self._begins
        first = bisect_left(begins, start)
        return first < len(begins) and begins[first] < end

    def kinds_before(self, at: int, reach: int) -> list[str]:
        """Return the kinds of `before`, nearest first."""
        return [kind for kind, _, _ in self.before(at, reach)]

    def kinds_after(self, at: int, reach: int) -> list[str]:
        """Return the kinds of `after`, nearest first."""
        return [kind for kind, _, _ in self.after(at, reach)]

    def anywhere(self, *kinds: str) -> bool:
        """Tell whether a word of one of these kinds stands somewhere in the text."""
        return not self._kinds.isdisjoint(kinds)

    @later
    def _kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _, _ in self._found)

    def _line_start(self, at: int, floor: int) -> int:
        """Return where the line begins whose words count for `at`, or 0: before `floor`, where nobody looks."""
        start = self._lower.rfind("\n", floor, at) + 1
        if start and not self._lower[start:at].strip(" \t-*•>:("):
            start = self._lower.rfind("\n", floor, start - 1) + 1
        return start


def is_whole(lower: str, start: int, end: int) -> bool:
    """Tell whether lower[start:end] is not a part of a longer Latin word; Chinese words have no such edges.

    Letters against digits are an edge: a word glued to a number still ends there.
    """
    glued = start and lower[start - 1] in LATIN and lower[start] in LATIN
    if glued and lower[start - 1].isdigit() == lower[start].isdigit():
        return False
    if end < len(lower) and lower[end] in LATIN and lower[end - 1] in LATIN:
        return lower[end - 1].isdigit() != lower[end].isdigit()
    return True
