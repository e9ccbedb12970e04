"""The learned second opinion: what rules found is weighed again, and what they missed is added.

It never doubts what has a check digit or a shape of its own; that stays with the rules.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from detectors import masks
from detectors.finding import Finding
from detectors.opinion import gate, weighing
from detectors.opinion.candidates import Place, places, tag_at
from detectors.opinion.concern import SURE, UNDERSTOOD, counts, nearest, voices
from detectors.opinion.read import Read
from detectors.overlaps import MOST_FINDINGS
from detectors.text.normalise import Normalised

if TYPE_CHECKING:
    from detectors.opinion.encoder import Encoder

SHIPPED = Path(__file__).parent / "model"
CODE = "second_opinion"
"""The evidence code of what it changed or found."""
NAME = "SecondOpinion"
"""Who found what the rules missed."""
STRETCH, BEFORE = 400, 80
"""Characters that are read of a longer text, and how many of them before the place that matters."""
LOOKED_AT = 2_000
"""Characters of a text that the gate looks at."""
WEIGHTY = 0.3
"""The score from which on what the rules found is read whatever the gate says."""
UNSURE = 0.49
"""The score of what the encoder does not believe."""
CALMED = frozenset(UNDERSTOOD) - {"HK_ADDRESS"}
"""What a message of no concern is not nudged for. An address is one whatever is said about it."""
_SILENT = frozenset({"mild", "business", "work", "allowed"})

Key = Callable[[str, str], bytes]
"""From a type and a canonical value to the key of a finding."""


class Opinion:
    """Reads the texts that its gate lets through. One instance serves a process."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load the gate and the weights; raises OSError where a file is missing."""
        self._folder = folder
        self._weighing = weighing.read(folder / "weighing.toml")
        self.bar = self._weighing.bar
        self._gate = gate.read(folder / "gate.tsv", self.bar)

    @cached_property
    def encoder(self) -> "Encoder":
        """The encoder, loaded when the first text needs it, or earlier by whoever asks for it."""
        from detectors.opinion.encoder import Encoder  # noqa: PLC0415 - numpy and onnxruntime, once a text needs them

        return Encoder(self._folder)

    def wants(self, lower: str, found: Sequence[Finding]) -> bool:
        """Tell whether the text is worth reading: the rules found what is understood, or the gate opens."""
        weighty = any(finding.type in UNDERSTOOD and finding.score >= WEIGHTY for finding in found)
        return weighty or self._gate.opens(lower[:LOOKED_AT])

    def read(self, normalised: Normalised, found: Sequence[Finding]) -> Read:
        """Return what the encoder makes of the text, or of a stretch of it; places are those of the text as written."""
        start = _stretch(normalised.text, found)
        read = self.encoder.read(normalised.text[start : start + STRETCH])
        return replace(read, places=tuple(normalised.original(start + a, start + b) for a, b in read.places))

    def review(self, written: str, normalised: Normalised, found: Sequence[Finding], key: Key) -> list[Finding]:
        """Return the findings with what it turned and what it added, in order of place.

        A mask is nothing missed, and where one stands, what the message as a whole is about is known to be hidden.
        """
        read, hidden = self.read(normalised, found), masks.standing(written)
        concern = self._weighing.concern(voices(found, read))
        missed = [
            place for place in places(read) if not (_touches(place, hidden) or any(taken(one, place) for one in found))
        ]
        findings = [self._weighed(read, finding) for finding in found]
        added = (_finding(place, score, written, key) for place, score in self._sure(read, missed, findings))
        findings += islice(added, max(0, MOST_FINDINGS - len(findings)))
        if concern < self._weighing.calm and not _shaped(findings):
            findings = [_turned(one, UNSURE) if _calmed(one, read) else one for one in findings]
        elif concern >= self._weighing.alert and not any(map(counts, findings)):
            if any(map(counts, found)):
                return list(found)
            if hidden:
                return findings
            findings = _raised(findings, nearest(findings, missed, read), max(concern, SURE), written, key)
        return sorted(findings, key=lambda finding: finding.start)

    def _weighed(self, read: Read, finding: Finding) -> Finding:
        weights = self._weighing.ruled.get(finding.type)
        if weights is None or not read.holds(finding.start, finding.end):
            return finding
        score = weights.score(finding.score, tag_at(read, finding.type, finding.start, finding.end), read.warn)
        return finding if (score >= SURE) == (finding.score >= SURE) else _turned(finding, score)

    def _sure(self, read: Read, missed: Sequence[Place], found: Sequence[Finding]) -> Iterator[tuple[Place, float]]:
        """Yield the places that it is sure of alone, with their scores."""
        for place in missed:
            if (weights := self._weighing.alone.get(place.type)) and not any(taken(one, place) for one in found):
                score = weights.score(SURE, place.tag, read.warn)
                if score >= SURE:
                    yield place, score


def taken(finding: Finding, place: Place) -> bool:
    """Tell whether a finding stands where the encoder points: one of the same type, or a sure one of another."""
    touches = finding.start < place.end and place.start < finding.end
    return touches and (finding.type == place.type or finding.score >= SURE)


def _touches(place: Place, spans: Sequence[tuple[int, int]]) -> bool:
    return any(place.start < end and start < place.end for start, end in spans)


def _stretch(text: str, found: Sequence[Finding]) -> int:
    """Return where to begin to read: a little before the first finding of a text that is too long to be read whole."""
    if len(text) <= STRETCH or not found:
        return 0
    first = max(0, min(found[0].start - BEFORE, len(text) - STRETCH))
    return text.find(" ", first, first + BEFORE // 2) + 1 or first


def _shaped(findings: Sequence[Finding]) -> bool:
    return any(finding.type not in UNDERSTOOD and counts(finding) for finding in findings)


def _calmed(finding: Finding, read: Read) -> bool:
    return finding.type in CALMED and counts(finding) and read.holds(finding.start, finding.end)


def _turned(finding: Finding, score: float) -> Finding:
    """Return a finding with another score, and what the rules said of it."""
    evidence = (*finding.evidence, *({CODE}.difference(finding.evidence)))
    return replace(finding, score=score, ruled=finding.ruled or finding.score, evidence=evidence)


def _raised(
    findings: list[Finding], near: Finding | Place | None, score: float, written: str, key: Key
) -> list[Finding]:
    """Return the findings with the one that comes nearest counting, or with a new one."""
    if near is None:
        return findings
    if isinstance(near, Place):
        return [*findings, _finding(near, score, written, key)]
    raised = replace(_turned(near, max(near.score, score)), traits=near.traits - _SILENT)
    return [raised if one is near else one for one in findings]


def _finding(place: Place, score: float, written: str, key: Key) -> Finding:
    said = key(place.type, written[place.start : place.end].casefold())
    return Finding(place.type, place.start, place.end, score, NAME, evidence=(CODE,), key=said)
