"""Numbers that only show how one is written: known by the words beside them, never by their value alone."""

import re

from detectors.recognizers.recognizer import Scan
from detectors.text.sentences import joined

SAMPLE = 0.4
"""The most that such a number scores: it is nobody's."""
ASIDE = 3
"""Characters that part a word from what it speaks of, whatever they are."""
_COUNTS_UP = re.compile(
    r"[0-9]{0,4}[ \-]?[0-9]{0,4}(?:3[ \-]?4[ \-]?5[ \-]?6[ \-]?7|([0-9])\1{5})"
    r"|138[ \-]?0013[ \-]?8000|([0-9])\2{3}[ \-]?([0-9])\3{3}"
)
"""What people type who need a number: 9123 4567, 0912-345-678, 13800000000, 5555 0000."""
_CARD_COUNTS_UP = re.compile(r"[a-z]{1,2} ?(?:123456|987654|([0-9])\1{5})")
"""The same of identity cards: A123456(3)."""


def card_counts_up(scan: Scan, start: int) -> bool:
    """Tell whether the number of an identity card at `start` is one that people type who need any."""
    return bool(_CARD_COUNTS_UP.match(scan.lower, start))


def shows(scan: Scan, word_end: int, start: int) -> bool:
    """Tell whether a word for samples, which ends at `word_end`, speaks of the number at `start`.

    It does in its clause, and of a number that counts up in its sentence, whoever else stands there (範例: 王小明).
    """
    if start - word_end <= ASIDE or joined(scan.lower, word_end, start):
        return True
    return bool(_COUNTS_UP.match(scan.lower, start)) and scan.sentences.around(word_end, word_end)[1] >= start
