"""Text in, findings out: normalise, gate, Presidio, overlaps, back to the original's places, second opinion."""

import secrets
import sys
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from detectors import light  # noqa: F401 - ahead of all that loads spaCy
from detectors.allow import Allow, Allowed
from detectors.belonging import belonging
from detectors.budget import Budget
from detectors.engine import Engine
from detectors.finding import Finding
from detectors.gate import Gate, Hits
from detectors.opinion.opinion import Opinion
from detectors.overlaps import MOST_FINDINGS, Typed, resolve
from detectors.quiet import LIBRARIES, silence
from detectors.recognizers import all_recognizers
from detectors.recognizers.recognizer import MOST_MATCHES, ChatRecognizer, Scan
from detectors.text.normalise import Normalised, normalise

BUDGET, MODEL_BUDGET = 0.5, 5.0
"""Seconds that one text may take, and as many of work beyond them; the second with a model, beside the event loop."""
ALL = sys.maxsize
"""As many findings as there are."""


class Detector:
    """Finds personal data. One instance serves a process; `find` keeps nothing of what it read."""

    def __init__(
        self,
        recognizers: Iterable[ChatRecognizer] | None = None,
        spacy_model: str | None = None,
        allow: Iterable[Allow] = (),
        custom: Iterable[ChatRecognizer] = (),
        opinion: Opinion | None = None,
    ) -> None:
        """Take the recognizers (all of ours if None), a spaCy model for names, public values, and custom recognizers.

        Without an `opinion` the rules stand alone.
        Raises ModelError and AllowError, each one sentence with the cure. `own_types` are the custom entity types.
        """
        silence(LIBRARIES)
        self.slow = spacy_model is not None
        self._budget = MODEL_BUDGET if self.slow else BUDGET
        custom = tuple(custom)
        self.own_types = frozenset(recognizer.entity for recognizer in custom)
        chosen = [*(all_recognizers() if recognizers is None else recognizers), *custom]
        if spacy_model:
            from detectors.recognizers.people.model import NameRecognizer  # noqa: PLC0415 - spaCy's models only for those who want one

            chosen.append(NameRecognizer(spacy_model))
        self._gate = Gate(chosen)
        self._engine = Engine(chosen)
        public = tuple(allow)
        self._allowed = Allowed(public) if public else frozenset[tuple[str, str]]()
        self._opinion = opinion
        self._keyed = blake2b(key=secrets.token_bytes(32), digest_size=16)

    def find(self, text: str) -> tuple[Finding, ...]:
        """Return the findings in `text`, in order of place, at most 50; scores below 0.5 are kept for `explain`.

        Raises TooSlowError when the text costs more than its budget: the last line behind work in proportion.
        """
        return self._find(text, self._opinion)

    def every(self, text: str) -> tuple[Finding, ...]:
        """Return all that `find` would return if it knew no end: for whoever hides them. Raises TooSlowError."""
        return self._find(text, self._opinion, ALL)

    def rules(self, text: str) -> tuple[Finding, ...]:
        """Return what the rules alone find: for the many rows of tables, whose headings say what they hold."""
        return self._find(text, None)

    def ready(self) -> None:
        """Load now what the first text would wait for."""
        if self._opinion:
            _ = self._opinion.encoder

    def _find(self, text: str, opinion: Opinion | None, most: int = MOST_FINDINGS) -> tuple[Finding, ...]:
        try:
            return self._judge(text, opinion, most)
        except UnicodeEncodeError:
            # Half a surrogate pair, which no library that reads UTF-8 takes: "?" in its place moves nothing.
            return self._judge(text.encode("utf-8", "replace").decode(), opinion, most)

    def _judge(self, text: str, opinion: Opinion | None, most: int) -> tuple[Finding, ...]:
        normalised = normalise(text)
        hits = self._gate.scan(normalised)
        found = self._ruled(normalised, hits, most) if hits else []
        if opinion and opinion.wants(normalised.lower, found):
            ruled, found = found, opinion.review(text, normalised, found, self._digest)
            if found and not ruled:
                found = self._named(normalised, hits, found, most)
        return belonging(text, found) if found else ()

    def _named(self, normalised: Normalised, hits: Hits | None, found: list[Finding], most: int) -> list[Finding]:
        """Add who is named beside what the second opinion found alone."""
        scan = Scan(normalised, hits or {}, Budget(self._budget), max(most, MOST_MATCHES))
        beside = [self._finding(normalised, typed) for typed in resolve(self._engine.beside(scan), most)]
        free = [one for one in beside if not any(one.start < other.end and other.start < one.end for other in found)]
        return sorted([*found, *free][:most], key=lambda finding: finding.start)

    def _ruled(self, normalised: Normalised, hits: Hits, most: int) -> list[Finding]:
        """Return what the rules find where the gate pointed."""
        scan = Scan(normalised, hits, Budget(self._budget), max(most, MOST_MATCHES))
        return [self._finding(normalised, typed) for typed in resolve(self._engine.analyze(scan), most)]

    def _finding(self, normalised: Normalised, typed: Typed) -> Finding:
        entity, recognizer, match = typed
        if (entity, match.canonical) in self._allowed:
            evidence = (*match.evidence, "allow_list")
            match = replace(match, traits=match.traits | {"business", "allowed"}, evidence=evidence)
        start, end = normalised.original(match.start, match.end)
        key = self._digest(entity, match.canonical)
        return Finding(entity, start, end, match.score, recognizer, match.traits, match.evidence, key)

    def _digest(self, entity: str, canonical: str) -> bytes:
        """Return what tells the same value again, for as long as this process lives."""
        said = f"{entity}\0{canonical}".encode("utf-8", "surrogatepass")
        digest = self._keyed.copy()
        digest.update(said)
        return digest.digest()
