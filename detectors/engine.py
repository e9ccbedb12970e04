"""Presidio's engine with our recognizers, asked once for a text in which one of them has something to say."""

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


class Registry(RecognizerRegistry):
    """Presidio's registry, which copies its list and builds a set for each type that is asked for: here one look.

    All of our recognizers speak one language and find one type each.
    """

    def get_recognizers(
        self,
        language: str,
        entities: list[str] | None = None,
        all_fields: bool = False,  # noqa: FBT001, FBT002 - Presidio's signature
        ad_hoc_recognizers: list[EntityRecognizer] | None = None,
    ) -> list[EntityRecognizer]:
        """Return the recognizers of the types `entities`; whatever else Presidio may ask is answered by Presidio."""
        if not entities or all_fields or ad_hoc_recognizers:
            return list(super().get_recognizers(language, entities, all_fields, ad_hoc_recognizers))
        return [one for one in self.recognizers if one.supported_entities[0] in entities]


class Engine:
    """All recognizers behind one engine.

    The engine's own work costs more than most recognizers do. So recognizers are asked first, the engine is called
    with the types of those that found something, and takes from the scan what they found.
    """

    def __init__(self, recognizers: Iterable[ChatRecognizer]) -> None:
        """Register `recognizers`, at least one: for none Presidio would load its own."""
        recognizers = list(recognizers)
        self._asked = {str(one.id): one for one in recognizers if not one.beside}
        self._beside = [(one, _opened_by(one, recognizers)) for one in recognizers if one.beside]
        self._engine = AnalyzerEngine(
            registry=Registry(recognizers=recognizers, supported_languages=[LANGUAGE]),
            nlp_engine=NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "no_op"}]),
            supported_languages=[LANGUAGE],
            context_aware_enhancer=NoEnhancer(),
        )

    def analyze(self, scan: Scan) -> list[Typed]:
        """Return what the recognizers that the gate pointed to find in `scan`, and what others find beside that."""
        found = [one.entity for one in map(self._asked.__getitem__, scan.hits) if _says(one, scan)]
        if not found:
            return []
        return self._results(scan, [*found, *self._opened(scan)])

    def beside(self, scan: Scan) -> list[Typed]:
        """Return what is looked for beside other findings alone, where these came from somebody else."""
        return self._results(scan, self._opened(scan))

    def _opened(self, scan: Scan) -> list[str]:
        return [one.entity for one, ids in self._beside if not (ids and ids.isdisjoint(scan.hits)) and _says(one, scan)]

    def _results(self, scan: Scan, types: list[str]) -> list[Typed]:
        if not types:
            return []
        results = self._engine.analyze(scan.text, LANGUAGE, entities=types, nlp_artifacts=scan, score_threshold=0.0)
        return [_typed(result) for result in results]


def _says(recognizer: ChatRecognizer, scan: Scan) -> bool:
    """Whether it finds something at all: Presidio drops what scores nothing."""
    return any(match.score for match in recognizer.matches(scan))


def _opened_by(recognizer: ChatRecognizer, recognizers: Iterable[ChatRecognizer]) -> frozenset[str]:
    """Return whose gate must be open for it to be asked, by Presidio's ids; nobody's where none of them is here."""
    return frozenset(str(one.id) for one in recognizers if one.entity == recognizer.beside_words_of)


def _typed(result: RecognizerResult) -> Typed:
    metadata = result.recognition_metadata
    match: Match = metadata["match"]
    return result.entity_type, str(metadata[RecognizerResult.RECOGNIZER_NAME_KEY]), match
