"""How sure it is that eight digits are a telephone number, and what it means: scores, traits, evidence."""

from collections.abc import Iterator

from detectors.recognizers.phone.edges import is_of_file, is_part_of_longer
from detectors.recognizers.phone.local import Local
from detectors.recognizers.phone.shapes import FIXED, MOBILE, PLAUSIBLE, SERVICE, is_date, is_span
from detectors.recognizers.phone.whose import is_anybodys
from detectors.recognizers.phone.words import Kinship
from detectors.recognizers.recognizer import Scan
from detectors.recognizers.sample import SAMPLE
from detectors.text.window import Places

NOTHING = 0.1
"""Not worth a finding."""

_NAMED = 0.7
"""A mobile right behind a name, or alone in its message."""
_HARDLY_ANYTHING, _SHORT = 14, 60
"""Letters that say nothing of a number, a greeting, thanks; characters of a text that may hold so few."""
_ROW = 200
"""Characters of a row before a number that are read for a name."""
_CODED = {MOBILE: 0.95, PLAUSIBLE: 0.9, FIXED: 0.7, SERVICE: 0.6}
_WORDED = {MOBILE: 0.92, PLAUSIBLE: 0.75, FIXED: 0.6, SERVICE: 0.55}
_GROUPED = {MOBILE: 0.6, PLAUSIBLE: 0.55, SERVICE: 0.5, FIXED: 0.5}
_SPACED = {MOBILE: 0.52, PLAUSIBLE: 0.5}
_PLAIN = {MOBILE: 0.55, PLAUSIBLE: 0.52, SERVICE: 0.2, FIXED: 0.2}


def score(scan: Scan, places: Places, found: Local, verdict: Kinship) -> float:
    """Score a run of digits, no part of a code, by its country code, the words around it, and its class."""
    sureness = _score(scan, places, found, verdict)
    return min(sureness, SAMPLE) if verdict.sample else sureness


def _score(scan: Scan, places: Places, found: Local, verdict: Kinship) -> float:
    if found.link:
        return 0.95
    if found.mangled or found.code:
        return _mangled(scan, found, verdict) if found.mangled else _CODED.get(found.kind, 0.5)
    if _is_span(found):
        return NOTHING
    if is_of_file(scan.text, found.end) and (not verdict.telephone or is_date(found.digits)):
        return NOTHING
    if verdict.other:
        return 0.25
    return _worded(found, verdict) if verdict.telephone else _bare(scan, places, found, verdict)


def _mangled(scan: Scan, found: Local, verdict: Kinship) -> float:
    """Score what looks like an amount: a heading or a word for telephones must stand by, or a name in its row."""
    if verdict.telephone and not verdict.other:
        return 0.8
    row = scan.lines.start(found.start)
    named = found.digits[0] in "456789" and scan.names.anybody(max(row, found.start - _ROW), found.start)
    return 0.55 if named and "," not in scan.lower[found.start : found.end] and not verdict.other else NOTHING


def _is_span(found: Local) -> bool:
    return found.between not in {"", " "} and is_span(found.digits[:4], found.digits[4:])


def _worded(found: Local, verdict: Kinship) -> float:
    if is_date(found.digits) and found.kind not in {FIXED, MOBILE}:
        return NOTHING
    if found.kind == FIXED and verdict.private:
        return 0.75
    return _WORDED.get(found.kind, 0.5)


def _bare(scan: Scan, places: Places, found: Local, verdict: Kinship) -> float:
    if is_date(found.digits) or is_part_of_longer(scan.text, found.start, found.end):
        return NOTHING
    sureness = _shaped(found)
    if verdict.firm and found.kind == FIXED:
        sureness = max(sureness, 0.55)
    if verdict.person and found.digits[0] in "456789":
        sureness = max(sureness, _NAMED if found.kind == MOBILE else 0.55)
    if found.kind == MOBILE and scan.once(_bare_length) <= found.end - found.start:
        sureness = max(sureness, _NAMED)
    if found.kind != FIXED and sureness < _NAMED and not (_is_told(scan, found) or is_anybodys(scan, places)):
        return min(sureness, 0.45)
    return sureness


def _bare_length(scan: Scan) -> int:
    """Return how long the text is without the signs around it."""
    return len(scan.text.strip(" \n.,!?()"))


def _is_told(scan: Scan, found: Local) -> bool:
    """Tell whether a number is given as such: it was dictated, or hardly anything else stands in the text."""
    dictated = not scan.lower[found.start].isdigit() and scan.lower[found.start].isalnum()
    return dictated or (len(scan.text) <= _SHORT and sum(map(_weight, scan.text)) <= _HARDLY_ANYTHING)


def _weight(char: str) -> int:
    """Weigh a letter; a Chinese character says as much as two."""
    return (1 if char.isascii() else 2) if char.isalpha() else 0


def _shaped(found: Local) -> float:
    """Score what is written as people write their numbers, with no word to help."""
    likely = found.digits[0] in "56789"
    if found.groups == (8,):
        return _PLAIN.get(found.kind, 0.15)
    if found.groups == (4, 4):
        return _GROUPED.get(found.kind, 0.5 if likely else 0.15)
    if found.groups == (3, 2, 3) and likely:
        return 0.52
    return _SPACED.get(found.kind, 0.15)


def evidence(found: Local, verdict: Kinship, *, public: bool) -> Iterator[str]:
    """Yield the codes that explain the score."""
    yield "pattern"
    yield f"plan_{found.kind}"
    for code, holds in (
        ("country_code", found.code),
        ("link", found.link),
        ("context_word", verdict.telephone),
        ("other_number_word", verdict.other),
        ("public_line", public),
    ):
        if holds:
            yield code
