"""Our detector and default policy behind the face that all scanners have."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.rows import Prediction, Span
from detectors.detector import Detector
from detectors.gate import Gate
from detectors.opinion.opinion import Opinion
from detectors.recognizers import all_recognizers
from detectors.text.normalise import normalise
from detectors.types import of
from policies.facts import Facts
from policies.files import load

POLICY = Path(__file__).parent.parent / "policies" / "hr-default.toml"
SURE = 0.50
"""Findings below this score are hints for rules and explanations; `thinktwice scan` does not report them as spans."""


class ThinkTwice:
    """Our detector with the default policy."""

    name = "think twice"

    def __init__(self, *, names: bool = True, opinion: bool = True) -> None:
        """Build the detector; without `names` it finds all but names, without `opinion` the rules stand alone."""
        recognizers = [found for found in all_recognizers() if names or not found.beside]
        detector = Detector(recognizers, opinion=Opinion() if opinion else None)
        self.find, self.every = detector.find, detector.every
        self.policy = load(POLICY, self.find)

    def predict(self, text: str) -> Prediction:
        """Spans are what `thinktwice scan` reports of types that corpora label; the warning is the policy's."""
        findings = self.find(text)
        sure = (finding for finding in findings if finding.score >= SURE and not of(finding.type).occasion)
        spans = tuple(Span(finding.type, finding.start, finding.end) for finding in sure)
        decision = self.policy.decide(findings, Facts())
        return Prediction(spans, "nudge" in decision.effects)


class RulesAlone(ThinkTwice):
    """The same without the learned second opinion."""

    name = "rules alone"

    def __init__(self) -> None:
        """Build the detector."""
        super().__init__(opinion=False)


def scan_once() -> Callable[[str], object]:
    """Return what normalises a text and looks once through it with the gate: the floor of every judgement."""
    gate = Gate(all_recognizers())
    return lambda text: gate.scan(normalise(text))
