"""What rules and encoder say is weighed: more of either never makes a finding less sure."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Finding
from detectors.opinion import weighing
from detectors.opinion.concern import counts
from detectors.opinion.odds import odds, share
from detectors.opinion.opinion import SHIPPED

SHARES = st.floats(0, 1)
WEIGHING = weighing.read(SHIPPED / "weighing.toml")


@given(SHARES)
def test_odds_go_there_and_back(probability: float) -> None:
    assert abs(share(odds(probability)) - min(max(probability, 0.005), 0.995)) < 1e-9


@given(SHARES, SHARES, SHARES, SHARES)
def test_a_surer_voice_makes_no_finding_less_sure(rules: float, tag: float, warn: float, more: float) -> None:
    for weights in WEIGHING.ruled.values():
        assert weights.score(rules, max(tag, more), warn) >= weights.score(rules, tag, warn)
        assert weights.score(max(rules, more), tag, warn) >= weights.score(rules, tag, warn)


def test_between_calm_and_alert_the_rules_are_believed() -> None:
    table = tomllib.loads((SHIPPED / "weighing.toml").read_text("utf-8"))
    assert 0 < table["calm"] < table["alert"] <= table["lone"] < 1


def test_what_counts_by_itself() -> None:
    def finding(entity: str, *traits: str, score: float = 0.9) -> Finding:
        return Finding(entity, 0, 4, score, "test", frozenset(traits))

    assert counts(finding("MEDICAL_TERM"))
    assert counts(finding("MEDICAL_TERM", "mild", "another"))
    assert counts(finding("SALARY", "own"))
    assert not counts(finding("MEDICAL_TERM", "mild", "own"))
    assert not counts(finding("PHONE_NUMBER", "business"))
    assert not counts(finding("HKID", "sample"))
    assert not counts(finding("PERSON"))
    assert not counts(finding("SALARY", score=0.49))
