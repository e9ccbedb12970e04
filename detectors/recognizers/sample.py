"""Numbers that only show how one is written: known by the words beside them, never by their value."""

from detectors.recognizers.recognizer import Scan
from detectors.text.sentences import joined

SAMPLE = 0.4
"""The most that such a number scores: it is nobody's."""
ASIDE = 3
"""Characters that part a word from what it speaks of, whatever they are."""


def shows(scan: Scan, word_end: int, start: int) -> bool:
    """Tell whether a word for samples, which ends at `word_end`, speaks of the number at `start` in its clause."""
    return start - word_end <= ASIDE or joined(scan.lower, word_end, start)
