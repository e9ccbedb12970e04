"""What a run of digits can be in Hong Kong's numbering plan, and what else it may be instead.

Source of the classes: Google's numbering-plan metadata (`phonenumbers`), read once; nothing is parsed for a number.
"""

import re
from datetime import date

from phonenumbers import PhoneMetadata

MOBILE, FIXED, SERVICE, PLAUSIBLE, UNKNOWN = "mobile", "fixed", "service", "plausible", "unknown"

_PLAN = PhoneMetadata.metadata_for_region("HK")
_CLASSES = (
    (MOBILE, ("mobile",)),
    (FIXED, ("fixed_line", "uan")),
    (SERVICE, ("personal_number", "pager", "toll_free", "premium_rate")),
)
_NOT_YET = r"(?:4[0-9]|5[0-9]|6[0-9]|7[01]|8[4-9]|9[0-9])[0-9]{6}"
_NOT_YET_FIXED = "(?:2[1-9]|3[0-9])[0-9]{6}"
"""Blocks open faster than the metadata follow; what begins like a year of ours is left out."""
_PATTERNS = (
    ("like_mobile", "58[0-9]*"),
    *((name, "|".join(getattr(_PLAN, kind).national_number_pattern for kind in kinds)) for name, kinds in _CLASSES),
    ("likely_fixed", _NOT_YET_FIXED),
    (PLAUSIBLE, _NOT_YET),
)
_MEANING = {name: name for name, _ in _PATTERNS} | {"like_mobile": PLAUSIBLE, "likely_fixed": FIXED}
_CLASS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS)).fullmatch
_YEAR, _IN_YEAR, _IN_MONTH = "(?:19[2-9]|20[0-7])[0-9]", "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_LIKE_DATE = re.compile(f"{_YEAR}{_IN_YEAR}{_IN_MONTH}|{_IN_MONTH}{_IN_YEAR}{_YEAR}").fullmatch
"""What every day looks like: most numbers are spared the calendar."""
_LAST_OF_DAYS = "3"
"""No year and no day begins with more: most numbers are spared that look, too."""
_QUARTERS = frozenset({"00", "15", "30", "45"})
_ROUND, _CENTURIES = _QUARTERS | {"50"}, frozenset({"19", "20"})
"""What the second group of a span ends with, or begins with: most numbers are spared the sums."""


def numbering_class(digits: str) -> str:
    """Return mobile, fixed or service for an allocated number; plausible for a block that may open; else unknown.

    The plan calls 58 fixed because it is IP telephony: people carry such numbers, so they count as plausible mobiles.
    """
    found = _CLASS(digits)
    return _MEANING[str(found.lastgroup)] if found else UNKNOWN


def is_monotonous(digits: str) -> bool:
    """Tell whether nobody would have this number: one digit over and over, or two in turn."""
    return digits == digits[:2] * (len(digits) // 2)


def is_date(digits: str) -> bool:
    """Tell whether eight digits are a day between 1920 and 2079, year first or (as in Hong Kong) day first."""
    if digits[0] > _LAST_OF_DAYS or not _LIKE_DATE(digits):
        return False
    return _is_day(digits[:4], digits[4:6], digits[6:]) or _is_day(digits[4:], digits[2:4], digits[:2])


def _is_day(year: str, month: str, day: str) -> bool:
    if not 1920 <= int(year) <= 2079:
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def is_span(first: str, second: str) -> bool:
    """Tell whether two groups of four are opening hours, a pair of years, or a range of round amounts."""
    if second[2:] not in _ROUND and second[:2] not in _CENTURIES:
        return False
    begin, end = int(first), int(second)
    if begin < end and begin % 50 == end % 50 == 0:
        return True
    return (1980 <= begin <= 2059 and 1980 <= end <= 2059) or (_is_hour(first) and _is_hour(second))


def _is_hour(group: str) -> bool:
    return group[2:] in _QUARTERS and int(group[:2]) <= 24
