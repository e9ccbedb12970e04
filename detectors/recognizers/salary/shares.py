"""Pay that is told without an amount: months of it (三個月花紅), a point of a pay scale (MPS 22)."""

import re
from collections.abc import Iterator

from detectors.recognizers.recognizer import Scan
from detectors.recognizers.salary.amount import HAN
from detectors.text.normalise import fold_han
from detectors.text.window import Places

GATE = (
    "個月糧",
    "mps ",
    "months ex",
    "months severance",
    "sign-on",
    "months pay",
    "months salary",
    "months' pay",
    "months' salary",
)
"""What alone opens the gate."""
_SAID = r"(?:one|two|three|four|five|six|twelve)(?: and a half)?"
_MONTHS = (
    rf"(?:(?:[0-9]{{1,2}}(?:\.[0-9])?|[{HAN}十半]{{1,2}})個半?月半?|\b(?:[0-9]{{1,2}}(?:\.[0-9])?|{_SAID}) months?'?)"
)
_SHARE = re.compile(
    fold_han(
        rf"(?=[0-9{HAN}十半拎攞賠補畀俾收花年獎bfmost])(?:"
        rf"(?P<paid>{_MONTHS})(?:嘅|的| of| )?(?:花紅|bonus|雙糧|年終|獎金)"
        rf"|(?P<toward>{_MONTHS}糧)(?= ?[俾畀給])"
        rf"|(?:sign[ -]on)[ ]?(?P<joined>{_MONTHS})糧"
        rf"|(?:拎|攞|賠|補|畀|俾|收)(?:咗|返|佢|我|埋)?[ ]?(?P<settled>{_MONTHS})(?:嘅|的)?(?:糧(?!期)|人工|工資|薪水?)"
        rf"|(?:花紅|bonus|年終獎?|獎金)[^\n,。!?0-9]{{0,8}}(?P<given>{_MONTHS})"
        rf"|bonus[^\n]{{0,24}}\b(?:got|gets?|getting|gave (?:me|him|her)) (?P<got>{_MONTHS})"
        rf"|(?P<owed>\b(?:[0-9]{{1,2}}|{_SAID}) months?'? (?:pay|salary|wages|ex[ -]gratia|severance))"
        r"(?! (?:in advance|notice|deposit))"
        r"|(?<![a-z])(?P<point>mps ?(?:pt|point)? ?[0-9]{1,2})(?![0-9]))"
    )
)
_HINT = re.compile(fold_han("[m月](?:(?<=月)|(?<=m)(?:onth|ps))"))
"""What each of them holds: quicker to look for."""
_PERSON = re.compile(fold_han(r"(?<![a-z])(?:i|he|she|his|her|him|my|me)(?![a-z])|[我佢他她]"))
_EVERYBODY = re.compile(fold_han("個個|人人|全部人|全公司|所有人|大家都"))
_AMOUNT_BEFORE = re.compile(fold_han(r"(?:\+ ?|最[後尾]|上)$"))
_AMOUNT_BEHIND = re.compile(fold_han(r"[^\n,。]{0,8}\$"))
"""A month's pay whose amount is told is not told in months; what is added to one goes with it."""
_AROUND = 50
_READ = 8_000
"""Characters of a text that are read."""
_MOST = 50
"""Places of one text that are read."""


def shares(scan: Scan, places: Places) -> Iterator[tuple[int, int]]:
    """Yield where somebody's pay is told in months or points; not what a post or everybody gets."""
    if not _HINT.search(scan.lower) or places.anywhere("post"):
        return
    for number, share in enumerate(_SHARE.finditer(scan.lower, 0, _READ)):
        if number >= _MOST:
            return
        kind = share.lastgroup or 0
        start, end = share.span(kind)
        if _is_somebody_s(scan, start, end) and not _is_beside_amount(scan.lower, start, share.end()):
            yield start, end


def _is_somebody_s(scan: Scan, start: int, end: int) -> bool:
    first, last = scan.sentences.around(start, end)
    first, last = max(first, start - _AROUND), min(last, end + _AROUND)
    if _EVERYBODY.search(scan.lower, first, last):
        return False
    return bool(_PERSON.search(scan.lower, first, last)) or scan.names.anybody(first, last)


def _is_beside_amount(lower: str, start: int, end: int) -> bool:
    return bool(_AMOUNT_BEFORE.search(lower, max(0, start - 4), start) or _AMOUNT_BEHIND.match(lower, end))
