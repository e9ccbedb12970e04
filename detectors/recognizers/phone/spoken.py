"""Numbers in English words: `nine one two three, four five six seven`, `double six`. Chinese words are folded."""

import re
from collections.abc import Iterator
from itertools import product

from detectors.recognizers.phone.local import Local
from detectors.recognizers.phone.shapes import is_monotonous, numbering_class

_DIGITS = {"zero": "0", "oh": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
_DIGITS |= {"five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
_TIMES = {"double": 2, "triple": 3}
_WORDS = (*_DIGITS, *_TIMES)
_GAPS = (" ", ", ", "-", " - ")
_SPOKEN = re.compile(rf"(?<![a-z])(?:{'|'.join(_WORDS)})(?:[ ,.\-]{{1,3}}(?:{'|'.join(_WORDS)})){{3,}}(?![a-z])")

PAIRS = tuple(first + gap + second for first, gap, second in product(_WORDS, _GAPS, _WORDS))
"""What the gate looks for: two such words in a row."""


def spoken_in(lower: str) -> Iterator[Local]:
    """Yield the runs of digit words that spell a number of eight digits, with or without Hong Kong's country code."""
    for run in _SPOKEN.finditer(lower):
        digits = _spell(re.split(r"[ ,.\-]+", run.group()))
        local = digits.removeprefix("852") if len(digits) == 11 else digits
        if len(local) == 8 and not is_monotonous(local):
            code = len(digits) == 11
            yield Local(*run.span(), local, (4, 4), " ", numbering_class(local), code=code, link=False)


def _spell(words: list[str]) -> str:
    digits, times = "", 1
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
        else:
            digits += _DIGITS[word] * times
            times = 1
    return digits
