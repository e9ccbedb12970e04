"""What the words around a number say: whether it is a telephone number, whose it is, or what else it is."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from detectors.recognizers.recognizer import Scan
from detectors.recognizers.sample import shows
from detectors.text.sentences import joined
from detectors.text.window import Place, Places

BEFORE, PERSON_BEFORE, AFTER, UNIT_AFTER, LINE = 44, 5, 14, 2, 80
_LABEL = 2
"""Characters at most between a word for telephones and the number that it labels."""
_TELEPHONE = frozenset({"phone", "number", "home", "own", "business"})
_OTHER = frozenset({"other", "desk"})
_SAID_AFTER = _TELEPHONE | {"firm", "sample"}
# "apart" is asked for by nobody: its words only hide shorter ones.
_DIGIT = re.compile("[0-9]")
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{1,5}[0-9]{1,4}|[0-9]{1,4}[A-Z]{1,3}|[A-Z]{2,5}[/\-](?:[0-9]{2}|[0-9]{4}))[ \-/]$"
)
"""The letters that a longer code begins with: FT24 9130 5528, HAD/2026/63114820."""
_CODE_ENDS = (" ", "-", "/")
_LETTERED = re.compile(r" ?(?:[A-Z]{2,4} ){1,2}").fullmatch
"""The letters alone: tracking SF 4471 0926."""
_LABEL_GAP = re.compile(
    r"(?:(?<![A-Za-z])(?:(?i:no|num|number|nos|id|ids|code|is|was|are|for|the|this|year|of|new|with|copy|form|record|ref)"
    r"|reference|numbered|ending|[a-z]{1,2})(?![A-Za-z])|號碼?|碼|編號|冧巴|證|係|是|為|嘅|的|張|份|個|單|[俾畀]?佢"
    r"|[ \t:#.=()'\"\-])*+"
).fullmatch
_PUBLISHED = re.compile(
    r"[ ]?(?i:whatsapp|wts(?:app)?|ws|tel|phone|line|電話|手機|微信|wechat)"
    r"(?: (?i:no\.?|number|is))*(?:號碼|係)?[ :.]{0,3}"
).fullmatch
"""A telephone of the firm whose name or kind stands right before it: "clinic whatsapp", "客服電話"."""
_SPOKEN_GAP = re.compile(
    r" ?(?:for|of|on|in) (?:the |a |our |this )?(?:[a-z]{2,12} ){1,4}?(?:(?:um|er|is|number|no) )*"
).fullmatch
"""What an order or a meter is for, in lower case, so that no name is among it: "meter reading for the electric: "."""
_COPULA = re.compile(r"[ ,)]{0,2}(?:is|was|=|係|是)[ ]?(?:the|our|your|an?|個)?[ ]?").fullmatch
_DENIED = 60
"""Characters around a number within which somebody says that it is no telephone."""
_PLAIN_GAP = re.compile(r"[^A-Z\u4e00-\u9fff]{0,5}").fullmatch
_LIST_GAP = re.compile(r"[ \t]*(?:[,/;&+、|]|and|or|vs|同埋|同|及|或|\n[ \t]*[\-*•]?|\|tel:)?[ \t]*").fullmatch


class Kinship(NamedTuple):
    """What the words say of a number. No dataclass: every long number of a chat gets one, and theirs take longer.

    `telephone`: a word for telephones is nearest; `other`: a word for another kind of number is. `private`: a home, or
    the sender's. `business`: a line that is published; `firm`: a firm's, if the number is a fixed line. `labelled`: a
    word for telephones ends right before the number. `person`: a name or a title does. `desk`: the other number may be
    that of a booking, or the word may name the desk that takes bookings. `nobody`: no person is spoken of.
    """

    telephone: bool = False
    other: bool = False
    private: bool = False
    business: bool = False
    firm: bool = False
    own: bool = False
    sample: bool = False
    labelled: bool = False
    person: bool = False
    desk: bool = False
    nobody: bool = False


@cache
def but(said: Kinship, **otherwise: bool) -> Kinship:
    """Return what is said but for some of it; there are few such answers, and making one anew takes longer."""
    return said._replace(**otherwise)


NOTHING_SAID, NOBODY = Kinship(), Kinship(nobody=True)


def judge(scan: Scan, places: Places, start: int, end: int) -> Kinship:
    """Read the words before and after the number at start..end; the nearest of telephone and other number decides."""
    denied = places.anywhere("denied") and _is_denied(places, start, end)
    before, after = places.before(start, BEFORE), places.after(end, AFTER)
    if not (before or after or denied):
        return NOTHING_SAID
    said: set[str] = set()
    nearest = _read_before(before, scan, start, said) if before else ""
    if after:
        nearest = _read_after(after, scan.text, end, said, nearest)
    return _kinship("other" if denied else nearest, frozenset(said), labelled=_is_label(before, start))


def _is_denied(places: Places, start: int, end: int) -> bool:
    """Tell whether somebody says of the number that it is no telephone."""
    around = (*places.kinds_before(start, _DENIED), *places.kinds_after(end, _DENIED))
    return "denied" in around


@cache
def _kinship(nearest: str, said: frozenset[str], *, labelled: bool) -> Kinship:
    """Return what these kinds of words say; there are few of them, and every long number of a chat asks."""
    return Kinship(
        telephone=nearest in _TELEPHONE,
        other=nearest in _OTHER,
        desk=nearest == "desk",
        private=bool(said & {"home", "own"}),
        business=nearest == "business" or "ext" in said,
        firm=bool(said & {"firm", "business"}),
        own="own" in said,
        sample="sample" in said,
        person="person" in said,
        labelled=labelled,
    )


def _is_label(near: list[Place], start: int) -> bool:
    """Tell whether a word for telephones ends right before `start`."""
    return bool(near) and any(start - end <= _LABEL and kind in _TELEPHONE for kind, _, end in near)


def _read_before(before: Iterable[Place], scan: Scan, start: int, said: set[str]) -> str:
    nearest, where, text = "", start, scan.text
    for said_kind, word_start, word_end in before:
        kind = "phone" if said_kind == "dial" and start - word_end <= 1 else said_kind
        if kind == "sample" and not shows(scan, word_end, start):
            continue
        if kind in _OTHER:
            if nearest in {"", "number"} and _labels(text, word_end, where):
                nearest = kind
            continue
        if (
            nearest == "phone"
            and kind in {"business", "firm"}
            and "home" not in said
            and _PUBLISHED(text[word_end:start])
        ):
            nearest = "business"
        if kind in _TELEPHONE and (not nearest or (word_start == where and nearest in {"phone", "number"})):
            nearest, where = kind, word_start
        if kind != "person" or start - word_end <= PERSON_BEFORE:
            said.add(kind)
    return nearest


def _read_after(after: Iterable[Place], text: str, end: int, said: set[str], nearest: str) -> str:
    for kind, word_start, _ in after:
        near = word_start - end <= UNIT_AFTER and not text[end:word_start].strip(" ,(")
        counted = kind == "unit" and near and "person" not in said
        if not nearest and (counted or (kind == "other" and _COPULA(text[end:word_start]))):
            nearest = "other"
        elif kind == "ext" and near:
            said.add("ext")
        elif kind in _SAID_AFTER and _says_after(text, end, word_start):
            said.add(kind)
            if kind in _TELEPHONE and (not nearest or kind == "business"):
                nearest = kind
    return nearest


def _labels(text: str, word_end: int, start: int) -> bool:
    """Tell whether a word for another number belongs to the number (or word for one) at `start`.

    Only words that fill a label may stand between, or a few letters: a name between makes it somebody's number.
    """
    gap = text[word_end:start]
    if gap.removesuffix("\n").endswith(_CODE_ENDS):
        gap = _CODE.sub("", gap)
    if _LETTERED(gap):
        return True
    if _DIGIT.search(gap) or not joined(text, word_end, start):
        return False
    return bool(_LABEL_GAP(gap) or _PLAIN_GAP(gap) or _SPOKEN_GAP(gap.replace(":", " ").replace("  ", " ")))


def _says_after(text: str, end: int, word_start: int) -> bool:
    between = text[end:word_start]
    return "," not in between and not _DIGIT.search(between) and joined(text, end, word_start)


def is_labelled(places: Places, start: int) -> bool:
    """Tell whether a word for telephones ends right before `start`."""
    return _is_label(places.before(start, BEFORE), start)


def is_listed(gap: str) -> bool:
    """Tell whether two numbers with this gap between them stand in one list, under the same words."""
    return len(gap) <= 8 and bool(_LIST_GAP(gap))


def is_of_firm(places: Places, start: int) -> bool:
    """Tell whether a word for a firm or a published line stands earlier on the line of a number."""
    return any(kind in {"business", "firm"} for kind, _, _ in places.before(start, LINE))
