"""Numbers of elsewhere: with a plus or 00 and a country code, in a link, and the neighbours' without either."""

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers

from detectors.recognizers.phone.edges import is_code, is_of_file
from detectors.recognizers.phone.words import NOTHING_SAID, Kinship, judge
from detectors.recognizers.recognizer import Match, Scan
from detectors.text.window import Places

_CODED = re.compile(
    r"(?<![0-9a-z])(?<![0-9][ \-])(?:\+|00)[ (]{0,2}(?!852)(?:[17]|[2-9][0-9]{1,2})[0-9 ()\-.]{6,18}[0-9](?![0-9])"
)
_NEAR = re.compile(
    r"(?<![0-9])(?:86[ \-]{0,2})?1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9])"
    r"|(?<![0-9])853[ \-]{0,2}(?:6[0-9]{3}|28[0-9]{2}|8[0-9]{3})[ \-]?[0-9]{4}(?![0-9])"
)
_HOMES = (
    r"(?:(?<=6)(?:3[ \-]?9[0-9]{2}|2[ \-]?8[0-9]{2}|0[ \-]?1[0-9]|5[ \-][89][0-9]{3}|6[ \-]?[689][0-9])"
    r"|(?<=9)(?:1[ \-]?[6-9][0-9]{4}|77[ \-]?9[78][0-9])|(?<=4)4[ \-]?7[0-9]{3}"
    r"|(?<=8)(?:86[ \-]?9[0-9]{2}|1[ \-]?[789]0|4[ \-]?[35789][0-9]))"
)
"""Behind its first digit: the code of a country, and how its mobiles go on."""
_UNMARKED = re.compile(
    rf"[4689](?<![0-9a-z.,:/\-+$#].)(?<![0-9] .){_HOMES}[ \-]?[0-9]{{3,4}}[ \-]?[0-9]{{3,4}}(?:[ \-]?[0-9]{{1,3}})?"
    r"(?![0-9]|[ \-][0-9])"
)
"""Mobiles of where colleagues come from, with the country's code and nothing before it."""
_LINKED = re.compile(r"(?:wa\.me/|phone=|tel:)(?:\+|%2b)?(?P<number>(?!852)[1-9][0-9]{9,14})(?![0-9])")
_LINKED_HINT = re.compile(r"wa\.me/|phone=|tel:")
BEHIND_PLUS = "|".join(r"(?<=\+" + "[ (]" * gaps + ".)" for gaps in range(3))
"""For the gate: a digit where a country code may begin."""
_PUBLISHED = frozenset(
    {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.UAN,
    }
)
_CODE = re.compile(r"(?:\+|00)[ (]{0,2}[1-9]")
_NEARLY = re.compile(
    r"[18](?:(?<=1)[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}|(?<=8)53[ \-]{0,2}[268][0-9]{3}[ \-]?[0-9]{4})"
)
"""What numbers with a code, and the neighbours' numbers, hold: quicker to look for."""
_MOST_PARSED = 100
_SHORTEST = len("+490115")
"""No country has a number that is shorter with its code: to read one takes long (source: `phonenumbers`)."""


def abroad(scan: Scan, places: Places) -> Iterator[Match]:
    """Yield the numbers of elsewhere in the text."""
    lower = scan.lower
    for number in islice(_CODED.finditer(lower), _MOST_PARSED) if _CODE.search(lower) else ():
        match = _coded(scan, places, number)
        if match:
            yield match
    for number in islice(_NEAR.finditer(lower), _MOST_PARSED) if _NEARLY.search(lower) else ():
        match = _near(scan, places, number)
        if match:
            yield match
    for number in islice(_UNMARKED.finditer(lower), _MOST_PARSED):
        match = _unmarked(scan, places, number)
        if match:
            yield match
    for number in islice(_LINKED.finditer(lower), _MOST_PARSED) if _LINKED_HINT.search(lower) else ():
        value = _valid(f"+{number['number']}")
        if value:
            yield _match(*number.span("number"), 0.95, value, NOTHING_SAID)


def _coded(scan: Scan, places: Places, number: re.Match[str]) -> Match | None:
    """Read a number with its country code; groups of digits behind it that don't belong to it are left off."""
    text, start = number.group(), number.start()
    while text:
        value = _valid("+" + _digits(text).removeprefix("00"))
        if value:
            return _match(start, start + len(text), 0.9, value, judge(scan, places, *number.span()))
        if text == number.group() and text[0] == "+" and _is_possible(_digits(text)):
            return _match(start, number.end(), 0.6, "+" + _digits(text), judge(scan, places, *number.span()))
        text = text[: max(text.rfind(" "), text.rfind("-"), 0)].rstrip(" -(.")
    return None


def _near(scan: Scan, places: Places, number: re.Match[str]) -> Match | None:
    start, end = number.span()
    if scan.lower[max(0, start - 1) : start] == "+":
        return None
    digits, verdict = _digits(number.group()), judge(scan, places, start, end)
    if is_code(scan.text, start, end, labelled=verdict.telephone):
        return None
    if not verdict.telephone and is_of_file(scan.text, end):
        return None
    bare = len(digits) == 11 and digits.startswith("1")
    value = _valid(f"+86{digits}" if bare else f"+{digits}")
    if not value:
        return None
    score = 0.2 if verdict.other else 0.9 if verdict.telephone else 0.6 if bare else 0.8
    return _match(start, end, score, value, verdict)


def _unmarked(scan: Scan, places: Places, number: re.Match[str]) -> Match | None:
    """Read a mobile whose country code nothing marks: grouped as people write it, or beside a word for telephones."""
    start, end = number.span()
    verdict = judge(scan, places, start, end)
    written = number.group().isdigit()
    if (written and not verdict.telephone) or is_code(scan.text, start, end, labelled=verdict.telephone):
        return None
    value = _valid(f"+{_digits(number.group())}")
    if not value:
        return None
    return _match(start, end, 0.2 if verdict.other else 0.9 if verdict.telephone else 0.6, value, verdict)


def _valid(international: str) -> str:
    """Return the number in E.164 when its country has numbers like it, else an empty text."""
    if len(international) < _SHORTEST:
        return ""
    try:
        parsed = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        return ""
    return international if phonenumbers.is_valid_number(parsed) else ""


def _is_published(value: str) -> bool:
    """Tell whether the number is of a kind that firms publish, as 0800 in Britain: nobody lives there."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(value)) in _PUBLISHED
    except phonenumbers.NumberParseException:
        return False


def _is_possible(digits: str) -> bool:
    """Tell whether the country has numbers as long as this: ranges open faster than metadata follows."""
    try:
        return len(digits) >= 10 and phonenumbers.is_possible_number(phonenumbers.parse("+" + digits))
    except phonenumbers.NumberParseException:
        return False


def _match(start: int, end: int, score: float, value: str, verdict: Kinship) -> Match:
    own = {"own"} if verdict.own else set()
    sample = {"sample"} if verdict.sample else set()
    business = {"business"} if verdict.business or _is_published(value) else set()
    evidence = ("pattern", "country_code", *(("context_word",) if verdict.telephone else ()))
    return Match(start, end, score, value, frozenset({"overseas"} | own | sample | business), evidence)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
