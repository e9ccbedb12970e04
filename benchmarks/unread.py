"""What authors that nobody reads would get: the figures that tell most about messages to come.

Their messages (`keep` of twenty-authors) are scored and never read. Figures, types and authors' trades; never a text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from benchmarks import accuracy
from benchmarks.rows import Prediction, Row
from benchmarks.scanner import Scanner
from benchmarks.score import Counts, score

RESAMPLES = 1000
SEED = 852

Counted = tuple[int, int, int]
"""Right, spurious and missed."""


def measure(rows: Iterable[Row], scanners: Iterable[Scanner]) -> dict[str, Any]:
    """Return the scores of the kept authors for every scanner; for the first one also intervals and each author."""
    kept = [row for row in rows if row.split == "keep"]
    scanners = list(scanners)
    result = accuracy.measure(kept, scanners)
    result["parts"] = {"keep": result["parts"]["keep"]}
    said = {row.id: accuracy.asked(scanners[0], row) for row in kept}
    result["authors"] = accuracy.warn_by(kept, said, lambda row: (row.author,))
    result["resampled"] = intervals(accuracy.scored(kept), said)
    return result


def intervals(rows: list[Row], said: Mapping[str, Prediction]) -> dict[str, tuple[float, float]]:
    """Return the 95% interval of each type's F1, and of `warn`'s F2, over `RESAMPLES` draws of as many messages."""
    draws = np.random.default_rng(SEED).multinomial(len(rows), [1 / len(rows)] * len(rows), size=RESAMPLES)
    each = [score([row], said) for row in rows]
    types = sorted({entity for scores in each for entity in scores.types})
    found = {entity: _interval(draws, [_counted(scores.types.get(entity)) for scores in each], 1.0) for entity in types}
    return found | {"warn": _interval(draws, [_counted(scores.warn) for scores in each], 2.0)}


def _interval(draws: Any, counted: list[Counted], beta: float) -> tuple[float, float]:
    totals = draws @ np.array(counted)
    figures = [Counts(*map(int, total)).f(beta) or 0.0 for total in totals]
    low, high = np.percentile(figures, [2.5, 97.5])
    return float(low), float(high)


def _counted(counts: Counts | None) -> Counted:
    return (0, 0, 0) if counts is None else (counts.right, counts.spurious, counts.missed)
