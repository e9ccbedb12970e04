"""Accuracy by entity type, language and tag, for every scanner on the same messages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from benchmarks.folds import folds, interval
from benchmarks.rows import Prediction, Row
from benchmarks.scanner import Scanner
from benchmarks.score import Scores, score
from detectors.types import of

PARTS: dict[str, Callable[[Row], bool]] = {
    "all": lambda _: True,
    "dev": lambda row: row.split == "dev",
    "keep": lambda row: row.split == "keep",
    "handwritten": lambda row: "handwritten" in row.tags,
}
"""The parts of the corpus that are scored apart; `handwritten` messages share their frame with no other."""


def measure(rows: list[Row], scanners: Iterable[Scanner]) -> dict[str, Any]:
    """Return the scores by part and scanner; for the first scanner also intervals, languages and tags."""
    said = {scanner.name: {row.id: asked(scanner, row) for row in rows} for scanner in scanners}
    rows = scored(rows)
    result: dict[str, Any] = {"messages": len(rows), "parts": {}}
    for part, belongs in PARTS.items():
        chosen = [row for row in rows if belongs(row)]
        if chosen:
            result["parts"][part] = {name: _plain(score(chosen, predictions)) for name, predictions in said.items()}
    ours = next(iter(said.values()))
    result["intervals"] = _intervals([row for row in rows if row.split == "dev"], ours)
    result["languages"] = warn_by(rows, ours, lambda row: (row.lang,))
    result["tags"] = warn_by(rows, ours, lambda row: row.tags)
    return result


def asked(scanner: Scanner, row: Row) -> Prediction:
    """Ask the scanner; where nothing but names is labelled, its names are not scored, for nobody is asked for them."""
    prediction = scanner.predict(row.text)
    if _beside(row):
        return prediction
    return replace(prediction, spans=tuple(span for span in prediction.spans if not of(span.type).beside))


def scored(rows: Iterable[Row]) -> list[Row]:
    """Return the rows without the labels of those where nothing but names is labelled."""
    return [row if _beside(row) else replace(row, spans=()) for row in rows]


def _beside(row: Row) -> bool:
    """Tell whether something else than names is labelled: names are found, and scored, only beside it."""
    return any(not of(span.type).beside for span in row.spans)


def _intervals(rows: list[Row], predictions: Mapping[str, Prediction]) -> dict[str, tuple[float, float]]:
    types = sorted({span.type for row in rows for span in row.spans})
    dealt = folds(rows)
    return {entity: interval(dealt, predictions, entity) for entity in types}


def warn_by(
    rows: list[Row], predictions: Mapping[str, Prediction], names: Callable[[Row], tuple[str, ...]]
) -> dict[str, Any]:
    """Return the score of warnings for each name that `names` gives to rows, the largest group first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for name in dict.fromkeys(names(row)):
            groups.setdefault(name, []).append(row)
    largest_first = sorted(groups.items(), key=lambda item: -len(item[1]))
    return {
        name: {"messages": len(group), "warn": score(group, predictions).warn.as_dict()}
        for name, group in largest_first
    }


def _plain(scores: Scores) -> dict[str, Any]:
    types = {entity: counts.as_dict() for entity, counts in sorted(scores.types.items())}
    return {"types": types, "warn": scores.warn.as_dict()}
