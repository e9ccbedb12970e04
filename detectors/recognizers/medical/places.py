"""Where terms stand in a text: literal terms, words with a medical ending, phrases; the longest wins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detectors.recognizers.medical.lexicon import GRADES, NEVER, Ending, Lexicon
from detectors.recognizers.recognizer import Scan

REACH = 48
"""How far a phrase may stand from its anchor, in characters."""

MOST = 1_000
"""Places looked at in one text: a bound, not a taste."""

_LATIN_STEM = re.compile(r"[a-z]+$")
_HAN_STEM = re.compile(
    "[心肺肝腎胃腸腦血骨脊椎關節皮膚眼耳鼻喉咽口腔牙周乳房腺子宮頸卵巢前列甲狀淋巴胰臟膽囊管膀胱尿道神經肌筋膜鞘腹胸盆陰莖睪丸"
    "食氣支扁桃體腫良惡性急慢結核纖維脂肪黑色素母細胞膠質動靜脈主冠瓣間白小球滑毛髓角虹視網黃斑中外內聲帶肛直大闌盲尿酸多發硬更年自免疫]{1,6}$"
)
"""Characters that parts of the body and kinds of illness are written with."""

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
    first = _stem(lower, start, _HAN_STEM if lower[start] > "\u3400" else _LATIN_STEM)
    last = _whole(lower, first, end)
    if not last or start - first < ending.stem or lower[first:end] in ending.exceptions:
        return None
    return Place(first, last, ending.grade)


def _stem(lower: str, start: int, pattern: re.Pattern[str]) -> int:
    before = lower[max(0, start - 24) : start]
    match = pattern.search(before)
    return start - len(match.group()) if match else start


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _touch(lower: str, left: Place, right: Place) -> bool:
    gap = lower[left.end : right.start]
    return gap in JOINTS and "\n" not in gap


def _join(left: Place, right: Place) -> Place:
    grade = min(left.grade, right.grade, key=GRADES.index)
    return Place(left.start, max(left.end, right.end), grade, left.exaggerated and right.exaggerated)
