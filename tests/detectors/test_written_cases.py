"""A table of messages as people write them: what is found in each, and whether the default policy warns."""

from functools import cache
from pathlib import Path

import pytest

from detectors.detector import Detector
from detectors.recognizers.examples import unmark
from policies.facts import Facts
from policies.files import load
from policies.policy import Policy
from tests.detectors.marked import disagreement
from tests.whole import whole

TABLE = Path(__file__).with_name("written_cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple(row.split("\t", 2)) for row in TABLE if not row.startswith("#")]


@cache
def default_policy() -> tuple[Detector, Policy]:
    """Build the detector and load the default policy once."""
    detector = whole()
    return detector, load("hr-default", detector.find)


@pytest.mark.parametrize(("entity", "effect", "marked"), CASES)
def test_finds_what_is_marked_and_warns_as_said(entity: str, effect: str, marked: str) -> None:
    detector, policy = default_policy()
    marked = marked.replace("\\n", "\n").replace("\\t", "\t")
    text, _ = unmark(marked)
    assert disagreement(detector, marked, entity) == ""
    assert bool(policy.decide(detector.find(text), Facts()).rules) is (effect == "warns")
