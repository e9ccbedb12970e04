"""Presidio's engine with some of our recognizers, asked only when one of them has something to say."""

from collections.abc import Iterable

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors.overlaps import Typed
from detectors.recognizers.recognizer import LANGUAGE, ChatRecognizer, Match, Scan


class NoEnhancer(ContextAwareEnhancer):
    """Presidio's own enhancer reads lemmas, which don't exist here; our recognizers read the words around a match."""

    def __init__(self) -> None:
        """Say to Presidio that nothing is added to a score."""
        super().__init__(0, 0, 0, 0)

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002 - Presidio's signature
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002 - Presidio's signature
        recognizers: list[EntityRecognizer],  # noqa: ARG002 - Presidio's signature
        context: list[str] | None = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        """Return the results as they are."""
        return raw_results


class Engine:
    """Some recognizers behind one engine.

    The engine's own work costs more than most recognizers do. So recognizers are asked first, the engine is called
    with the types of those that found something, and takes from the scan what they found.
    """

    def __init__(self, recognizers: Iterable[ChatRecognizer]) -> None:
        """Register `recognizers`, at least one: for none Presidio would load its own."""
        self.recognizers = tuple(recognizers)
        self._by_id = {str(recognizer.id): recognizer for recognizer in self.recognizers}
        self._engine = _engine(list(self.recognizers))

    def analyze(self, scan: Scan, asked: Iterable[str] | None = None) -> list[Typed]:
        """Return what the recognizers of the ids `asked` (all of them if None) find in `scan`."""
        chosen = self.recognizers if asked is None else [self._by_id[one] for one in asked]
        found = [recognizer.entity for recognizer in chosen if recognizer.matches(scan)]
        if not found:
            return []
        results = self._engine.analyze(scan.text, LANGUAGE, entities=found, nlp_artifacts=scan, score_threshold=0.0)
        return [_typed(result) for result in results]


def _engine(recognizers: list[ChatRecognizer]) -> AnalyzerEngine:
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognizers, supported_languages=[LANGUAGE]),
        nlp_engine=NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "no_op"}]),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=NoEnhancer(),
    )


def _typed(result: RecognizerResult) -> Typed:
    metadata = result.recognition_metadata
    match: Match = metadata["match"]
    return result.entity_type, str(metadata[RecognizerResult.RECOGNIZER_NAME_KEY]), match
