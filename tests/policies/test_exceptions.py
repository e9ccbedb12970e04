"""Exceptions: for whom, where and until when rules are silent, and what is still logged."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from policies.facts import Facts
from policies.files import load
from policies.policy import Policy
from tests.fakes.marked_find import find

FILE = """
[[rule]]
id = "pay"
types = ["SALARY"]
severity = "high"
[[rule]]
id = "hkid"
types = ["HKID"]
severity = "medium"
[people]
payroll = ["slack:U1", "telegram:1001"]
[[exception]]
id = "pay-run"
rules = ["pay"]
senders = ["payroll"]
chats = ["slack:C1"]
reason = "payroll"
from_date = 2026-12-01
until_date = 2026-12-31
[[example]]
text = "{SALARY}"
rules = []
platform = "slack"
chat = "C1"
sender = "U1"
at = 2026-12-31T23:59:00
"""
MIDNIGHT = datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Hong_Kong"))
FIRST, AFTER, BEFORE = ((MIDNIGHT + timedelta(days)).timestamp() for days in (0, 31, -0.01))
EXCUSED = Facts(platform="slack", chat="C1", sender="U1", at=FIRST)


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    file = tmp_path / "office.toml"
    file.write_text(FILE)
    return load(file, find)


def test_what_is_excused_is_told_to_nobody_and_logged_by_its_code(policy: Policy) -> None:
    decision = policy.decide(find("{SALARY}"), EXCUSED)
    assert (decision.rules, decision.effects, decision.severity) == ((), frozenset(), None)
    assert decision.excused == ("exception pay-run (payroll, until 2026-12-31)",)
    assert len(decision.counted) == 1


@pytest.mark.parametrize(
    "facts",
    [
        Facts(platform="slack", chat="C1", sender="U2", at=FIRST),
        Facts(platform="slack", chat="C2", sender="U1", at=FIRST),
        Facts(platform="slack", chat="C1", sender=None, at=FIRST),
        Facts(platform="slack", chat="C1", sender="U1", at=None),
        Facts(platform="slack", chat="C1", sender="U1", at=BEFORE),
        Facts(platform="slack", chat="C1", sender="U1", at=AFTER),
    ],
    ids=["another sender", "another chat", "sender unknown", "time unknown", "too early", "over"],
)
def test_nothing_else_is_excused(policy: Policy, facts: Facts) -> None:
    decision = policy.decide(find("{SALARY}"), facts)
    assert (decision.rules, decision.excused) == (("pay",), ())


def test_other_rules_go_on(policy: Policy) -> None:
    decision = policy.decide(find("{SALARY} {HKID}"), EXCUSED)
    assert (decision.rules, decision.severity) == (("hkid",), "medium")
    assert len(decision.excused) == 1
