"""`MEDICAL_TERM`: conditions, treatments, drugs, tests and pregnancies of people, and of nothing else."""

from collections.abc import Iterator

from detectors.recognizers.medical.cues import cue_finder
from detectors.recognizers.medical.judge import Judge
from detectors.recognizers.medical.lexicon import load
from detectors.recognizers.medical.places import find_places
from detectors.recognizers.medical.sentence import BEYOND
from detectors.recognizers.medical.surroundings import Surroundings
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.sentences import LONGEST

__all__ = ["MedicalRecognizer"]


class MedicalRecognizer(ChatRecognizer):
    """Finds medical terms and says of each how sure it is that a person's health is meant.

    Every term is yielded; those that are figurative, announced, sold or nobody's stay below 0.50.
    """

    entity = "MEDICAL_TERM"
    examples = (
        "Ling is in hospital with «pneumonia», back next week",
        "I have «a cold», working from home today",
        "has she got «Covid»?",
        "佢唔係«中風»",
        "Ken has no «fever» today",
        "阿明確診«甲流»，今個禮拜返唔到工",
        "that deadline nearly gave me a heart attack",
        "the clinic offers a cancer screening plan for all staff",
        "呢份report搞到我頭都爆",
    )

    def __init__(self) -> None:
        """Read the lexicon and the cues."""
        self._lexicon = load()
        self._cues = cue_finder()
        self._judge = Judge()
        self.gate_words = self._lexicon.words()
        self.gate_literals = self._lexicon.literals()
        super().__init__()

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the terms in `scan`, each with score, traits (`own`, `mild`, `negated`, `asked`) and evidence codes."""
        places = find_places(self._lexicon, scan, scan.hits[self.id])
        if not places:
            return
        reach = LONGEST + BEYOND
        cues = self._cues.cues(scan, places[0].start - reach, places[-1].end + reach)
        surroundings = Surroundings(scan, cues, places)
        for place, verdict in zip(places, self._judge.verdicts(places, surroundings), strict=True):
            term = scan.lower[place.start : place.end]
            yield Match(place.start, place.end, verdict.score, term, verdict.traits, verdict.evidence)
