"""Masked texts of the corpora lead to nothing more. A sample here, all of them by `make masks`."""

import pytest

from benchmarks import masking
from benchmarks.ours import ThinkTwice
from benchmarks.rows import CORPUS, Row, load

STEP = 23
"""One message in so many: enough of every kind, and quick."""


@pytest.fixture(scope="module")
def ours() -> ThinkTwice:
    return ThinkTwice()


@pytest.fixture(scope="module")
def readable() -> list[Row]:
    return [row for path in sorted(CORPUS.glob("*.jsonl")) for row in load(path) if row.split != "keep"]


@pytest.mark.parametrize("names", [False, True], ids=["", "names too"])
def test_a_masked_message_leads_to_nothing_more(ours: ThinkTwice, readable: list[Row], *, names: bool) -> None:
    told = masking.measure(readable[::STEP], ours, names=names)
    assert told.problems == {}
    assert told.changed > 50


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("names", [False, True], ids=["", "names too"])
def test_no_masked_message_leads_to_anything_more(ours: ThinkTwice, readable: list[Row], *, names: bool) -> None:
    assert masking.measure(readable, ours, names=names).problems == {}
