"""`PERSON`: names as Hong Kong writes them, in Latin letters and in Chinese characters.

They support other findings and never warn alone, so they are looked for only where something else was found.
"""

from collections.abc import Iterator

from detectors.recognizers.people.name import SURE
from detectors.recognizers.people.single import is_somebody
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan

_BESIDE = 0.5
"""The score of a word that no list knows, and that does what people do."""
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
        "«Quorla Wexcombe», 91234567",
        "«陳大文»話«阿明»返咗",
        "«陳偉罡»，唔該",
        "HKID of «家豪»",
        "the meeting is on Monday",
        "move it to May please",
        "driver at Tsim Sha Tsui",
        "周末開會，任何問題問經理",
    )

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each name; overlapping ones are left to the detector."""
        for name in scan.names.within(0, _READ):
            if name.score >= SURE or is_somebody(scan.text, name):
                canonical = scan.lower[name.start : name.end]
                score = max(name.score, _BESIDE)
                yield Match(name.start, name.end, score, canonical, frozenset(), name.evidence)
