"""Where hostile words stand in a text: for the recognizer that finds them, and for what counts only beside them."""

from functools import cache

from detectors.recognizers.recognizer import Scan
from detectors.text.window import Cues

HOSTILE = ("call", "threat", "insult")
"""The kinds of words that are hostile; the others say that something else is meant."""


@cache
def cues() -> Cues:
    """Read the words, once for all who ask."""
    return Cues.read("hostile_words.tsv")


def is_hostile(scan: Scan) -> bool:
    """Tell whether hostile words stand in the text, whatever is meant by them."""
    return scan.places(cues()).anywhere(*HOSTILE)
