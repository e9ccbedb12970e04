"""Digits in words, as people dictate them: `nine one two three`, `double six`, 孖五.

Plain runs of Chinese digits are folded before anybody reads them.
"""

from itertools import product

_DIGITS = {"zero": "0", "oh": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
_DIGITS |= {"five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
_HAN = dict(zip("零〇一二三四五六七八九幺", "001234567891", strict=True))
_TIMES = {"double": 2, "triple": 3, "treble": 3, "孖": 2, "雙": 2}
_WORDS = (*_DIGITS, "double", "triple", "treble")
_GAPS = (" ", ", ", "-", " - ")

WORD = f"(?:{'|'.join(_WORDS)})"
"""One digit in an English word, or what doubles the next."""
HAN_DIGIT = "(?:[孖雙]?[0-9零〇一二三四五六七八九幺])"
"""One digit in Chinese, or a pair of it."""
PAIRS = tuple(first + gap + second for first, gap, second in product(_WORDS, _GAPS, _WORDS))
"""What the gate looks for: two such words in a row."""
TWINS = tuple(twin + digit for twin, digit in product("孖雙", _HAN))
"""What the gate looks for: a pair of Chinese digits."""


def spell(words: list[str]) -> str:
    """Return the digits that the words name; other words count for nothing."""
    digits, times = "", 1
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digit = _DIGITS.get(word) or _HAN.get(word) or (word if word.isdecimal() else "")
        digits += digit * times
        times = 1
    return digits
