"""The corpora are what their README says: places inside the text, check digits right, authors in one split each.

No text is shown when something is wrong: a line is named by its id.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rows import CORPUS
from detectors.types import NAMES

FILES = sorted(CORPUS.glob("*.jsonl"))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_spans_are_places_in_the_text_in_order_and_apart(path: Path) -> None:
    wrong = []
    for row in lines(path):
        ends = [0, *(span["end"] for span in row["spans"])]
        placed = all(
            end <= span["start"] < span["end"] <= len(row["text"])
            for end, span in zip(ends, row["spans"], strict=False)
        )
        if not placed or {span["type"] for span in row["spans"]} - set(NAMES):
            wrong.append(row["id"])
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ids_are_unique_and_each_line_has_its_category(path: Path) -> None:
    rows = lines(path)
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["tags"][0] for row in rows} <= {"benign", "hard", "data"}


BLIND = ("twenty-authors.jsonl", "fresh-authors.jsonl")
"""Written by authors who saw neither a detector nor each other's messages."""


def test_no_author_is_in_two_splits() -> None:
    splits = defaultdict(set)
    for row in [row for name in BLIND for row in lines(CORPUS / name)]:
        splits[row["author"]].add(row["split"])
    assert len(splits) >= 25
    assert all(len(names) == 1 for names in splits.values())
    assert sum(names == {"keep"} for names in splits.values()) >= 4


def test_what_warns_holds_more_than_names() -> None:
    wrong = [
        row["id"]
        for name in BLIND
        for row in lines(CORPUS / name)
        if row["warn"] and not {span["type"] for span in row["spans"]} - {"PERSON"}
    ]
    assert wrong == []
