"""How sure a finding is once rules and encoder have both spoken, and how much a message concerns anybody.

Small regressions whose weights are fitted on authors that did not teach the encoder; they lie in weighing.toml.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detectors.opinion.concern import Voices, figures
from detectors.opinion.odds import odds, share


@dataclass(frozen=True, slots=True)
class Weights:
    """What each voice weighs for a place of one type: log odds are summed and make a score."""

    bias: float
    rules: float
    tag: float
    warn: float

    def score(self, rules: float, tag: float, warn: float) -> float:
        """Return the score (0 to 1) of a place.

        `rules` is the score the rules gave (.5 where they found nothing), `tag` the encoder's probability that this
        type stands there, `warn` that the message should make somebody think twice.
        """
        return share(self.bias + self.rules * odds(rules) + self.tag * odds(tag) + self.warn * odds(warn))


@dataclass(frozen=True, slots=True)
class Weighing:
    """All weights: of what the rules found, of what the encoder alone found, and of the whole message.

    A type without an entry is not weighed. `bar` is the sum of the gate's weights from which on a text is read; in one
    that seems less likely than `glance` to concern anybody, half way, nothing stands, and it is read no further. Below
    a concern of `calm` nothing counts whose meaning decides; from `alert` on something does, and from `lone` on also
    what the rules saw nothing of.
    """

    bar: float
    glance: float
    calm: float
    alert: float
    lone: float
    ruled: Mapping[str, Weights]
    alone: Mapping[str, Weights]
    message: Voices

    def concern(self, voices: Voices) -> float:
        """Return how likely (0 to 1) the message should make somebody think twice."""
        pairs = zip(figures(self.message), figures(voices), strict=True)
        return share(sum(weight * figure for weight, figure in pairs))


def read(path: Path) -> Weighing:
    """Read the weights from a TOML file."""
    return told(tomllib.loads(path.read_text("utf-8")))


def told(table: Mapping[str, Any]) -> Weighing:
    """Return the weights that the tables of a file say."""
    ruled, alone = (
        {entity: Weights(**weights) for entity, weights in table.get(name, {}).items()} for name in ("ruled", "alone")
    )
    bar, glance, calm, alert, lone = (table[name] for name in ("bar", "glance", "calm", "alert", "lone"))
    return Weighing(bar, glance, calm, alert, lone, ruled, alone, Voices(**table["message"]))
