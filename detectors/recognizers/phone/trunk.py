"""Numbers of elsewhere as people dial them at home: with a zero before them, and no country code.

Which country it is, the first digits and the length say; Google's metadata then say whether it has such a number.
"""

import re
from collections.abc import Iterator
from itertools import islice

from phonenumbers import NumberParseException, PhoneNumberType, is_valid_number, number_type, parse

from detectors.recognizers.phone.edges import is_code, is_of_file
from detectors.recognizers.phone.whose import settled, whose
from detectors.recognizers.phone.words import Kinship, judge
from detectors.recognizers.recognizer import Match, Scan
from detectors.text.window import Places

_SHAPE = re.compile(
    r"(?<![0-9a-z./\-+$#])(?<![0-9][ ,:])(?P<area>\(0[0-9]{2,3}\)|0[0-9]{1,3})[ \-]{0,2}"
    r"(?P<rest>[0-9]{3,4}[ \-]?[0-9]{3,4}(?:[ \-]?[0-9]{1,4})?)(?![0-9]|[ \-][0-9])"
)
_HINT = re.compile(r"0(?<![0-9].)[0-9](?:[ \-)]{0,2}[0-9]){7}")
_HOMES = (
    ("PH", re.compile(r"09[0-9]{9}")),
    ("TW", re.compile(r"09[0-9]{8}")),
    ("ID", re.compile(r"08[1-9][0-9]{7,10}")),
    ("GB", re.compile(r"07[0-9]{9}")),
    ("CN", re.compile(r"0(?:10|2[0-9])[0-9]{8}|0[3-9][0-9]{2}[0-9]{7,8}")),
    ("TW", re.compile(r"0[2-8][0-9]{7,8}")),
    ("GB", re.compile(r"0[12][0-9]{9}")),
    ("MY", re.compile(r"01[0-9]{8,9}")),
)
"""In this order: the first whose numbers look like it, and which has it."""
_TIMES = re.compile(r"(?:[01][0-9]|2[0-4])[0-5][0-9](?:[ \-](?:[01][0-9]|2[0-4])[0-5][0-9])+")
"""The hours of shifts."""
_MOST_PARSED = 100
_WORDED, _GROUPED, _NAMED, _PLAIN = 0.9, 0.6, 0.6, 0.45


def trunk_in(scan: Scan, places: Places) -> Iterator[Match]:
    """Yield the numbers with a leading zero that some neighbour has."""
    for shape in islice(_SHAPE.finditer(scan.lower), _MOST_PARSED) if _HINT.search(scan.lower) else ():
        found = _at_home("".join(char for char in shape.group() if char.isdigit()))
        if found and not _TIMES.fullmatch(shape.group()):
            canonical, mobile = found
            match = _match(scan, places, shape, canonical, mobile=mobile)
            if match:
                yield match


def _at_home(digits: str) -> tuple[str, bool] | None:
    """Return the number in E.164 and whether it is a mobile; None where no country has it."""
    for region, looks in _HOMES:
        if looks.fullmatch(digits):
            try:
                parsed = parse(digits, region)
            except NumberParseException:
                continue
            if is_valid_number(parsed):
                mobile = number_type(parsed) != PhoneNumberType.FIXED_LINE
                return f"+{parsed.country_code}{parsed.national_number}", mobile
    return None


def _match(scan: Scan, places: Places, shape: re.Match[str], canonical: str, *, mobile: bool) -> Match | None:
    start, end = shape.span()
    said = judge(scan, places, start, end)
    if is_code(scan.text, start, end, labelled=said.telephone) or (not said.telephone and is_of_file(scan.text, end)):
        return None
    verdict = said if mobile else settled(scan, places, start, said)
    score = _score(shape, verdict)
    evidence = ("pattern", "country_code", *(("context_word",) if verdict.telephone else ()))
    return Match(start, end, score, canonical, whose(verdict, fixed=not mobile) | {"overseas"}, evidence)


def _score(shape: re.Match[str], verdict: Kinship) -> float:
    if verdict.other:
        return 0.2
    if verdict.telephone:
        return _WORDED
    if not shape.group().isdigit():
        return _GROUPED
    return _NAMED if verdict.person else _PLAIN
