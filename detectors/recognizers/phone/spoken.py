"""Numbers in words: `nine one two three, four five six seven`, `double six`, 九一二三孖五六七."""

import re
from collections.abc import Iterator
from itertools import product

from detectors.recognizers.phone.local import THEN, THENS, Local
from detectors.recognizers.phone.shapes import is_monotonous, numbering_class
from detectors.recognizers.spelled import HAN_DIGIT, WORD, spell

_SPOKEN = re.compile(rf"(?<![a-z]){WORD}(?:[ ,.\-]{{1,3}}(?:(?:and )?then )?{WORD}){{3,}}(?![a-z])")
_HAN_SPOKEN = re.compile(rf"{HAN_DIGIT}(?:[ ,]{{0,2}}(?:{THEN}[ ,:係]{{0,3}})?{HAN_DIGIT}){{5,}}")
_HAN_HINT = re.compile(rf"[孖雙][0-9零〇一二三四五六七八九幺]|[零〇一二三四五六七八九幺](?:, ?| )?{THEN}")
HALVES = tuple(map("".join, product("零〇一二三四五六七八九幺", ("", " ", ",", ", "), THENS)))
"""What the gate looks for: a Chinese digit before the word that joins the halves of a number."""
_WORDS = re.compile(r"[a-z]+|[0-9孖雙零〇一二三四五六七八九幺]")


def spoken_in(lower: str) -> tuple[Iterator[Local], Iterator[Local]]:
    """Return the runs of digit words, English and Chinese, that spell a number of eight digits."""
    return _spelled(_SPOKEN, lower), _spelled(_HAN_SPOKEN, lower) if _HAN_HINT.search(lower) else iter(())


def _spelled(pattern: re.Pattern[str], lower: str) -> Iterator[Local]:
    """Yield what spells eight digits, with or without Hong Kong's country code."""
    for run in pattern.finditer(lower):
        digits = spell(_WORDS.findall(run.group()))
        local = digits.removeprefix("852") if len(digits) == 11 else digits
        if len(local) == 8 and not is_monotonous(local):
            code = len(digits) == 11
            yield Local(*run.span(), local, (4, 4), " ", numbering_class(local), code=code, link=False)
