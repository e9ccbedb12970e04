"""The shipped policies: hr-default warns as the corpus is labelled; hr-strict warns wherever hr-default does."""

import re
from pathlib import Path

import pytest
from hypothesis import given

from detectors.finding import Finding
from detectors.types import TYPES
from policies.facts import Facts
from policies.files import written
from policies.parse import parse
from policies.policy import SEVERITIES, Policy
from policies.shipped import SHIPPED
from tests.fakes.any_findings import FINDINGS
from tests.fakes.marked_find import find


def shipped(name: str) -> Policy:
    """Read a shipped policy without its examples: they are the real detector's to hold."""
    table = parse(written(SHIPPED[name]))
    return Policy(name, "", tuple(rule.rule() for rule in table.rule), table.mode)


DEFAULT, STRICT = shipped("hr-default"), shipped("hr-strict")
SMALL = Facts(audience=5)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("{HKID}", {"hkid"}),
        ("{HKID own}", {"hkid"}),
        ("{HKID sample}", set()),
        ("{HK_PASSPORT}", {"passport"}),
        ("{CN_RESIDENT_ID}", {"resident-id"}),
        ("{CREDIT_CARD}", {"card"}),
        ("{CREDIT_CARD sample}", set()),
        ("{BANK_ACCOUNT}", {"bank"}),
        ("{PHONE_NUMBER}", {"phone"}),
        ("{PHONE_NUMBER own}", {"own-details"}),
        ("{PHONE_NUMBER business}", set()),
        ("{PHONE_NUMBER business} {PHONE_NUMBER}", {"phone"}),
        ("{EMAIL_ADDRESS}", {"email"}),
        ("{EMAIL_ADDRESS business}", set()),
        ("{EMAIL_ADDRESS work}", set()),
        ("{HK_ADDRESS}", {"address"}),
        ("{HK_ADDRESS business}", set()),
        ("{DATE_OF_BIRTH}", {"birth-date"}),
        ("{SALARY}", {"salary"}),
        ("{PERFORMANCE_TALK}", {"performance"}),
        ("{MEDICAL_TERM}", {"medical"}),
        ("{MEDICAL_TERM negated}", {"medical"}),
        ("{MEDICAL_TERM own}", {"medical-own"}),
        ("{MEDICAL_TERM another mild}", {"medical-mild"}),
        ("{MEDICAL_TERM mild}", set()),
        ("{MEDICAL_TERM mild own}", set()),
        ("{MEDICAL_TERM mild} {MEDICAL_TERM}", {"medical"}),
        ("{PERSON}", set()),
        ("{PERSON} {PERSON} {PERSON}", set()),
        ("{HKID 0.4} {PHONE_NUMBER 0.3}", set()),
        ("{PHONE_NUMBER} {HK_ADDRESS}", {"phone", "address", "several"}),
        ("{PHONE_NUMBER business} {EMAIL_ADDRESS work}", set()),
        ("{PHONE_NUMBER own} {EMAIL_ADDRESS own}", {"own-details"}),
        ("{PHONE_NUMBER} {PHONE_NUMBER} {PHONE_NUMBER}", {"phone", "bulk"}),
        ("{PHONE_NUMBER} {PHONE_NUMBER}", {"phone"}),
        ("{PHONE_NUMBER business} {PHONE_NUMBER business} {PHONE_NUMBER business}", set()),
    ],
)
def test_what_the_default_policy_says_in_a_small_group(text: str, rules: set[str]) -> None:
    assert set(DEFAULT.decide(find(text), SMALL).rules) == rules


@pytest.mark.parametrize(
    ("text", "facts", "rules", "severity"),
    [
        ("{MEDICAL_TERM}", Facts(audience=9), {"medical"}, "medium"),
        ("{MEDICAL_TERM}", Facts(audience=10), {"medical", "medical-widely"}, "high"),
        ("{MEDICAL_TERM}", Facts(audience=None), {"medical", "medical-widely"}, "high"),
        ("{MEDICAL_TERM own}", Facts(audience=500), {"medical-own"}, "low"),
        ("{MEDICAL_TERM own}", Facts(audience=5, forwarded=True), {"medical-passed-on"}, "high"),
        ("{MEDICAL_TERM mild}", Facts(forwarded=True, external=True), set(), None),
        ("{PHONE_NUMBER own}", Facts(forwarded=True), {"passed-on"}, "medium"),
        ("{HKID}", Facts(external=True), {"hkid", "outside"}, "critical"),
        ("{HKID sample} {PHONE_NUMBER business}", Facts(external=True), set(), None),
    ],
)
def test_where_it_was_said_makes_it_graver(text: str, facts: Facts, rules: set[str], severity: str | None) -> None:
    decision = DEFAULT.decide(find(text), facts)
    assert (set(decision.rules), decision.severity) == (rules, severity)


@given(FINDINGS)
def test_the_default_policy_warns_whenever_one_finding_alone_would_be_warned_about(findings: list[Finding]) -> None:
    alone = any("nudge" in DEFAULT.decide([finding], SMALL).effects for finding in findings)
    assert ("nudge" in DEFAULT.decide(findings, SMALL).effects) is alone


@given(FINDINGS)
def test_the_strict_policy_warns_wherever_the_default_one_does(findings: list[Finding]) -> None:
    for facts in (SMALL, Facts(forwarded=True), Facts(external=True)):
        if "nudge" in DEFAULT.decide(findings, facts).effects:
            assert "nudge" in STRICT.decide(findings, facts).effects


@pytest.mark.parametrize("policy", [DEFAULT, STRICT], ids=lambda policy: policy.name)
def test_every_type_that_is_personal_by_itself_is_warned_about(policy: Policy) -> None:
    judged = {type_: policy.decide([Finding(type_.name, 0, 1, 1.0, "r")], Facts()).rules for type_ in TYPES}
    unruled = [type_.name for type_, rules in judged.items() if type_.personal and not rules]
    assert not unruled, "\n".join(f"policies/{policy.name}.toml: no rule is about {name}" for name in unruled)
    assert [type_.name for type_, rules in judged.items() if rules and not type_.personal] == []


def test_the_types_are_in_the_order_in_which_the_default_policy_finds_them_grave() -> None:
    decisions = [DEFAULT.decide([Finding(type_.name, 0, 1, 1.0, "r")], Facts()) for type_ in TYPES if type_.personal]
    gravities = [SEVERITIES.index(decision.severity) for decision in decisions if decision.severity]
    assert gravities == sorted(gravities, reverse=True)


def test_the_policy_to_try_first_tells_nobody() -> None:
    assert shipped("simulate-first").mode == "simulate"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_set_shows_itself_in_three_ways_of_writing(name: str) -> None:
    texts = "".join(example.text for example in parse(written(SHIPPED[name])).example)
    assert re.search("[A-Za-z]{4}", texts)
    assert re.search("[佢電話號碼證]", texts)
    assert re.search("[电话号码证]", texts)


@pytest.mark.parametrize("path", SHIPPED.values(), ids=lambda path: path.stem)
def test_every_shipped_policy_warns_its_editors_against_real_messages(path: Path) -> None:
    assert "real message" in path.read_text("utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_no_shipped_policy_takes_messages_out(name: str) -> None:
    assert not shipped(name).removes
