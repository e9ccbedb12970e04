"""The lines for machines at the foot of passports and travel cards, as ICAO Doc 9303 lays them out.

OCR drops or doubles fillers, so lengths may be off by a few; the check digits decide.
"""

import re
from dataclasses import dataclass

from detectors.text.fold import single

_FILLERS = str.maketrans(dict.fromkeys("«‹＜〈《≤({くㄑΛ∧", "<") | dict.fromkeys(" \t", ""))
_DIGITS = str.maketrans("OQDILZSBG", "000112586")
"""Letters that OCR reads where a digit must stand."""
_PASSPORT = re.compile(r"P[A-Z<][A-Z<]{3}(?=[A-Z]+<<)[A-Z01<]{8,45}")
_SECOND = re.compile(
    r"(?P<number>[A-Z0-9<]{9})(?P<c1>[0-9OQDILZSBG<])(?P<nation>[A-Z<]{3})(?P<born>[0-9OQDILZSBG]{6})(?P<c2>[0-9OQDILZSBG])"
    r"(?P<sex>[MFX<])(?P<until>[0-9OQDILZSBG]{6})(?P<c3>[0-9OQDILZSBG])[A-Z0-9<]*"
)
_CARD = re.compile(r"[IAC][A-Z<][A-Z<]{3}[A-Z0-9<]{10,30}")
_CARD_SECOND = re.compile(
    r"(?P<born>[0-9OQDILZSBG]{6})(?P<c2>[0-9OQDILZSBG])(?P<sex>[MFX<])(?P<until>[0-9OQDILZSBG]{6})(?P<c3>[0-9OQDILZSBG])"
    r"(?P<nation>[A-Z<]{3})[A-Z0-9<]*"
)
_WEIGHTS = (7, 3, 1)
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Zone:
    """Where the lines stand in a text, and whether the date of birth in them passes its check."""

    start: int
    end: int
    born: bool


def read(text: str) -> Zone | None:
    """Find the lines of a passport or card in a text; None where no check digit holds."""
    lines = _lines(text)
    for at, (start, line, _) in enumerate(lines):
        for first, second in ((_PASSPORT, _SECOND), (_CARD, _CARD_SECOND)):
            if first.fullmatch(line):
                for _, other, end in lines[at + 1 : at + 4]:
                    found = second.match(other)
                    if found and _holds(found):
                        return Zone(start, end, _checks(found["born"], found["c2"]))
    return None


def _lines(text: str) -> list[tuple[int, str, int]]:
    """Lines that may be of such a zone, with where they stand: long, of letters, digits and fillers."""
    found, at = [], 0
    for line in text.split("\n")[:_MOST_LINES]:
        plain = "".join(single(char) or char for char in line.translate(_FILLERS)).upper()
        if 15 <= len(plain) <= 60:
            found.append((at, plain, at + len(line)))
        at += len(line) + 1
    return found


def _holds(found: re.Match[str]) -> bool:
    """Two check digits are right: one may have been misread, chance passes two once in a hundred."""
    pairs = [("born", "c2"), ("until", "c3")] + ([("number", "c1")] if "number" in found.groupdict() else [])
    return sum(_checks(found[value], found[check]) for value, check in pairs) >= 2


def _checks(value: str, check: str) -> bool:
    digits = value if any(char.isalpha() for char in value[:2]) or len(value) > 6 else value.translate(_DIGITS)
    total = sum(_value(char) * _WEIGHTS[at % 3] for at, char in enumerate(digits))
    return str(total % 10) == check.translate(_DIGITS).replace("<", "0")


def _value(char: str) -> int:
    return 0 if char == "<" else int(char, 36)
