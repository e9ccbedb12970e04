"""The words around a term, read from `cues.tsv`, `people.tsv` and `names.tsv`: found in one pass over the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick

from detectors.normalise import fold
from detectors.recognizers.medical.lexicon import read_rows
from detectors.recognizers.medical.people import Namer

PEOPLE = frozenset(("name", "maybe_name", "pronoun", "own", "kin", "role"))
HIDING = frozenset(("we", "none"))
WHERE = "who"
"""The `place` of words for people: what counts is which of them stands nearest."""

_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text: `code` says what it means, `place` where it must stand to count."""

    start: int
    end: int
    code: str
    place: str


class CueFinder:
    """Finds the cues of a text."""

    def __init__(self) -> None:
        """Read the cue files."""
        self._meanings = _read()
        self._keys = list(self._meanings)
        self._search = AhoCorasick(self._keys)
        self._names = Namer()

    def cues(self, text: str, lower: str) -> list[Cue]:
        """Return the cues in order of place; words that a longer one about people hides are left out."""
        found = list(self._literal(lower))
        who = [cue for cue in found if cue.place == WHERE]
        who += [Cue(start, end, code, WHERE) for start, end, code in self._names.names(text, lower)]
        rest = [cue for cue in found if cue.place != WHERE]
        return sorted([*_longest(who), *rest], key=lambda cue: cue.start)

    def _literal(self, lower: str) -> Iterator[Cue]:
        for index, start, end in self._search.find_matches_as_indexes(lower, overlapping=True):
            if whole(lower, start, end):
                for code, place in self._meanings[self._keys[index]]:
                    yield Cue(start, end, code, place)


def whole(lower: str, start: int, end: int) -> bool:
    """Say whether the place is not a part of a longer Latin word."""
    return not (
        (start and _latin(lower[start]) and _latin(lower[start - 1]))
        or (end < len(lower) and _latin(lower[end - 1]) and _latin(lower[end]))
    )


def spelled(cue: str) -> Iterator[str]:
    """Yield what `(a/b/) c` stands for: a c, b c, c."""
    parts = _CHOICE.split(cue)
    choices = [part.split("/") if at % 2 else [part] for at, part in enumerate(parts)]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())


def _read() -> dict[str, list[tuple[str, str]]]:
    meanings: dict[str, list[tuple[str, str]]] = {}
    for row in read_rows("cues.tsv"):
        _add(meanings, row["cues"], row["code"], row["place"])
    for row in read_rows("people.tsv"):
        _add(meanings, row["words"], row["code"], WHERE)
    meanings.pop("", None)
    return meanings


def _add(meanings: dict[str, list[tuple[str, str]]], cell: str, code: str, place: str) -> None:
    for cue in cell.split("|"):
        for spelling in spelled(cue):
            known = meanings.setdefault(fold(spelling), [])
            if (code, place) not in known:
                known.append((code, place))


def _longest(cues: list[Cue]) -> list[Cue]:
    cues.sort(key=lambda cue: (cue.start, -cue.end))
    chosen: list[Cue] = []
    for cue in cues:
        if not chosen or cue.start >= chosen[-1].end:
            chosen.append(cue)
    return chosen


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
