"""Fits how rules and encoder are weighed, on messages of authors that taught the encoder nothing.

Logistic regressions: over places of a type that the rules found, or that the encoder alone found, and over whole
messages. Those over places begin from weights that seem sensible, and move as far as the messages say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from math import log
from typing import Any

import numpy as np

from benchmarks.opinion.examples import labelled
from benchmarks.rows import OTHER_AUTHORS, Row, load
from detectors.finding import Finding
from detectors.opinion.candidates import Place, places, tag_at
from detectors.opinion.concern import SURE, Voices, figures, voices
from detectors.opinion.odds import odds
from detectors.opinion.opinion import Opinion
from detectors.opinion.read import Read
from detectors.opinion.review import taken
from detectors.opinion.weighing import Weighing, Weights
from detectors.text.normalise import normalise

PLACES = ("MEDICAL_TERM", "HK_ADDRESS")
"""Types whose places are weighed one by one. The others did not gain on authors left out in turn."""
CALM, ALERT = 0.25, 0.35
"""Between them the rules are believed. Chosen on the authors that are fitted on and on ordinary chat that teaches
nothing: F2 at a precision of .95."""
LONE = 0.45
"""What the rules saw nothing of takes more: in ordinary chat an encoder was wrong on 49 of 54 such messages."""
TWICE = log(2)
"""What the encoder alone sees counts where it is twice as likely to be right as to be wrong."""
GLANCE = 0.05
"""What the first half of the encoder finds less likely is read no further."""
FEWEST = 8
"""Examples without which a type is not weighed."""
RIDGE, STEPS = 5.0, 80
RULED, ALONE = np.array([0.0, 1.0, 0.3, 0.2]), np.array([-1.0, 0.0, 0.7, 0.3])

Array = np.ndarray[Any, np.dtype[Any]]
Told = tuple[list[list[float]], list[bool]]


@dataclass(frozen=True, slots=True)
class Case:
    """A message, what the rules found in it, what the encoder made of it, and where it alone points.

    `wanted` tells whether the gate lets it through: what isn't read stays with the rules.
    """

    row: Row
    found: tuple[Finding, ...]
    read: Read
    alone: tuple[Place, ...]
    wanted: bool


def messages() -> list[Row]:
    """Return what is fitted on: the authors of `tune`, and two of other-authors that are scored and not read."""
    return labelled({"tune"}) + [row for row in load(OTHER_AUTHORS) if row.split == "keep" and row.author in ("c", "e")]


def case(row: Row, found: Sequence[Finding], opinion: Opinion) -> Case:
    """Let the encoder look at a message in which the rules found something."""
    normalised = normalise(row.text)
    read = opinion.read(normalised, found)
    alone = (place for place in places(read) if not any(taken(finding, place) for finding in found))
    return Case(row, tuple(found), read, tuple(alone), opinion.wants(normalised.lower, found))


def fit(cases: Sequence[Case], bar: float) -> Weighing:
    """Return the weights; `bar` is the gate's."""
    ruled = {entity: _ruled(cases, entity) for entity in PLACES}
    alone = {entity: _alone(cases, entity) for entity in PLACES}
    figured = [figures(voices(one.found, one.read)) for one in cases]
    whole = _regression(figured, [one.row.warn for one in cases], np.zeros(len(fields(Voices))), 1.0)
    sure = {entity: _doubted(weights) for entity, weights in _weights(alone, ALONE).items()}
    return Weighing(bar, GLANCE, CALM, ALERT, LONE, _weights(ruled, RULED), sure, Voices(*_rounded(whole)))


def _doubted(weights: Weights) -> Weights:
    return replace(weights, bias=round(weights.bias - TWICE, 3))


def _weights(told: dict[str, Told], begin: Array) -> dict[str, Weights]:
    return {
        entity: Weights(*_rounded(_regression(features, right, begin, RIDGE)))
        for entity, (features, right) in told.items()
        if len(right) >= FEWEST
    }


def _ruled(cases: Iterable[Case], entity: str) -> Told:
    features, right = [], []
    for one in cases:
        for finding in one.found:
            if finding.type == entity and one.read.holds(finding.start, finding.end):
                tag = tag_at(one.read, entity, finding.start, finding.end)
                features.append([1.0, odds(finding.score), odds(tag), odds(one.read.warn)])
                right.append(_right(one.row, finding))
    return features, right


def _alone(cases: Iterable[Case], entity: str) -> Told:
    pairs = [(one, place) for one in cases for place in one.alone if place.type == entity]
    features = [[1.0, odds(SURE), odds(place.tag), odds(one.read.warn)] for one, place in pairs]
    return features, [_right(one.row, place) for one, place in pairs]


def _right(row: Row, place: Finding | Place) -> bool:
    return any(span.type == place.type and span.start < place.end and place.start < span.end for span in row.spans)


def _regression(features: Sequence[Sequence[float]], right: Sequence[bool], begin: Array, ridge: float) -> Array:
    """Newton's method with steps halved until they help; the ridge pulls towards where it began."""
    x, y, weights = np.array(features), np.array(right, float), begin.copy()

    def cost(at: Array) -> float:
        said = x @ at
        return float(np.sum(np.logaddexp(0, said) - y * said) + ridge / 2 * np.sum((at - begin) ** 2))

    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (sure - y) + ridge * (weights - begin)
        step = np.linalg.solve((x.T * (sure * (1 - sure))) @ x + ridge * np.eye(len(weights)), slope)
        while cost(weights - step) > cost(weights) and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights - step
    return weights


def _rounded(weights: Array) -> list[float]:
    return [round(float(weight), 3) for weight in weights]


def as_toml(weighing: Weighing) -> str:
    """Return the file that the product reads."""
    lines = ["# Made by `make train`; card.md says from what."]
    lines += [f"{name} = {getattr(weighing, name):.3f}" for name in ("bar", "glance", "calm", "alert", "lone")]
    lines += ["", "[message]", *_table(weighing.message)]
    for name, kinds in (("ruled", weighing.ruled), ("alone", weighing.alone)):
        for entity, weights in sorted(kinds.items()):
            lines += ["", f"[{name}.{entity}]", *_table(weights)]
    return "\n".join(lines) + "\n"


def _table(weights: Weights | Voices) -> list[str]:
    return [f"{field.name} = {getattr(weights, field.name)}" for field in fields(weights)]
