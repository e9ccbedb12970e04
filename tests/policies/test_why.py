"""Why a rule stays silent is told by its first unmet condition."""

import pytest

from detectors.finding import Finding
from policies.policy import Facts, Rule
from policies.why import why_silent

PHONE = Finding("PHONE_NUMBER", 0, 8, 0.9, "PhoneRecognizer", key=b"1")
BUSINESS = Finding("PHONE_NUMBER", 0, 8, 0.9, "PhoneRecognizer", traits=frozenset({"business"}), key=b"2")
WEAK = Finding("PHONE_NUMBER", 0, 8, 0.3, "PhoneRecognizer", key=b"3")


def _rule(**fields: object) -> Rule:
    return Rule("phone", frozenset({"PHONE_NUMBER"}), "medium", **fields)  # type: ignore[arg-type]  # a table of fields


CASES = {
    "fires": (_rule(), [PHONE], ""),
    "no type": (_rule(), [], "nothing of its types was found"),
    "weak": (_rule(), [WEAK], "every score is below 0.5"),
    "excluded trait": (_rule(traits_none=frozenset({"business"})), [BUSINESS], "it leaves out what is business"),
    "missing trait": (_rule(traits_all=frozenset({"own"})), [PHONE], "it wants the trait own"),
    "no trait of several": (_rule(traits_any=frozenset({"own"})), [PHONE], "it wants one of the traits own"),
    "too few values": (_rule(min_count=2), [PHONE, PHONE], "it wants 2 values, there are 1"),
    "too few types": (_rule(min_types=2), [PHONE], "it wants 2 types, there are 1"),
    "too few people": (_rule(min_people=3), [PHONE], "it wants 3 people or rows, there may be 1"),
    "other chat": (_rule(edited=True), [PHONE], "the chat, the sender or the kind of post is not one of its own"),
}


@pytest.mark.parametrize(("rule", "findings", "reason"), CASES.values(), ids=CASES.keys())
def test_the_first_unmet_condition_is_told(rule: Rule, findings: list[Finding], reason: str) -> None:
    assert why_silent(rule, findings, Facts()) == reason
    assert rule.fires(findings, Facts()) is (reason == "")
