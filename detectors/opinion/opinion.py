"""The learned second opinion: what rules found is weighed again, and what they missed is added.

It never doubts what has a check digit or a shape of its own; that stays with the rules.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from detectors.finding import Finding
from detectors.opinion import gate, weighing
from detectors.opinion.concern import UNDERSTOOD
from detectors.opinion.read import Read
from detectors.opinion.review import Key, review
from detectors.text.normalise import Normalised

if TYPE_CHECKING:
    from detectors.opinion.encoder import Encoder

SHIPPED = Path(__file__).parent / "model"
STRETCH, BEFORE = 400, 80
"""Characters that are read of a longer text, and how many of them before the place that matters."""
LOOKED_AT = 2_000
"""Characters of a text that the gate looks at."""
WEIGHTY = 0.3
"""The score from which on what the rules found is read whatever the gate says."""


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
        """Return what the encoder makes of the text, or of a stretch of it; places are those of the text as written.

        Where a glance finds that it hardly concerns anybody, nothing stands in it. A mild symptom is looked at closely:
        it concerns nobody, and some policies want it told.
        """
        start = _stretch(normalised.text, found)
        glance = self.encoder.glance(normalised.text[start : start + STRETCH])
        mild = any("mild" in finding.traits for finding in found)
        hardly = glance.concern < self._weighing.glance and not mild
        read = Read.empty(glance.places, glance.concern) if hardly else self.encoder.read(glance)
        return replace(read, places=tuple(normalised.original(start + a, start + b) for a, b in read.places))

    def review(self, written: str, normalised: Normalised, found: Sequence[Finding], key: Key) -> list[Finding]:
        """Return the findings with what it turned and what it added, in order of place."""
        return review(self._weighing, written, found, self.read(normalised, found), key)


def _stretch(text: str, found: Sequence[Finding]) -> int:
    """Return where to begin to read: a little before the first finding of a text that is too long to be read whole."""
    if len(text) <= STRETCH or not found:
        return 0
    first = max(0, min(found[0].start - BEFORE, len(text) - STRETCH))
    return text.find(" ", first, first + BEFORE // 2) + 1 or first
