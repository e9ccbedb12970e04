"""The shape of a recognizer: Presidio's `LocalRecognizer`, fed with a text that is normalised once for all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from detectors.normalise import Normalised, normalise

LANGUAGE = "en"
"""Presidio's key for "which recognizers": one key for every script, because chat mixes languages in one sentence."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a recognizer found in the normalised text; `canonical` is the value without its way of writing."""

    start: int
    end: int
    score: float
    canonical: str = field(repr=False)
    traits: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()


class Scan(NlpArtifacts):  # type: ignore[misc]  # presidio ships no type marker for this class
    """One text on its way through the recognizers: it rides in the place where Presidio passes tokens."""

    def __init__(self, normalised: Normalised, hits: Mapping[str, tuple[tuple[int, int], ...]] | None = None) -> None:
        """Carry `normalised`, and per entity type the places (start, end) where its gate literals stand."""
        super().__init__(entities=[], tokens=[], tokens_indices=[], lemmas=[], nlp_engine=None, language=LANGUAGE)
        self.text = normalised.text
        self.lower = normalised.lower
        self.normalised = normalised
        self.hits = hits or {}


class ChatRecognizer(LocalRecognizer):  # type: ignore[misc]  # presidio ships no type marker for this class
    """Finds one entity type. A subclass names its `entity`, how the gate knows its texts, and implements `find`.

    The gate lets a text through to this recognizer when `gate_pattern` (a regular expression on the lower-cased
    normalised text, digits first for speed) matches, or one of `gate_literals` (lower-cased, normalised) occurs.
    Together they must be a superset of `find`: where the gate is silent, `find` must have nothing to say.
    """

    entity: ClassVar[str]
    gate_pattern: str = ""
    gate_literals: Iterable[str] = ()

    def __init__(self) -> None:
        """Register under Presidio's name for this class."""
        super().__init__(supported_entities=[self.entity], name=type(self).__name__, supported_language=LANGUAGE)

    def load(self) -> None:
        """Presidio's hook; the subclasses load their data when they are built."""

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the matches in `scan`, in any order; overlaps are resolved by the detector."""
        raise NotImplementedError

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Presidio's entry: also works in a plain `AnalyzerEngine`, where it normalises the text by itself."""
        scan = nlp_artifacts if isinstance(nlp_artifacts, Scan) else Scan(normalise(text))
        return [self._result(match) for match in self.find(scan)]

    def _result(self, match: Match) -> RecognizerResult:
        explanation = AnalysisExplanation(recognizer=self.name, original_score=match.score)
        metadata = {RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id, RecognizerResult.RECOGNIZER_NAME_KEY: self.name, "match": match}
        return RecognizerResult(self.entity, match.start, match.end, match.score, explanation, metadata)
