"""What a rule counts, how many it needs and where it holds."""

import pytest

from policies.policy import Facts, Rule
from tests.fakes.marked_find import find

EVERYWHERE = Facts()
ALL_CONTACTS = frozenset({"HKID", "PHONE_NUMBER", "EMAIL_ADDRESS"})


def rule(**fields: object) -> Rule:
    return Rule(**{"id": "r", "types": frozenset({"HKID"}), "severity": "high", **fields})


@pytest.mark.parametrize(
    ("fields", "text", "fires"),
    [
        ({}, "{HKID}", True),
        ({}, "{PHONE_NUMBER}", False),
        ({}, "nothing", False),
        ({}, "{HKID 0.5}", True),
        ({}, "{HKID 0.49}", False),
        ({"min_score": 0.2}, "{HKID 0.49}", True),
        ({"min_score": 0.75}, "{HKID 0.6} {HKID 0.7}", False),
        ({"min_score": 0.75}, "{HKID 0.6} {HKID 0.8}", True),
        ({"min_count": 2}, "{HKID}", False),
        ({"min_count": 2}, "{HKID} {HKID}", True),
        ({"min_count": 2}, "{HKID same=1} {HKID same=1}", False),
        ({"min_count": 2, "types": ALL_CONTACTS}, "{HKID same=1} {PHONE_NUMBER same=1}", True),
        ({"min_count": 2}, "{HKID 0.9} {HKID 0.3}", False),
        ({"min_types": 2, "types": ALL_CONTACTS}, "{HKID} {HKID}", False),
        ({"min_types": 2, "types": ALL_CONTACTS}, "{HKID} {EMAIL_ADDRESS}", True),
        ({"min_types": 2, "types": ALL_CONTACTS}, "{HKID} {SALARY}", False),
        ({"min_people": 3, "types": ALL_CONTACTS}, "{HKID} {PHONE_NUMBER} {EMAIL_ADDRESS}", False),
        ({"min_people": 3, "types": ALL_CONTACTS}, "{HKID} {PHONE_NUMBER} {HKID} {PHONE_NUMBER} {HKID}", True),
        ({"min_people": 3, "types": ALL_CONTACTS}, "{HKID same=1} {HKID same=1} {HKID same=1}", False),
        ({"traits_none": frozenset({"sample"})}, "{HKID sample}", False),
        ({"traits_none": frozenset({"sample"})}, "{HKID sample} {HKID}", True),
        ({"traits_all": frozenset({"own", "negated"})}, "{HKID own}", False),
        ({"traits_all": frozenset({"own", "negated"})}, "{HKID own} {HKID negated}", False),
        ({"traits_all": frozenset({"own", "negated"})}, "{HKID own negated}", True),
        ({"traits_any": frozenset({"own", "mild"})}, "{HKID}", False),
        ({"traits_any": frozenset({"own", "mild"})}, "{HKID mild}", True),
    ],
)
def test_a_rule_counts_findings(fields: dict[str, object], text: str, *, fires: bool) -> None:
    assert rule(**fields).fires(find(text), EVERYWHERE) is fires


@pytest.mark.parametrize(
    ("fields", "facts", "fires"),
    [
        ({"min_audience": 10}, Facts(audience=9), False),
        ({"min_audience": 10}, Facts(audience=10), True),
        ({"min_audience": 10}, Facts(audience=None), True),
        ({"chats": ("slack:*",)}, Facts(platform="slack", chat="C1"), True),
        ({"chats": ("slack:*",)}, Facts(platform="telegram", chat="C1"), False),
        ({"chats": ("slack:C2", "*:C1")}, Facts(platform="telegram", chat="C1"), True),
        ({"chats": ("slack:C",)}, Facts(platform="slack", chat="C1"), False),
        ({"edited": True}, Facts(edited=True), True),
        ({"edited": True}, Facts(edited=False), False),
        ({"edited": False}, Facts(edited=True), False),
        ({"forwarded": True}, Facts(forwarded=True), True),
        ({"forwarded": True}, Facts(), False),
        ({"external": True}, Facts(external=True), True),
        ({"external": False}, Facts(external=True), False),
        ({"sender_roles": frozenset({"guest"})}, Facts(sender_role="guest"), True),
        ({"sender_roles": frozenset({"guest"})}, Facts(sender_role="member"), False),
    ],
)
def test_a_rule_holds_where_its_facts_do(fields: dict[str, object], facts: Facts, *, fires: bool) -> None:
    assert rule(**fields).fires(find("{HKID}"), facts) is fires
