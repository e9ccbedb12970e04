"""What the words around a number say: is it a telephone number, whose is it, or is it another kind of number?"""

import re
from dataclasses import dataclass

from detectors.window import Places, joined

BEFORE, OTHER_BEFORE, AFTER, UNIT_AFTER = 26, 16, 14, 2
_TELEPHONE = frozenset({"phone", "home", "own", "business"})
_DIGIT = re.compile("[0-9]")
_LIST_GAP = re.compile(r"[ \t]*(?:[,/;&+、|]|and|or|同埋|同|及|或|\n[ \t]*[\-*•]?|\|tel:)?[ \t]*").fullmatch


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words say of a number.

    `telephone`: a word for telephones is nearest; `other`: a word for another kind of number is. `private`: a home, or
    the sender's. `business`: a line that is published; `firm`: a firm's, if the number is a fixed line.
    """

    telephone: bool = False
    other: bool = False
    private: bool = False
    business: bool = False
    firm: bool = False
    own: bool = False
    sample: bool = False


def judge(places: Places, lower: str, start: int, end: int) -> Verdict:
    """Read the words before and after lower[start:end]; the nearest of telephone and other number decides."""
    said: set[str] = set()
    nearest = _read_before(places, lower, start, said)
    nearest = _read_after(places, lower, end, said, nearest)
    return Verdict(
        telephone=nearest in _TELEPHONE,
        other=nearest == "other",
        private=bool(said & {"home", "own"}),
        business=nearest == "business" or "ext" in said,
        firm="firm" in said,
        own="own" in said,
        sample="sample" in said,
    )


def _read_before(places: Places, lower: str, start: int, said: set[str]) -> str:
    nearest, where = "", -1
    for kind, word_start, word_end in places.before(start, BEFORE):
        if kind == "other" and not _labels(lower, word_end, start):
            continue
        if kind in _TELEPHONE or kind == "other":
            if not nearest or (word_start == where and kind != "phone"):
                nearest, where = kind, word_start
            if kind == "other":
                continue
        said.add(kind)
    return nearest


def _read_after(places: Places, lower: str, end: int, said: set[str], nearest: str) -> str:
    for kind, word_start, _ in places.after(end, AFTER):
        near = word_start - end <= UNIT_AFTER
        if kind == "unit" and near and not nearest:
            nearest = "other"
        elif kind == "ext" and near:
            said.add("ext")
        elif kind in _TELEPHONE | {"firm", "sample"} and _says_after(lower, end, word_start):
            said.add(kind)
            if kind in _TELEPHONE and (not nearest or kind == "business"):
                nearest = kind
    return nearest


def _labels(lower: str, word_end: int, start: int) -> bool:
    """Tell whether a word for another number stands right before this one, with no number of its own between."""
    close = start - word_end <= OTHER_BEFORE
    return close and joined(lower, word_end, start) and not _DIGIT.search(lower, word_end, start)


def _says_after(lower: str, end: int, word_start: int) -> bool:
    between = lower[end:word_start]
    return joined(lower, end, word_start) and "," not in between and not _DIGIT.search(between)


def is_listed(gap: str) -> bool:
    """Tell whether two numbers with this gap between them stand in one list, under the same words."""
    return len(gap) <= 8 and bool(_LIST_GAP(gap))
