"""Text in, findings out: normalise, gate, Presidio, overlaps, and back to the original's places."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors.allow import Allow, Allowed
from detectors.finding import Finding
from detectors.gate import Gate
from detectors.normalise import Normalised, normalise
from detectors.overlaps import Typed, resolve
from detectors.quiet import quieten
from detectors.recognizers import all_recognizers
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


class Detector:
    """Finds personal data. One instance serves a process; `find` keeps nothing of what it read."""

    def __init__(
        self,
        recognizers: Iterable[ChatRecognizer] | None = None,
        spacy_model: str | None = None,
        allow: Iterable[Allow] = (),
        custom: Iterable[ChatRecognizer] = (),
    ) -> None:
        """Take the recognizers (all of ours if None), a spaCy model for names, public values, and custom recognizers.

        Raises `detectors.names.ModelError` and `detectors.allow.AllowError`, each one sentence with the cure.
        """
        quieten()
        chosen = [*(all_recognizers() if recognizers is None else recognizers), *custom]
        if spacy_model:
            from detectors.names import NameRecognizer  # noqa: PLC0415 - spaCy's models only for those who want one

            chosen.append(NameRecognizer(spacy_model))
        self._gate = Gate(chosen)
        self._beside = list(dict.fromkeys(r.entity for r in chosen if r.beside))
        self._engine = _engine([r for r in chosen if not r.beside])
        self._beside_engine = _engine([r for r in chosen if r.beside]) if self._beside else None
        self._allowed = Allowed(allow)
        self._key = secrets.token_bytes(32)

    def find(self, text: str) -> tuple[Finding, ...]:
        """Return the findings in `text`, in order of place, at most 50; scores below 0.5 are kept for `explain`."""
        normalised = normalise(text)
        passed = self._gate.scan(normalised)
        if passed is None:
            return ()
        scan = Scan(normalised, passed.hits)
        found = _analyze(self._engine, scan, list(passed.entities))
        if not found:
            return ()
        if self._beside_engine:
            found += _analyze(self._beside_engine, scan, self._beside)
        return tuple(self._finding(normalised, typed) for typed in resolve(found))

    def _finding(self, normalised: Normalised, typed: Typed) -> Finding:
        entity, recognizer, match = typed
        if (entity, match.canonical) in self._allowed:
            evidence = (*match.evidence, "allow_list")
            match = replace(match, traits=match.traits | {"business", "allowed"}, evidence=evidence)
        start, end = normalised.original(match.start, match.end)
        key = blake2b(f"{entity}\0{match.canonical}".encode("utf-8", "surrogatepass"), key=self._key, digest_size=16)
        return Finding(entity, start, end, match.score, recognizer, match.traits, match.evidence, key.digest())


def _engine(recognizers: list[ChatRecognizer]) -> AnalyzerEngine:
    nlp = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "no_op"}])
    registry = RecognizerRegistry(recognizers=recognizers, supported_languages=[LANGUAGE])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=nlp,
        supported_languages=[LANGUAGE],
        context_aware_enhancer=NoEnhancer(),
    )


def _analyze(engine: AnalyzerEngine, scan: Scan, entities: list[str]) -> list[Typed]:
    results = engine.analyze(scan.text, LANGUAGE, entities=entities, nlp_artifacts=scan, score_threshold=0.0)
    return [_typed(result) for result in results]


def _typed(result: RecognizerResult) -> Typed:
    metadata = result.recognition_metadata
    match: Match = metadata["match"]
    return result.entity_type, str(metadata[RecognizerResult.RECOGNIZER_NAME_KEY]), match
