"""`PERSON`: names as Hong Kong writes them, in Latin letters and in Chinese characters.

They support other findings and never warn alone, so they are looked for only where something else was found.
"""

from collections.abc import Iterator

from detectors.recognizers.person.han import han_names
from detectors.recognizers.person.latin import latin_names
from detectors.recognizers.person.lists import lists
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan


class PersonRecognizer(ChatRecognizer):
    """Finds names beside other findings."""

    entity = "PERSON"
    beside = True

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each name; overlapping ones are left to the detector."""
        text = scan.text
        known = lists()
        names = latin_names(text, known) if _has_latin(text) else iter(())
        for name in (*names, *(han_names(text, known) if not text.isascii() else ())):
            canonical = scan.lower[name.start : name.end]
            yield Match(name.start, name.end, name.score, canonical, frozenset(), name.evidence)


def _has_latin(text: str) -> bool:
    return any("A" <= char <= "z" for char in text)
