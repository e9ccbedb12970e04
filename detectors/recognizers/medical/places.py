"""Where terms stand in a text: literal terms, words with a medical ending, phrases; the longest wins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detectors.recognizers.medical.lexicon import GRADES, NEVER, Ending, Lexicon
from detectors.recognizers.recognizer import Scan

REACH = 48
"""How far a phrase may stand from its anchor, in characters."""

MOST = 1_000
"""Places looked at in one text: a bound, not a taste."""

JOINTS = frozenset(("", " ", "-"))


@dataclass(frozen=True, slots=True)
class Place:
    """A term in the normalised text."""

    start: int
    end: int
    grade: str
    exaggerated: bool = False


def find_places(lexicon: Lexicon, scan: Scan, hits: Iterable[tuple[int, int]]) -> list[Place]:
    """Return the terms among the literal `hits`, in order, not overlapping; touching ones are joined."""
    found = [place for start, end in hits for place in _places(lexicon, scan, start, end)]
    found.sort(key=lambda place: (place.start, -place.end))
    chosen: list[Place] = []
    for place in found:
        if len(chosen) == MOST:
            break
        if chosen and place.start < chosen[-1].end:
            if place.end > chosen[-1].end:
                chosen[-1] = _join(chosen[-1], place)
        elif chosen and NEVER not in (place.grade, chosen[-1].grade) and _touch(scan.lower, chosen[-1], place):
            chosen[-1] = _join(chosen[-1], place)
        else:
            chosen.append(place)
    return [place for place in chosen if place.grade != NEVER]


def _places(lexicon: Lexicon, scan: Scan, start: int, end: int) -> Iterator[Place]:
    literal = scan.lower[start:end]
    grade = lexicon.terms.get(literal)
    if grade and (whole := _whole(scan.lower, start, end)) and _written(lexicon, scan.text, literal, start):
        yield Place(start, whole, grade, literal in lexicon.exaggerated)
    if (ending := lexicon.endings.get(literal)) and (place := _ended(scan.lower, start, end, ending)):
        yield place
    for phrase in lexicon.phrases.get(literal, ()):
        for match in phrase.pattern.finditer(scan.lower, max(0, start - REACH), end + REACH):
            if _whole(scan.lower, match.start(), match.end()):
                yield Place(match.start(), match.end(), phrase.grade)


def _written(lexicon: Lexicon, text: str, literal: str, start: int) -> bool:
    capitals = lexicon.capitals.get(literal)
    return capitals is None or text.startswith(capitals, start)


def _whole(lower: str, start: int, end: int) -> int:
    """Return where the word ends (a plural s is allowed), or 0 when the place is only a part of a Latin word."""
    if start and _latin(lower[start]) and _latin(lower[start - 1]):
        return 0
    if not _latin(lower[end - 1]):
        return end
    for length in (0, 1, 2):
        if lower[end : end + length] in ("", "s", "es") and not _latin(lower[end + length : end + length + 1]):
            return end + length
    return 0


def _ended(lower: str, start: int, end: int, ending: Ending) -> Place | None:
    first = start
    while first and start - first < 24 and _latin(lower[first - 1]) and not lower[first - 1].isdigit():
        first -= 1
    last = _whole(lower, first, end)
    if not last or start - first < ending.stem or lower[first:end] in ending.exceptions:
        return None
    return Place(first, last, ending.grade)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _touch(lower: str, left: Place, right: Place) -> bool:
    gap = lower[left.end : right.start]
    return gap in JOINTS and "\n" not in gap


def _join(left: Place, right: Place) -> Place:
    grade = min(left.grade, right.grade, key=GRADES.index)
    return Place(left.start, max(left.end, right.end), grade, left.exaggerated and right.exaggerated)
