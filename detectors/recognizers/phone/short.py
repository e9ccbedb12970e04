"""Short numbers that everybody may dial: emergencies, governments, banks, and service lines that begin with 400 or 800.

They are nobody's personal data, so each is `business`.
"""

import re
from collections.abc import Iterator

from detectors.recognizers.phone.edges import is_code
from detectors.recognizers.phone.words import judge
from detectors.recognizers.recognizer import Match, Scan
from detectors.text.window import Places

_BEFORE = r"(?<![0-9a-z.,:/\-$+#])"
_HERE = re.compile(
    rf"{_BEFORE}(?:999|112|992|1823|18111|187[ ]?8022|800[ ]?[0-9]{{3}}[ ]?[0-9]{{3}}"
    r"|九九九|一八二三|nine nine nine|one eight two three)(?![0-9%a-z]|[.,:/\-][0-9]|[零一二三四五六七八九])"
)
_HERE_HINT = re.compile(r"[189](?:99|92|12|823|8111|87|00)|九九九|一八二三|nine nine|eight two")
MAINLAND = ("110", "119", "120", "122", "12306", "12315", "12333", "12345", "12348", "12366", "10000", "10010", "10086")
"""Police, fire, ambulance, traffic police, railways, consumers, labour, city hall, legal aid, taxes, telephones."""
_DIAL = "打|報|撥|撥打|打去|打畀|打俾|打給|致電|熱線|電話|報警|call|dial|ring"
_MAINLAND = re.compile(
    rf"(?:{_DIAL})(?:是|係|:)?[ ]?(?P<number>(?:{'|'.join(MAINLAND)}|95[0-9]{{3}})(?![0-9%a-z]|[.,:/\-][0-9]))"
    r"(?! ?[個次分箱件張份蚊元塊人度頁磅斤米名位年月日號樓室座折萬千餘多幾枝支])"
)
_SERVICE = re.compile(r"(?<![0-9a-z./\-+$#])[48]00[ \-]?[0-9]{3}[ \-]?[0-9]{4}(?![0-9]|[ \-][0-9])")
_SERVICE_HINT = re.compile("[48]00(?<![0-9]...)[ 0-9-]")


def short_in(scan: Scan, places: Places) -> Iterator[Match]:
    """Yield the short numbers of the public: with a word for calling, or in the shape of a service line."""
    lower = scan.lower
    for number in _HERE.finditer(lower) if _HERE_HINT.search(lower) else ():
        around = [*places.kinds_before(number.start(), 26), *places.kinds_after(number.end(), 4)]
        counted = "unit" in places.kinds_after(number.end(), 2)
        if {"dial", "business"} & set(around) and "other" not in around[:1] and not counted:
            yield _match(*number.span(), f"+852{_digits(number.group())}")
    for number in _MAINLAND.finditer(lower):
        yield _match(*number.span("number"), f"+86{number['number']}", 0.95)
    yield from _service(scan, places) if _SERVICE_HINT.search(lower) else ()


def _service(scan: Scan, places: Places) -> Iterator[Match]:
    """Yield the lines of ten digits that firms of the mainland publish; without blanks only beside a word for them."""
    for number in _SERVICE.finditer(scan.lower):
        start, end = number.span()
        said = judge(scan, places, start, end)
        grouped = not number.group().isdigit()
        if said.other or not (said.telephone or grouped) or is_code(scan.text, start, end, labelled=said.telephone):
            continue
        yield _match(start, end, f"+86{_digits(number.group())}")


def _match(start: int, end: int, canonical: str, score: float = 0.6) -> Match:
    return Match(start, end, score, canonical, frozenset({"business"}), ("pattern", "public_line", "context_word"))


def _digits(text: str) -> str:
    return "".join(char for char in text if char not in " -")
