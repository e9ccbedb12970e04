"""Where terms stand in a text: literal terms, words with a medical ending, phrases; the longest wins."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from detectors.recognizers.medical.lexicon import GRADES, NEVER, Ending, Lexicon, Phrase
from detectors.recognizers.recognizer import Scan
from detectors.text.window import LATIN

REACH = 48
"""How far a phrase may stand from its anchor, in characters."""

MOST_HITS = 2_000
MOST_PLACES = 80
"""Literals and terms looked at in one text: bounds, not tastes; at most 50 findings are reported."""

_ACTS = frozenset("要食吃睇看做開打照驗滴服割切抽排約等入住送暈行嘔屙咳")
"""What is done about an illness, or by the ill: where such a word begins a term, the one that it touches is another."""

_LATIN_STEM = re.compile(r"[a-z]+$")
_HAN_STEM = re.compile(
    "[心肺肝腎胃腸腦血骨脊椎關節皮膚眼耳鼻喉咽口腔牙周乳房腺子宮頸卵巢前列甲狀淋巴胰臟膽囊管膀胱尿道神經肌筋膜鞘腹胸盆陰莖睪丸"
    "食氣支扁桃體腫良惡性急慢結核纖維脂肪黑色素母細胞膠質動靜脈主冠瓣間白小球滑毛髓角虹視網黃斑中外內聲帶肛直大闌盲尿酸多發硬更年自免疫]{1,6}$"
)
"""Characters that parts of the body and kinds of illness are written with."""


Span = tuple[int, int]


class Place(NamedTuple):
    """A term in the normalised text; `exaggerated` when people like to joke with it."""

    start: int
    end: int
    grade: str
    exaggerated: bool = False


def find_places(lexicon: Lexicon, scan: Scan, hits: Iterable[tuple[int, int]]) -> list[Place]:
    """Return the terms among the literal `hits`, in order, not overlapping; touching ones are joined."""
    first = list(islice(hits, MOST_HITS))
    found = [place for start, end in first for place in _terms(lexicon, scan, start, end)]
    found += _phrases(lexicon, scan.lower, first)
    if len(found) > 1:
        found.sort(key=lambda place: (place.start, -place.end))
        found = _joined(scan.lower, found)
    return [place for place in found if place.grade != NEVER][:MOST_PLACES]


def _joined(lower: str, found: list[Place]) -> list[Place]:
    chosen = [found[0]]
    for place in found[1:]:
        last = chosen[-1]
        if place.start < last.end:
            if place.end > last.end:
                chosen[-1] = (
                    _join(last, place) if (place.grade == NEVER) == (last.grade == NEVER) else _longer(last, place)
                )
        elif NEVER not in (place.grade, last.grade) and _are_one(lower, last.end, place.start):
            chosen[-1] = _join(last, place)
        else:
            chosen.append(place)
    return chosen


def _are_one(lower: str, end: int, start: int) -> bool:
    """Tell whether a term up to `end` and one from `start` on name one thing: breast cancer surgery, 乳癌手術."""
    between = lower[end:start]
    if between in {" ", "-"}:
        return between == "-" or (lower[end - 1].isascii() and lower[start].isascii())
    return not between and lower[start] not in _ACTS


def _longer(left: Place, right: Place) -> Place:
    """Of a term and a phrase that means something else, crossing each other, the longer one tells what is meant."""
    term, phrase = (left, right) if right.grade == NEVER else (right, left)
    return term if term.end - term.start > phrase.end - phrase.start else Place(left.start, right.end, NEVER)


def _join(left: Place, right: Place) -> Place:
    grade = min(left.grade, right.grade, key=GRADES.index)
    return Place(left.start, max(left.end, right.end), grade, left.exaggerated and right.exaggerated)


def _terms(lexicon: Lexicon, scan: Scan, start: int, end: int) -> Iterator[Place]:
    literal = scan.lower[start:end]
    grade = lexicon.terms.get(literal)
    if grade and (whole := _whole(scan.lower, start, end)) and _written(lexicon, scan.text, literal, start):
        yield Place(start, whole, grade, literal in lexicon.exaggerated)
    ending = lexicon.endings.get(literal)
    if ending and (place := _ended(scan.lower, start, end, ending)):
        yield place


def _phrases(lexicon: Lexicon, lower: str, hits: Iterable[Span]) -> Iterator[Place]:
    """Yield the phrases around their anchors; where anchors stand close, what lies around them is read once for all."""
    around: dict[Phrase, list[Span]] = {}
    for start, end in hits:
        for phrase in lexicon.phrases.get(lower[start:end], ()):
            _widen(around.setdefault(phrase, []), max(0, start - REACH), end + REACH)
    for phrase, stretches in around.items():
        for first, last in stretches:
            for match in phrase.pattern.finditer(lower, first, last):
                if _whole(lower, *match.span()):
                    yield Place(*match.span(), phrase.grade)


def _widen(stretches: list[Span], start: int, end: int) -> None:
    """Add a stretch, in the order of their ends, to those before it; one that touches the last makes it longer."""
    if stretches and start <= stretches[-1][1]:
        start = min(start, stretches.pop()[0])
    stretches.append((start, end))


def _written(lexicon: Lexicon, text: str, literal: str, start: int) -> bool:
    capitals = lexicon.capitals.get(literal)
    return capitals is None or text.startswith(capitals, start)


def _whole(lower: str, start: int, end: int) -> int:
    """Return where the word ends (a plural s is allowed), or 0 when the place is only a part of a Latin word."""
    if start and lower[start] in LATIN and lower[start - 1] in LATIN:
        return 0
    if lower[end - 1] not in LATIN:
        return end
    if lower[end : end + 1] == "s":
        end += 1
    return 0 if lower[end : end + 1] in LATIN else end


def _ended(lower: str, start: int, end: int, ending: Ending) -> Place | None:
    first = _stem(lower, start, _HAN_STEM if lower[start] > "\u3400" else _LATIN_STEM)
    last = _whole(lower, first, end)
    if not last or start - first < ending.stem or lower[first:end] in ending.exceptions:
        return None
    return Place(first, last, ending.grade)


def _stem(lower: str, start: int, pattern: re.Pattern[str]) -> int:
    match = pattern.search(lower[max(0, start - 24) : start])
    return start - len(match.group()) if match else start
