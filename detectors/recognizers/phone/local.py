"""Runs of eight digits that may be a Hong Kong number: with a country code, grouped, spaced out, split by a word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from detectors.recognizers.phone.shapes import is_monotonous, numbering_class

THENS = ("and then", "then", "followed by", "之後", "跟住", "跟手", "然後", "再", "後面", "後四", "尾四")
THEN = f"(?:{'|'.join(THENS)})"
_REST = r"(?:[ \t.\-]{0,2}\n?[0-9oil]){7}(?![0-9])"
_RUN = re.compile(
    rf"[02-9](?<![0-9].)(?=(?:(?<=0)0852|(?<=8)52)[ \t).\-]{{0,3}}(?P<coded>[2-9]{_REST})|(?<=[2-9])(?P<rest>{_REST}))"
)
"""The first digit of a run; the rest is only looked at, for digits in a row can be cut in several ways."""
_EIGHT = re.compile(r"[2-9](?:[ \t.\-]{0,2}\n?[0-9oil]){7}")
"""What each run holds: begins with a class of characters, so `re` skips quickly to the first."""
_HALVES = re.compile(rf"[5-9](?<![0-9].)[0-9]{{3}}[ ,.…]{{0,3}}{THEN}(?:個字|位)?[ :係]{{0,3}}[0-9]{{4}}(?![0-9])")
_MANGLED = re.compile(
    r"[2-9](?<![0-9.$¥].)(?:(?<![0-9],.)[0-9],[0-9]{3},[0-9]{3}(?:\.0{1,2})?|[0-9]{7}\.0{1,2}"
    r"|\.[0-9]{5,7}e\+?0?7)(?![0-9]|,[0-9]{3}(?![0-9]))"
)
"""What spreadsheets make of eight digits: 61,234,567, 61234567.0, 6.1234567E7."""
_OPENING = re.compile(r"(?:\(\+|\+\(|\+|\()[ ]?$")
_DIAL_LINK = re.compile(r"(?:wa\.me/|phone=|tel:)(?:\+|%2b)?$")
_BEFORE_DIALLED = frozenset("/=:+b\n")
_NO_DIGIT = re.compile(r"[^0-9]+")
MOST_RUNS = 700
"""Places in a text where a number may begin that are looked at; a message for people has far fewer."""
_PARTED = str.maketrans(".-", "  ")
_TO_DIGIT = str.maketrans("oil", "011")
_PLAIN, _HALVED, _TWO_FOURS = (8,), (4, 4), len("9123 4567")
"""How most numbers are grouped, and how long one is of two halves and a sign between them."""
_USUAL = frozenset(
    {
        _PLAIN,
        _HALVED,
        (3, 2, 3),
        (2, 2, 2, 2),
        (3, 3, 2),
        (2, 3, 3),
        (4, 2, 2),
        (2, 2, 4),
        (1,) * 8,
        (5, 3),
        (3, 5),
        (1, 3, 4),
        (2, 4, 2),
    }
)

_DOTTED = frozenset({(4, 4), (3, 2, 3), (2, 2, 2, 2), (1,) * 8})


@dataclass(slots=True)
class Local:
    """A run of digits: its place with country code, eight digits, how they are grouped, and its class in the plan.

    Not frozen: every long number of a chat becomes one, and freezing takes thrice as long.

    `between` is what stands between two groups of four; `link` tells a link that dials,
    `mangled` a number that a spreadsheet took for an amount.
    """

    start: int
    end: int
    digits: str = field(repr=False)
    groups: tuple[int, ...]
    between: str
    kind: str
    code: bool
    link: bool
    mangled: bool = False


def locals_in(lower: str) -> Iterator[Local]:
    """Yield the runs in order of place; they may overlap, for digits in a row can be cut in several ways."""
    for run in islice(_RUN.finditer(lower), MOST_RUNS) if _EIGHT.search(lower) else ():
        found = _local(lower, run)
        if found:
            yield found


def halves_in(lower: str) -> Iterator[Local]:
    """Yield the numbers whose halves a word parts: 6123 then 4567."""
    for halves in _HALVES.finditer(lower):
        digits = "".join(char for char in halves.group() if char.isdigit())
        yield Local(*halves.span(), digits, (4, 4), " ", numbering_class(digits), code=False, link=False)


def mangled_in(lower: str) -> Iterator[Local]:
    """Yield the numbers that a spreadsheet took for amounts."""
    for number in islice(_MANGLED.finditer(lower), MOST_RUNS):
        digits = _NO_DIGIT.sub("", number.group().partition("e")[0].removesuffix(".0").removesuffix(".00")).ljust(
            8, "0"
        )
        kind = numbering_class(digits)
        yield Local(*number.span(), digits, (8,), "", kind, code=False, link=False, mangled=True)


def _local(lower: str, run: re.Match[str]) -> Local | None:
    start = run.start()
    code = run["coded"] is not None
    first, end = run.span("coded") if code else (start, run.end("rest"))
    cut = _cut(lower, lower[first:end], end, code=code)
    if not cut:
        return None
    digits, groups = cut
    if is_monotonous(digits):
        return None
    if code:
        opening = _OPENING.search(lower[max(0, start - 3) : start])
        start -= len(opening.group()) if opening else 0
    dials = lower[start - 1 : start] in _BEFORE_DIALLED
    link = dials and bool(_DIAL_LINK.search(lower[max(0, start - 12) : start + (lower[start] == "+")]))
    between = lower[first + 4] if groups == _HALVED else ""
    return Local(start, end, digits, groups, between, numbering_class(digits), code, link)


def _cut(lower: str, number: str, end: int, *, code: bool) -> tuple[str, tuple[int, ...]] | None:
    """Return the digits of a number that ends at `end`, and how they are grouped; None where nobody writes it so."""
    if number.isdigit():
        return number, _PLAIN
    if len(number) == _TWO_FOURS and number[:4].isdigit() and number[5:].isdigit():
        return number[:4] + number[5:], _HALVED
    parts = number.translate(_PARTED).split()
    groups = tuple(map(len, parts))
    lettered = number.islower()
    if (groups not in _USUAL and not code) or (lettered and not _is_numeric(lower, number, end, parts)):
        return None
    if groups != _HALVED and ("\n" in number or ("." in number and groups not in _DOTTED)):
        return None  # decimals, or a line break that is not between two halves
    digits = "".join(parts)
    return digits.translate(_TO_DIGIT) if lettered else digits, groups


def _is_numeric(lower: str, number: str, end: int, parts: list[str]) -> bool:
    """Refuse letters that are a word's."""
    if sum(char.isdigit() for char in number) < 6 or (number[-1].isalpha() and lower[end : end + 1].isalpha()):
        return False
    return not any(part.isalpha() for part in parts)
