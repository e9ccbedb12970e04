"""A policy asked again about what the log kept: what it would have said, and what nobody can know."""

import json
from typing import Any, ClassVar

import pytest

from policies.conditions.how_many import MinCount
from policies.facts import Facts, Role
from policies.policy import Policy
from policies.whatif import Logged, kept, known, replay
from tests.fakes.marked_find import find
from tests.fakes.some_rules import rule

FACTS = kept(Facts(audience=47, sender_role=Role.MEMBER))
SHEET = kept(Facts(audience=47, sender_role=Role.MEMBER, file_kind="sheet"))


def said(*rules: dict[str, Any], text: str = "{HKID}", facts: dict[str, Any] = FACTS, cut: bool = False) -> Any:
    """The rules that would fire, or None where the log can't tell."""
    policy = Policy("next", "h", tuple(rule(**fields) for fields in rules))
    decision = replay(policy, [Logged(find(text), facts, cut=cut)])
    return None if decision is None else decision.rules


def test_what_the_log_kept_is_judged_as_it_was() -> None:
    assert said({"min_audience": 20}) == ("r",)
    assert said({"min_audience": 50}) == ()
    assert said({"sender_roles": ["guest"]}) == ()
    assert said({"min_count": 2}, text="{HKID} {HKID}") == ("r",)


@pytest.mark.parametrize(
    "field", [{"forwarded": True}, {"edited": False}, {"external": True}, {"sender_roles": ["guest"]}]
)
def test_what_an_older_log_did_not_keep_is_unknown_only_where_it_matters(field: dict[str, Any]) -> None:
    old = {"audience": 47}
    assert said(field, facts=old) is None
    assert said({}, facts=old) == ("r",)
    assert said({**field, "types": ["PHONE_NUMBER"]}, facts=old) == ()
    assert said(field, facts=FACTS) is not None


def test_more_findings_than_are_kept_can_mean_anything() -> None:
    assert said({}, cut=True) is None


def test_a_condition_that_the_log_knows_nothing_of_is_unknown_only_where_it_matters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Unlogged(MinCount):
        logged: ClassVar[bool] = False

    certain, open_ = rule(id="certain"), rule(id="open", min_count=2)
    conditions = tuple(Unlogged(c.wanted) if isinstance(c, MinCount) else c for c in open_.conditions)
    object.__setattr__(open_, "conditions", conditions)
    assert replay(Policy("p", "h", (certain, open_)), [Logged(find("{HKID}"), FACTS)]) is None
    decision = replay(Policy("p", "h", (certain, open_)), [Logged(find("{PHONE_NUMBER}"), FACTS)])
    assert decision is not None
    assert decision.rules == ()


def test_whose_values_are_is_not_kept_so_people_may_be_fewer() -> None:
    assert said({"min_people": 3}, text="{HKID} {HKID}") == ()
    assert said({"min_people": 2}, text="{HKID} {HKID}") is None


def test_who_wrote_is_unknown_where_no_sender_is_kept() -> None:
    rules = {"senders": ["slack:U1"]}
    assert said(rules, facts={**FACTS, "platform": "slack"}) is None
    assert said(rules, facts={**FACTS, "platform": "slack", "sender": "U1"}) == ("r",)
    assert said(rules, facts={**FACTS, "platform": "slack", "sender": "U2"}) == ()


def test_a_files_kind_and_password_are_kept_and_its_size_is_not() -> None:
    assert said({"file_kinds": ["sheet"]}, facts=SHEET) == ("r",)
    assert said({"file_kinds": ["picture"]}, facts=SHEET) == ()
    assert said({"protected": True}, facts=SHEET) == ()
    assert said({"min_file_size": "2 MB"}, facts=SHEET) is None
    assert said({"min_file_size": "2 MB"}, facts=FACTS) == ()
    assert said({"file_kinds": ["sheet"]}, facts={"audience": 47, "sender_role": Role.MEMBER}) is None


def test_words_and_files_are_judged_apart_and_told_together() -> None:
    grave = rule(id="sheet", types=["HKID"], file_kinds=["sheet"], severity="critical", effects=["alert"])
    mild = rule(id="phone", types=["PHONE_NUMBER"], severity="low")
    both = rule(id="both", types=["HKID", "PHONE_NUMBER"], min_types=2)
    policy = Policy("next", "h", (grave, mild, both))
    decision = replay(policy, [Logged(find("{PHONE_NUMBER}"), FACTS), Logged(find("{HKID}"), SHEET)])
    assert decision is not None
    assert (decision.rules, decision.severity) == (("sheet", "phone"), "critical")
    assert decision.effects >= {"alert", "nudge"}


def test_what_is_kept_survives_the_log() -> None:
    facts = Facts(audience=None, sender_role=Role.GUEST, edited=True)
    assert known(json.loads(json.dumps(kept(facts)))) == kept(facts)
    assert known({"later": 1}) == {}
