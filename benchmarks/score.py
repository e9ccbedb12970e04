"""Score predictions against labelled messages: `python -m benchmarks.score GOLD PREDICTIONS`.

PREDICTIONS are JSON lines of {"id", "spans": [{"type", "start", "end"}], "warn"}: what `thinktwice scan --format jsonl`
writes. A labelled message without a prediction counts as "no spans, no warning".
A predicted span matches a labelled one of the same type that shares a character with it, one to one (maximum matching).
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import Prediction, Row, Span, load


@dataclass(slots=True)
class Counts:
    """Right, spurious and missed ones; precision, recall and F are None where they are undefined."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was said that is right."""
        said = self.right + self.spurious
        return self.right / said if said else None

    @property
    def recall(self) -> float | None:
        """The share of what is there that was said."""
        there = self.right + self.missed
        return self.right / there if there else None

    def f(self, beta: float = 1.0) -> float | None:
        """Return F-beta; 2 weighs a miss heavier than a false alarm."""
        weight = beta * beta
        total = (1 + weight) * self.right + weight * self.missed + self.spurious
        return (1 + weight) * self.right / total if total else None

    def as_dict(self) -> dict[str, float | int | None]:
        """Return everything for the JSON report."""
        return {
            "right": self.right,
            "spurious": self.spurious,
            "missed": self.missed,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f(),
            "f2": self.f(2),
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """Span counts by entity type, and the counts of warnings."""

    types: dict[str, Counts]
    warn: Counts


def score(rows: Iterable[Row], predictions: Mapping[str, Prediction]) -> Scores:
    """Count over `rows`; `predictions` go by message id."""
    types: dict[str, Counts] = defaultdict(Counts)
    warn = Counts()
    for row in rows:
        prediction = predictions.get(row.id, Prediction())
        _count_spans(types, row.spans, tuple(dict.fromkeys(prediction.spans)))
        warn.right += row.warn and prediction.warn
        warn.spurious += prediction.warn and not row.warn
        warn.missed += row.warn and not prediction.warn
    return Scores(dict(types), warn)


def matched(gold: tuple[Span, ...], said: tuple[Span, ...]) -> dict[int, int]:
    """Return the largest one-to-one matching, from places in `said` to places in `gold`."""
    owner: dict[int, int] = {}

    def place(index: int, seen: set[int]) -> bool:
        for other, span in enumerate(said):
            if other in seen or not _same_place(gold[index], span):
                continue
            seen.add(other)
            if other not in owner or place(owner[other], seen):
                owner[other] = index
                return True
        return False

    for index in range(len(gold)):
        place(index, set())
    return owner


def _same_place(one: Span, other: Span) -> bool:
    return one.type == other.type and one.start < other.end and other.start < one.end


def _count_spans(types: dict[str, Counts], gold: tuple[Span, ...], said: tuple[Span, ...]) -> None:
    owner = matched(gold, said)
    found = set(owner.values())
    for index, span in enumerate(gold):
        if index in found:
            types[span.type].right += 1
        else:
            types[span.type].missed += 1
    for index, span in enumerate(said):
        types[span.type].spurious += index not in owner


def _read_predictions(path: Path) -> dict[str, Prediction]:
    predictions = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        spans = tuple(Span(span["type"], span["start"], span["end"]) for span in said.get("spans", ()))
        predictions[said["id"]] = Prediction(spans, bool(said.get("warn")))
    return predictions


def main(gold: str, predictions: str) -> None:
    """Print the scores of a file of predictions as JSON."""
    scores = score(load(Path(gold)), _read_predictions(Path(predictions)))
    types = {name: counts.as_dict() for name, counts in sorted(scores.types.items())}
    print(json.dumps({"types": types, "warn": scores.warn.as_dict()}, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:3])
