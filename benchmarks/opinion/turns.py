"""Authors left out in turn: `python -m benchmarks.opinion.turns MODEL [MODEL ...]` compares models beside the rules.

The encoder of a model was taught by none of these authors, and for each of them the weights are fitted on all others.
Prints figures, never a text.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import accuracy
from benchmarks.opinion import fitting
from benchmarks.opinion.fitting import Case
from benchmarks.ours import POLICY, SURE
from benchmarks.rows import Prediction, Row, Span
from benchmarks.score import Counts, Scores, score
from detectors.detector import Detector
from detectors.finding import Finding
from detectors.opinion.concern import UNDERSTOOD
from detectors.opinion.opinion import Opinion
from detectors.opinion.review import review
from detectors.opinion.weighing import Weighing
from policies.facts import Facts
from policies.files import load

DRAWS, SEED = 1000, 852

Array = np.ndarray[Any, np.dtype[Any]]
Fit = Callable[[Sequence[Case], float], Weighing]
Said = Mapping[str, Prediction]


class Judge:
    """Says what the default policy makes of findings."""

    def __init__(self) -> None:
        """Load the rules, with which the policy proves its examples."""
        self.rules = Detector()
        self._policy = load(POLICY, self.rules.find)

    def predicted(self, findings: Sequence[Finding]) -> Prediction:
        """Return the spans that count, and whether the sender would be nudged."""
        spans = tuple(Span(one.type, one.start, one.end) for one in findings if one.score >= SURE)
        return Prediction(spans, "nudge" in self._policy.decide(findings, Facts()).effects)

    def alone(self, cases: Iterable[Case]) -> dict[str, Prediction]:
        """Return what the rules alone make of messages."""
        return {one.row.id: self.predicted(one.found) for one in cases}

    def both(self, cases: Iterable[Case], weighing: Weighing) -> dict[str, Prediction]:
        """Return what rules and second opinion make of messages."""
        return {one.row.id: self.predicted(reviewed(one, weighing)) for one in cases}


def reviewed(one: Case, weighing: Weighing) -> Sequence[Finding]:
    """Return what the second opinion leaves of the findings of a message."""
    return review(weighing, one.row.text, one.found, one.read, lambda *_: b"") if one.wanted else one.found


def in_turn(cases: Sequence[Case], bar: float, judge: Judge, fit: Fit = fitting.fit) -> dict[str, Prediction]:
    """Return what is made of each author's messages by weights fitted on all other authors."""
    said: dict[str, Prediction] = {}
    for author in sorted({one.row.author for one in cases}):
        others = [one for one in cases if one.row.author != author]
        said |= judge.both((one for one in cases if one.row.author == author), fit(others, bar))
    return said


def figures(rows: Iterable[Row], said: Said) -> list[float]:
    """Return precision, recall and F2 of warnings, and F1 of each type whose meaning decides."""
    scores = score(accuracy.scored(rows), said)
    warn = scores.warn
    return [warn.precision or 0.0, warn.recall or 0.0, warn.f(2) or 0.0, *(_f1(scores, name) for name in UNDERSTOOD)]


def apart(rows: Sequence[Row], one: Said, other: Said) -> tuple[float, float, float]:
    """Return how much better `other` warns than `one` by F2, and the 95% interval over draws of the same messages."""
    counts = [np.array([_warned(row, said) for row in rows]) for said in (one, other)]
    draws = np.random.default_rng(SEED).multinomial(len(rows), [1 / len(rows)] * len(rows), size=DRAWS)
    better = _f2(draws @ counts[1]) - _f2(draws @ counts[0])
    whole = _f2(counts[1].sum(0)[None]) - _f2(counts[0].sum(0)[None])
    low, high = np.percentile(better, [2.5, 97.5])
    return float(whole[0]), float(low), float(high)


def _f1(scores: Scores, entity: str) -> float:
    return scores.types.get(entity, Counts()).f() or 0.0


def _warned(row: Row, said: Said) -> tuple[int, int, int]:
    warned = said[row.id].warn
    return row.warn and warned, warned and not row.warn, row.warn and not warned


def _f2(totals: Array) -> Array:
    right, spurious, missed = totals.T
    figures: Array = 5 * right / np.maximum(5 * right + 4 * missed + spurious, 1)
    return figures


def main() -> None:
    """Print a row for the rules and one for each model."""
    told = argparse.ArgumentParser(prog="python -m benchmarks.opinion.turns", description=__doc__)
    told.add_argument("models", type=Path, nargs="+", metavar="MODEL", help="a folder that `make train` wrote")
    models = told.parse_args().models
    judge, rows = Judge(), fitting.messages()
    found = {row.id: judge.rules.find(row.text) for row in rows}
    print(f"{len(rows)} messages by {len({row.author for row in rows})} authors, each left out of the fitting in turn")
    _line("", ["warn P", "R", "F2", *UNDERSTOOD])
    before: Said = {row.id: judge.predicted(found[row.id]) for row in rows}
    _line("rules alone", figures(rows, before))
    for folder in models:
        opinion = Opinion(folder)
        cases = [fitting.case(row, found[row.id], opinion) for row in rows]
        said = in_turn(cases, opinion.bar, judge)
        _line(folder.name, figures(rows, said))
        print("{:24}F2 {:+.3f} [{:+.3f}, {:+.3f}] to the row above".format("", *apart(rows, before, said)))
        before = said


def _line(name: str, cells: Iterable[float | str]) -> None:
    told = (f"{cell[:12]:>14}" if isinstance(cell, str) else f"{cell:14.3f}" for cell in cells)
    print(f"{name:24}{''.join(told)}", flush=True)


if __name__ == "__main__":
    main()
