"""`FAMILY_MEMBER`: somebody's family where hostile words stand beside: who turns on a person often names them too.

Without hostile words nothing is said: people speak of each other's families all day. Like a name it never warns alone.
"""

from collections.abc import Iterator
from itertools import islice

from detectors.recognizers.hostile.words import is_hostile
from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.window import Cues

_WHOSE = 10
"""Characters between the word that says whose family it is and the word for it: "her two kids"."""
_NAME = 4
"""Characters between a name and the word for a relative: "Amy Chan's husband", 陳大文嘅太太."""
_LONGEST_NAME = 40
_MOST = 100
"""Relatives of one text that are looked at."""


class FamilyMemberRecognizer(ChatRecognizer):
    """Finds relatives of somebody else beside hostile words."""

    entity = "FAMILY_MEMBER"
    beside = True
    beside_words_of = "HOSTILE_WORDS"
    examples = (
        "dox him, «his wife» teaches in Sha Tin",
        "make her pay. «Her two kids» go to school in Tai Po",
        "expose her: Amy Chan, «Amy Chan's husband» drives a taxi",
        "起佢底，«佢老婆»喺沙田返工",
        "人肉他，«他的女兒»在讀小學",
        "his wife called, he is late",
        "dox him, my wife said",
        "佢老婆打嚟，佢遲到",
        "起佢底，佢唔係好人",
    )

    def load(self) -> None:
        """Read the words for relatives and for whose they are."""
        self._cues = Cues.read("family_words.tsv")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each relative of somebody else, in a text that holds hostile words."""
        if not is_hostile(scan):
            return
        places = scan.places(self._cues)
        kin = (place for place in places.within(0, len(scan.lower)) if place[0] == "kin")
        for _, start, end in islice(kin, _MOST):
            whose = next((place for place in places.before(start, _WHOSE) if place[0] == "his"), None)
            named = None if whose else _name(scan, start)
            first = whose[1] if whose else named
            if first is not None:
                evidence = ("possessive",) if whose else ("name",)
                yield Match(first, end, 0.8, scan.lower[first:end], frozenset(), evidence)


def _name(scan: Scan, at: int) -> int | None:
    """Return where the name begins that stands right before `at`; None where nobody is named there."""
    names = scan.names.within(max(0, at - _LONGEST_NAME), at)
    return next((name.start for name in names if name.score >= SURE and at - name.end <= _NAME), None)
