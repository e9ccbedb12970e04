"""Floors under the accuracy on messages that nobody reads: what was reached is not lost unnoticed. Prints no text."""

from functools import cache
from pathlib import Path

import pytest

from benchmarks import accuracy
from benchmarks.ours import ThinkTwice
from benchmarks.rows import CORPUS, Row, load

LINES = Path(__file__).with_name("floors.tsv").read_text(encoding="utf-8").splitlines()
FLOORS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")][1:]
SUMS = {"warn F2", "warn precision", "left in peace"}
CORPORA = sorted({corpus for corpus, _, _ in FLOORS})


ours = cache(ThinkTwice)


@cache
def kept(corpus: str) -> list[Row]:
    return [row for row in load(CORPUS / f"{corpus}.jsonl") if row.split == "keep"]


@cache
def reached(corpus: str) -> dict[str, float]:
    scores = accuracy.measure(kept(corpus), [ours()])["parts"]["keep"][ThinkTwice.name]
    types = {entity: counts["f1"] for entity, counts in scores["types"].items()}
    warn, harmless = scores["warn"], sum(not row.warn for row in kept(corpus))
    peace = 1 - warn["spurious"] / harmless
    return types | {"warn F2": warn["f2"], "warn precision": warn["precision"], "left in peace": peace}


@pytest.mark.no_cover  # thousands of messages: elsewhere each line has a test of its own
@pytest.mark.parametrize(("corpus", "measure", "least"), FLOORS)
def test_accuracy_stays_above_its_floor(corpus: str, measure: str, least: str) -> None:
    assert reached(corpus)[measure] >= float(least)


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_labelled_type_has_a_floor(corpus: str) -> None:
    labelled = {span.type for row in kept(corpus) for span in row.spans}
    assert {measure for name, measure, _ in FLOORS if name == corpus} == labelled | SUMS
