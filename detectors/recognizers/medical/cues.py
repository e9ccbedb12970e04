"""The words around a term, read from `cues.tsv` and `people.tsv`, and the names: found in one pass over the text."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from detectors.lexicons import rows
from detectors.recognizers.medical.misspelled import typed
from detectors.recognizers.medical.things import Things
from detectors.recognizers.people import Name
from detectors.recognizers.recognizer import Scan
from detectors.text.normalise import fold
from detectors.text.window import LATIN

WHO = "who"
"""The `place` of cues for people: what counts is which of them stands nearest."""

DOUBTFUL = frozenset(("capital", "rare_character", "name_characters"))
"""Evidence of names that may be none."""

_CHOICE = re.compile(r"\(([^()]*)\)")


class Cue(NamedTuple):
    """A cue in a text: `code` says what it means, `place` where it must stand to count."""

    start: int
    end: int
    code: str
    place: str


class CueFinder:
    """Finds the cues of a text."""

    def __init__(self) -> None:
        """Read the cue files."""
        self._things = Things()
        meanings = _read()
        self._search = AhoCorasick(list(meanings))
        self._meanings = [tuple(found) for found in meanings.values()]
        self._left = [key[0] in LATIN for key in meanings]
        self._right = [key[-1] in LATIN for key in meanings]

    def cues(self, scan: Scan, begin: int, stop: int) -> list[Cue]:
        """Return the cues before `stop` in order of place; words that a longer one about people hides are left out.

        Names and things are read from `begin` on; of what stands before, only words about the whole message count.
        """
        lower = scan.lower[:stop]
        rest: list[Cue] = []
        who: list[Cue] = []
        for index, start, end in self._search.find_matches_as_indexes(lower, overlapping=True):
            if self._left[index] and start and lower[start - 1] in LATIN:
                continue
            if self._right[index] and lower[end : end + 1] in LATIN:
                continue
            for code, place in self._meanings[index]:
                (who if place == WHO else rest).append(Cue(start, end, code, place))
        begin, stop = max(0, begin), len(lower)
        who += [Cue(first, last, "maybe_thing", WHO) for first, last in self._things.within(scan.text, begin, stop)]
        who += [Cue(first, last, "counted", WHO) for first, last in self._things.counted(scan.text, begin, stop)]
        who += [Cue(name.start, name.end, _code(name), WHO) for name in scan.names.within(begin, stop)]
        return sorted([*_longest(who), *rest])


@cache
def cue_finder() -> CueFinder:
    """Return the one finder of cues: reading the files takes a while."""
    return CueFinder()


def _code(name: Name) -> str:
    return "name" if DOUBTFUL.isdisjoint(name.evidence) else "maybe_name"


def spelled(cue: str) -> Iterator[str]:
    """Yield what `(a/b/) c` stands for: a c, b c, c."""
    parts = _CHOICE.split(cue)
    choices = [part.split("/") if at % 2 else [part] for at, part in enumerate(parts)]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())


def _read() -> dict[str, list[tuple[str, str]]]:
    meanings: dict[str, list[tuple[str, str]]] = {}
    for code, place, cue in rows("medical/cues.tsv", "code", "place", "cue"):
        _add(meanings, cue, code, place)
    for code, word in rows("medical/people.tsv", "code", "word"):
        _add(meanings, word, code, WHO)
    meanings.pop("", None)
    return meanings


def _add(meanings: dict[str, list[tuple[str, str]]], cue: str, code: str, place: str) -> None:
    for spelling in map(fold, spelled(cue)):
        for one in (spelling, *typed(spelling)):
            known = meanings.setdefault(one, [])
            if (code, place) not in known and (one == spelling or not known):
                known.append((code, place))


def _longest(cues: list[Cue]) -> list[Cue]:
    cues.sort(key=lambda cue: (cue.start, -cue.end))
    chosen: list[Cue] = []
    end = 0
    for cue in cues:
        if cue.start >= end:
            chosen.append(cue)
            end = cue.end
    return chosen
