"""Pay that is told without an amount: months of it (三個月花紅), a raise in per cent, a point of a pay scale (MPS 22)."""

import re
from collections.abc import Iterator

from detectors.recognizers.recognizer import Scan
from detectors.recognizers.salary.amount import HAN
from detectors.text.normalise import fold_han
from detectors.text.window import Places

GATE = ("mps ", "加了", "加咗")
"""What alone opens the gate."""
_SAID = r"(?:one|two|three|four|five|six|twelve)(?: and a half)?"
_MONTHS = rf"(?:(?:[0-9]{{1,2}}(?:\.[0-9])?|[{HAN}十半]{{1,2}})個半?月半?|\b(?:[0-9]{{1,2}}(?:\.[0-9])?|{_SAID}) months?'?)"
_SHARE = re.compile(
    fold_han(
        rf"(?P<paid>{_MONTHS})(?:嘅|的| of| )?(?:花紅|bonus|糧(?!期)|雙糧|人工|工資|年終|獎金|薪)"
        rf"|(?:花紅|bonus|年終獎?|獎金)[^\n,。!?0-9]{{0,8}}(?P<given>{_MONTHS})"
        rf"|bonus[^\n]{{0,24}}\b(?:got|gets?|getting|gave (?:me|him|her)) (?P<got>{_MONTHS})"
        r"|(?:加(?:咗|左|了|人工|薪)|increments?|pay rise|raise of|漲了?|加薪)[^\n。!?%]{0,16}?(?<![0-9.])(?P<percent>[0-9]{1,2}(?:\.[0-9]{1,2})?%)"
        r"|(?<![a-z])(?P<point>mps ?(?:pt|point)? ?[0-9]{1,2})(?![0-9])"
    )
)
_PERSON = re.compile(fold_han(r"(?<![a-z])(?:i|he|she|his|her|him|my|me)(?![a-z])|[我佢他她]"))
_AROUND = 50
_MOST = 50
"""Places of one text that are read."""


def shares(scan: Scan, places: Places) -> Iterator[tuple[int, int]]:
    """Yield where somebody's pay is told in months, per cent or points; not what a post or everybody gets."""
    if places.anywhere("post"):
        return
    for number, share in enumerate(_SHARE.finditer(scan.lower)):
        if number >= _MOST:
            return
        kind = share.lastgroup or 0
        start, end = share.span(kind)
        if _is_somebody_s(scan, start, end):
            yield start, end


def _is_somebody_s(scan: Scan, start: int, end: int) -> bool:
    first, last = scan.sentences.around(start, end)
    first, last = max(first, start - _AROUND), min(last, end + _AROUND)
    return bool(_PERSON.search(scan.lower, first, last)) or scan.names.anybody(first, last)
