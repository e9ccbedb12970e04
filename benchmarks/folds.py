"""Five folds grouped by sentence frame, so that an interval is not made narrow by messages that share a frame."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from benchmarks.rows import Prediction, Row
from benchmarks.score import score

FOLDS = 5
STUDENT_95 = 2.776
"""The 97.5% point of Student's t with four degrees of freedom: five folds."""
ALIKE = 0.5
"""Two messages share a frame when at least this share of their letter trigrams is common, slots left out."""


def folds(rows: list[Row]) -> list[list[Row]]:
    """Deal `rows` into five folds of about the same size; messages of one frame stay together."""
    groups: dict[int, list[Row]] = defaultdict(list)
    for row, frame in zip(rows, frames(rows), strict=True):
        groups[frame].append(row)
    dealt: list[list[Row]] = [[] for _ in range(FOLDS)]
    for group in sorted(groups.values(), key=len, reverse=True):
        min(dealt, key=len).extend(group)
    return dealt


def frames(rows: list[Row]) -> list[int]:
    """Return a frame number for each row: that of the first message that it resembles, else its own."""
    numbers: list[int] = []
    sizes: list[int] = []
    index: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        grams = _trigrams(row)
        shared = Counter(other for gram in grams for other in index[gram])
        best = max(shared, key=lambda other: shared[other] / max(sizes[other], len(grams)), default=None)
        alike = best is not None and shared[best] >= ALIKE * max(sizes[best], len(grams), 1)
        numbers.append(numbers[best] if alike and best is not None else number)
        sizes.append(len(grams))
        for gram in grams:
            index[gram].append(number)
    return numbers


def interval(rows_in_folds: list[list[Row]], predictions: Mapping[str, Prediction], entity: str) -> tuple[float, float]:
    """Return (mean F1, half-width of its 95% interval) of one entity type over the folds that hold it."""
    figures = []
    for fold in rows_in_folds:
        counts = score(fold, predictions).types.get(entity)
        if counts is not None and (figure := counts.f()) is not None:
            figures.append(figure)
    if not figures:
        return 0.0, 1.0
    mean = sum(figures) / len(figures)
    if len(figures) < FOLDS:
        return mean, 1.0
    spread = math.sqrt(sum((figure - mean) ** 2 for figure in figures) / (len(figures) - 1))
    return mean, STUDENT_95 * spread / math.sqrt(len(figures))


def _trigrams(row: Row) -> set[str]:
    text = row.text
    for span in sorted(row.spans, key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start]}~{text[span.end :]}"
    text = re.sub(r"[\d\s]+", " ", text.lower())
    return {text[at : at + 3] for at in range(max(len(text) - 2, 1))}
