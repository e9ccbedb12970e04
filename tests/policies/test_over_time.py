"""Rules that look at what a sender wrote before."""

from typing import Any

import pytest

from policies.conditions.over_time import Within
from policies.facts import Earlier, Facts
from policies.policy import Decision, Policy
from policies.whatif import Logged, kept, replay
from tests.fakes.marked_find import find
from tests.fakes.some_rules import rule

PIECES: dict[str, Any] = {"types": ["HKID", "PHONE_NUMBER", "EMAIL_ADDRESS"], "min_types": 2, "within": "10 min"}


def said(text: str, *earlier: tuple[str, float], **fields: Any) -> Decision:
    """Judge a text after earlier ones, the latest first, each with the seconds since."""
    before = tuple(Earlier(find(words), ago, back) for back, (words, ago) in enumerate(earlier, 1))
    return Policy("p", "h", (rule(**{**PIECES, **fields}),)).decide(find(text), Facts(earlier=before))


@pytest.mark.parametrize(
    ("text", "earlier", "gathered"),
    [
        ("{HKID}", [("{PHONE_NUMBER}", 60)], 1),
        ("{HKID}", [("{PHONE_NUMBER}", 601)], None),
        ("{HKID}", [("lunch", 1), ("{PHONE_NUMBER}", 60)], 1),
        ("{HKID}", [("{HKID}", 60)], None),
        ("{HKID}", [], None),
        ("{HKID} {PHONE_NUMBER}", [("{EMAIL_ADDRESS}", 60)], 0),
        ("{HKID}", [("{PHONE_NUMBER}", 60), ("{EMAIL_ADDRESS}", 90)], None),
        ("lunch", [("{PHONE_NUMBER}", 60)], None),
    ],
)
def test_a_message_completes_a_picture_once(text: str, earlier: list[tuple[str, float]], gathered: int | None) -> None:
    decision = said(text, *earlier)
    assert decision.rules == (() if gathered is None else ("r",))
    assert decision.gathered == (gathered or 0)


def test_only_what_stands_in_the_message_at_hand_is_named() -> None:
    assert [finding.type for finding in said("{HKID}", ("{PHONE_NUMBER}", 60)).counted] == ["HKID"]


def test_messages_counts_the_one_at_hand() -> None:
    assert said("{HKID}", ("lunch", 1), ("{PHONE_NUMBER}", 2), within="", messages=3).rules
    assert not said("{HKID}", ("lunch", 1), ("{PHONE_NUMBER}", 2), within="", messages=2).rules
    assert not said("{HKID}", ("{PHONE_NUMBER}", 601), messages=3).rules, "the narrower of the two counts"


def test_a_rule_that_does_not_look_back_sees_this_message_alone() -> None:
    assert not said("{HKID}", ("{PHONE_NUMBER}", 1), within="").rules


@pytest.mark.parametrize(("written", "seconds"), [("10 min", 600), ("30 s", 30), ("1 h", 3600)])
def test_a_time_is_written_with_its_unit(written: str, seconds: float) -> None:
    assert Within(written).seconds == seconds


@pytest.mark.parametrize("written", ["10", "10min", "2 h", "0 s", "61 min", "ten min"])
def test_another_way_of_writing_a_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="within"):
        rule(within=written)


def test_the_log_can_not_tell_what_earlier_messages_would_have_completed() -> None:
    policy = Policy("p", "h", (rule(**PIECES),))
    assert replay(policy, [Logged(find("{HKID}"), kept(Facts()))]) is None
    decision = replay(policy, [Logged(find("{PERSON}"), kept(Facts()))])
    assert decision is not None
    assert decision.rules == ()
