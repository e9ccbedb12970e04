"""`PERSON`: names as Hong Kong writes them, in Latin letters and in Chinese characters.

They support other findings and never warn alone, so they are looked for only where something else was found.
"""

from collections.abc import Iterator
from itertools import chain

from detectors.recognizers.people.han import han_names
from detectors.recognizers.people.latin import Name, latin_names
from detectors.recognizers.people.lists import lists
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan

_READ = 8_000
"""Characters that are looked through for names: they only support what else was found."""


class PersonRecognizer(ChatRecognizer):
    """Finds names beside other findings."""

    entity = "PERSON"
    beside = True
    examples = (
        "«Chan Tai Man» told «Peter», and Mr «Wong» heard it",
        "«Wu Jiaxin», «Chan Kwok» and «Ah Fai» are out",
        "«Brenda Wickham» is on leave",
        "«Agnieszka Nowak», 91234567",
        "«陳大文»話«阿明»返咗",
        "«陳焱璟»，唔該",
        "the meeting is on Monday",
        "move it to May please",
        "driver at Tsim Sha Tsui",
        "周末開會，任何問題問經理",
    )

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each name; overlapping ones are left to the detector."""
        for name in names_in(scan.text[:_READ]):
            canonical = scan.lower[name.start : name.end]
            yield Match(name.start, name.end, name.score, canonical, frozenset(), name.evidence)


def names_in(text: str) -> Iterator[Name]:
    """Yield the names in a normalised text; some may overlap."""
    known = lists()
    return chain(latin_names(text, known), han_names(text, known))
