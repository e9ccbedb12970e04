"""Decisions: what comes out when rules fire together, and what must hold for any findings."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Finding
from detectors.types import NAMES, TRAITS
from policies.counting import MOST, Plans
from policies.facts import Facts
from policies.policy import SEVERITIES, Decision, Policy
from tests.fakes.any_findings import FINDINGS
from tests.fakes.marked_find import find
from tests.fakes.some_rules import rule

PHONE = rule(id="phone", types=["PHONE_NUMBER"], severity="medium", wording="phone", mute_days=30)
HKID = rule(id="hkid", wording="hkid", mute_days=1)
BULK = rule(id="bulk", effects=["alert"], wording="bulk", min_people=2)
POLICY = Policy("office", "0123456789ab", (PHONE, HKID, BULK))


def test_rules_that_fire_together_speak_gravest_first() -> None:
    assert POLICY.decide(find("{PHONE_NUMBER} {HKID} {HKID}"), Facts()) == Decision(
        rules=("hkid", "bulk", "phone"),
        severity="high",
        effects=frozenset({"nudge", "alert", "log"}),
        wording=("hkid", "phone"),
        mute_days=(1, 0, 30),
        policy="office",
        policy_hash="0123456789ab",
    )


def test_what_rules_protect_is_said_once_that_of_the_gravest_rule_first() -> None:
    phone = rule(id="phone", types=["PHONE_NUMBER"], severity="low", protects=["DPP4", "DPP3"])
    policy = Policy("office", "", (phone, rule(id="hkid", protects=["DPP3", "Code 2.7"]), rule(id="bulk")))
    assert policy.decide(find("{PHONE_NUMBER} {HKID}"), Facts()).protects == ("DPP3", "Code 2.7", "DPP4")
    assert policy.decide(find("{PHONE_NUMBER}"), Facts()).protects == ("DPP4", "DPP3")
    assert policy.decide(find("{PERSON}"), Facts()).protects == ()


def test_nothing_to_do_still_says_who_judged() -> None:
    quiet = Decision(policy="office", policy_hash="0123456789ab")
    assert POLICY.decide((), Facts()) == quiet
    assert POLICY.decide(find("{PERSON}"), Facts()) == quiet


def test_a_sentence_is_said_once() -> None:
    twice = Policy("p", "h", (HKID, rule(id="hkid-too", severity="low", wording="hkid")))
    assert twice.decide(find("{HKID}"), Facts()).wording == ("hkid",)


CONTACT = Policy("p", "h", (rule(id="contact", types=["PHONE_NUMBER", "EMAIL_ADDRESS", "HKID"]),))


@pytest.mark.parametrize(
    ("text", "muted", "rules"),
    [
        ("{PHONE_NUMBER}", {("contact", "PHONE_NUMBER")}, ()),
        ("{PHONE_NUMBER} {EMAIL_ADDRESS}", {("contact", "PHONE_NUMBER")}, ("contact",)),
        ("{PHONE_NUMBER}", {("another", "PHONE_NUMBER"), ("contact", "EMAIL_ADDRESS")}, ("contact",)),
        ("{PHONE_NUMBER} {EMAIL_ADDRESS}", {("contact", "")}, ()),
        ("{HKID}", {("contact", ""), ("contact", "HKID")}, ("contact",)),
    ],
)
def test_a_mute_is_of_one_rule_and_type_and_never_of_a_number_with_a_check_digit(
    text: str, muted: set[tuple[str, str]], rules: tuple[str, ...]
) -> None:
    assert CONTACT.decide(find(text), Facts(), muted).rules == rules


def test_what_is_muted_is_not_counted_among_the_reasons() -> None:
    decision = CONTACT.decide(find("{PHONE_NUMBER} {EMAIL_ADDRESS}"), Facts(), {("contact", "PHONE_NUMBER")})
    assert [finding.type for finding in decision.counted] == ["EMAIL_ADDRESS"]


def test_a_simulating_policy_says_so() -> None:
    decision = Policy("p", "h", (HKID,), "simulate").decide(find("{HKID}"), Facts())
    assert (decision.mode, decision.rules) == ("simulate", ("hkid",))


def test_a_rule_on_trial_stays_silent_and_fires_where_it_is_tried() -> None:
    policy = Policy("p", "h", (HKID, rule(id="tried", mode="simulate")))
    assert policy.decide(find("{HKID}"), Facts()).rules == ("hkid",)
    assert policy.tried is not None
    assert set(policy.tried.decide(find("{HKID}"), Facts()).rules) == {"hkid", "tried"}
    assert policy.tried.tried is None


WORDS = sorted(TRAITS)
TYPES = st.lists(st.sampled_from(NAMES), min_size=1)
TRAIT_SETS = st.lists(st.sampled_from(WORDS), max_size=2)
RULES = st.builds(
    rule,
    id=st.uuids().map(lambda number: f"r{number.hex}"),
    types=TYPES,
    severity=st.sampled_from(SEVERITIES),
    min_score=st.floats(0, 1),
    min_count=st.integers(1, 4),
    min_types=st.integers(1, 3),
    min_people=st.integers(1, 3),
    traits_any=TRAIT_SETS,
    traits_all=TRAIT_SETS,
    traits_none=TRAIT_SETS,
)
POLICIES = st.lists(RULES, min_size=1, max_size=8).map(lambda rules: Policy("p", "h", tuple(rules)))


@given(POLICIES, FINDINGS, FINDINGS)
def test_more_findings_never_undo_a_rule(policy: Policy, some: list[Finding], more: list[Finding]) -> None:
    fewer, all_of_them = policy.decide(some, Facts()), policy.decide([*some, *more], Facts())
    assert set(fewer.rules) <= set(all_of_them.rules)
    assert fewer.effects <= all_of_them.effects
    assert _rank(fewer) <= _rank(all_of_them)


@given(POLICIES, FINDINGS.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_findings_never_matters(
    policy: Policy, orders: tuple[Sequence[Finding], Sequence[Finding]]
) -> None:
    assert policy.decide(orders[0], Facts()) == policy.decide(orders[1], Facts())


@given(POLICIES, FINDINGS)
def test_a_decision_is_as_grave_as_its_gravest_rule(policy: Policy, findings: list[Finding]) -> None:
    decision = policy.decide(findings, Facts())
    grave = {rule.id: SEVERITIES.index(rule.severity) for rule in policy.rules}
    ranks = [grave[name] for name in decision.rules]
    assert ranks == sorted(ranks, reverse=True)
    assert _rank(decision) == (ranks[0] if ranks else -1)


@given(POLICIES, FINDINGS, FINDINGS)
def test_rules_that_are_asked_together_say_what_each_says_alone(
    policy: Policy, some: list[Finding], others: list[Finding]
) -> None:
    """Also the second time, when what there is to ask is remembered."""
    for findings in (some, others, some):
        alone = [rule.id for rule in policy.rules if findings and not rule.why_silent(findings, Facts())]
        assert list(policy.decide(findings, Facts()).rules) == alone


def test_what_is_remembered_of_findings_is_their_kind_and_bounded() -> None:
    plans = Plans(list(enumerate(POLICY.rules)))
    for number in range(MOST + 5):
        plans.of([Finding("HKID", number, number + 1, number / (MOST + 5), "r", key=b"%d" % number)])
    assert len(plans._known) <= MOST
    assert "b'" not in str(plans._known), "the key of a value"


def _rank(decision: Decision) -> int:
    return SEVERITIES.index(decision.severity) if decision.severity in SEVERITIES else -1


@pytest.mark.parametrize("score", [0.0, 0.3, 0.49])
def test_a_weak_finding_breaks_no_rule_by_default(score: float) -> None:
    assert POLICY.decide([Finding("HKID", 0, 1, score, "r")], Facts()).rules == ()


def test_a_decision_names_the_findings_that_made_it() -> None:
    findings = find("{PHONE_NUMBER} {HKID} {PERSON}")

    assert [finding.type for finding in POLICY.decide(findings, Facts()).counted] == ["PHONE_NUMBER", "HKID"]
    assert [finding.type for finding in POLICY.decide(findings, Facts(), {("phone", "")}).counted] == ["HKID"]
    assert POLICY.decide(find("{PERSON}"), Facts()).counted == ()
