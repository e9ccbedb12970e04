"""Each condition: where it holds, and what it says where it doesn't."""

from datetime import date, datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.documents.document import DocumentKind
from detectors.finding import Finding
from detectors.types import TRAITS
from policies.conditions import CONDITIONS
from policies.conditions.file import FILE_KINDS
from policies.conditions.over_time import LookBack
from policies.facts import Facts, Role
from policies.policy import SEVERITIES, Policy, Rule
from tests.fakes.any_findings import FINDINGS
from tests.fakes.marked_find import find
from tests.fakes.some_rules import rule

CONTACTS = ["HKID", "PHONE_NUMBER", "EMAIL_ADDRESS"]

OFFICE = ["Mon-Fri 09:00-18:00"]
HOUR, DAY = 3600.0, 86_400.0
MONDAY = datetime(2026, 9, 28, 14, tzinfo=ZoneInfo("Asia/Hong_Kong")).timestamp()
"""Two in the afternoon in Hong Kong."""

COUNTING: list[tuple[dict[str, Any], str, str]] = [
    # what the rule says, what was found, why it stays silent ("": it fires)
    ({}, "{HKID}", ""),
    ({}, "{PHONE_NUMBER}", "nothing of its types was found"),
    ({"types": CONTACTS}, "{PHONE_NUMBER}", ""),
    ({"types": CONTACTS}, "{SALARY}", "nothing of its types was found"),
    ({}, "{HKID 0.5}", ""),
    ({}, "{HKID 0.49}", "every score is below 0.5"),
    ({"min_score": 0.2}, "{HKID 0.49}", ""),
    ({"min_score": 0}, "{HKID 0.0}", ""),
    ({"min_score": 0.75}, "{HKID 0.6} {HKID 0.7}", "every score is below 0.75"),
    ({"min_score": 0.75}, "{HKID 0.6} {HKID 0.8}", ""),
    ({"min_count": 2}, "{HKID}", "it wants 2 values, there are 1"),
    ({"min_count": 2}, "{HKID} {HKID}", ""),
    ({"min_count": 2}, "{HKID same=1} {HKID same=1}", "it wants 2 values, there are 1"),
    ({"min_count": 2, "types": CONTACTS}, "{HKID same=1} {PHONE_NUMBER same=1}", ""),
    ({"min_count": 2}, "{HKID 0.9} {HKID 0.3}", "it wants 2 values, there are 1"),
    ({"parts": ["caption"]}, "{HKID}", ""),
    ({"parts": ["caption"]}, "{HKID in=caption}", ""),
    ({"parts": ["caption"]}, "{HKID in=text}", "it stands in the text, it wants the caption"),
    ({"min_types": 2, "types": CONTACTS}, "{HKID} {HKID}", "it wants 2 types, there are 1"),
    ({"min_types": 2, "types": CONTACTS}, "{HKID} {EMAIL_ADDRESS}", ""),
    ({"min_types": 2, "types": CONTACTS}, "{HKID} {SALARY}", "it wants 2 types, there are 1"),
    (
        {"min_people": 3, "types": CONTACTS},
        "{HKID} {PHONE_NUMBER} {EMAIL_ADDRESS}",
        "it wants 3 people or rows, there may be 1",
    ),
    ({"min_people": 2, "types": CONTACTS}, "{PHONE_NUMBER of=1} {PHONE_NUMBER of=1} {PHONE_NUMBER}", ""),
    (
        {"min_people": 2, "types": CONTACTS},
        "{PHONE_NUMBER of=1} {PHONE_NUMBER of=1} {PHONE_NUMBER of=1}",
        "it wants 2 people or rows, there may be 1",
    ),
    ({"min_people": 3, "types": CONTACTS}, "{HKID} {PHONE_NUMBER} {HKID} {PHONE_NUMBER} {HKID}", ""),
    (
        {"min_people": 3},
        "{HKID same=1} {HKID same=1} {HKID same=1} {HKID same=2}",
        "it wants 3 people or rows, there may be 2",
    ),
    ({"together_with": ["SALARY"]}, "{HKID} {SALARY}", ""),
    ({"together_with": ["SALARY", "PERSON"]}, "{HKID}", "it wants PERSON or SALARY in the message too"),
    ({"together_with": ["SALARY"]}, "{HKID} {SALARY 0.4}", "it wants SALARY in the message too"),
    ({"together_with": ["SALARY"]}, "{SALARY}", "nothing of its types was found"),
    ({"traits_none": ["sample"]}, "{HKID sample}", "it leaves out what is sample"),
    ({"traits_none": ["sample", "mild", "own"]}, "{HKID sample} {HKID mild}", "it leaves out what is mild or sample"),
    ({"traits_none": ["sample"]}, "{HKID sample} {HKID}", ""),
    ({"traits_all": ["own", "negated"]}, "{HKID own}", "it wants the trait negated"),
    ({"traits_all": ["own", "negated"]}, "{HKID}", "it wants the traits negated and own"),
    ({"traits_all": ["own", "negated"]}, "{HKID own} {HKID negated}", "it wants the trait negated"),
    ({"traits_all": ["own", "negated"]}, "{HKID own negated}", ""),
    ({"traits_any": ["own", "mild"]}, "{HKID}", "it wants one of the traits mild, own"),
    ({"traits_any": ["own"]}, "{HKID}", "it wants the trait own"),
    ({"traits_any": ["own", "mild"]}, "{HKID mild}", ""),
    ({"traits_any": ["own"], "traits_none": ["sample"]}, "{HKID own sample} {HKID}", "it leaves out what is sample"),
]

STANDING: list[tuple[dict[str, Any], Facts, str]] = [
    ({"min_audience": 20}, Facts(audience=4), "the audience is 4, it wants at least 20"),
    ({"min_audience": 20}, Facts(audience=20), ""),
    ({"min_audience": 20}, Facts(audience=None), ""),
    ({"chats": ["slack:*"]}, Facts(platform="slack", chat="C1"), ""),
    ({"chats": ["slack:*"]}, Facts(platform="telegram", chat="-1"), "chat telegram:-1 is none of its chats"),
    ({"chats": ["slack:C2", "*:C1"]}, Facts(platform="telegram", chat="C1"), ""),
    ({"chats": ["slack:C"]}, Facts(platform="slack", chat="C1"), "chat slack:C1 is none of its chats"),
    ({"chats": ["slack:C1"]}, Facts(platform="slack", chat="C1"), ""),
    ({"chats": ["slack:C1"]}, Facts(), "it is for some chats only, and none is named"),
    ({"edited": True}, Facts(edited=True), ""),
    ({"edited": True}, Facts(), "this is a first post, it wants an edit"),
    ({"edited": False}, Facts(edited=True), "this is an edit, it wants a first post"),
    ({"forwarded": True}, Facts(forwarded=True), ""),
    ({"forwarded": True}, Facts(), "this is not forwarded, it wants what is"),
    ({"forwarded": False}, Facts(forwarded=True), "this is forwarded, it wants what is not"),
    ({"external": True}, Facts(external=True), ""),
    ({"external": True}, Facts(), "no outsiders read along, it wants some"),
    ({"external": False}, Facts(external=True), "outsiders read along, it wants none"),
    ({"sender_roles": ["guest"]}, Facts(sender_role=Role.GUEST), ""),
    ({"sender_roles": ["admin"]}, Facts(sender_role=Role.GUEST), "the sender is a guest, it wants an admin"),
    (
        {"sender_roles": ["admin", "owner"]},
        Facts(sender_role=Role.MEMBER),
        "the sender is a member, it wants an owner or an admin",
    ),
    ({"sender_roles": ["admin"]}, Facts(sender_role=None), ""),
    ({"senders": ["slack:U1"]}, Facts(platform="slack", sender="U1"), ""),
    ({"senders": ["slack:U1"]}, Facts(platform="telegram", sender="U1"), "the sender is none of its senders"),
    ({"senders": ["slack:U1"]}, Facts(platform="slack", sender=None), ""),
    ({"senders_none": ["slack:U1"]}, Facts(platform="slack", sender="U1"), "the sender is one of those it leaves out"),
    ({"senders_none": ["slack:U1"]}, Facts(platform="slack", sender="U2"), ""),
    ({"senders_none": ["slack:U1"]}, Facts(platform="slack", sender=None), ""),
    ({"hours": OFFICE}, Facts(at=MONDAY), ""),
    ({"hours": OFFICE}, Facts(at=None), ""),
    ({"hours": OFFICE}, Facts(at=MONDAY + 5 * HOUR), f"it was not written in the hours {OFFICE[0]}"),
    ({"hours": OFFICE}, Facts(at=MONDAY + 5 * DAY), f"it was not written in the hours {OFFICE[0]}"),
    ({"hours": ["Mon-Fri 09:00-18:00 Europe/London"]}, Facts(at=MONDAY + 8 * HOUR), ""),
    ({"hours": ["Mon 22:00-06:00"]}, Facts(at=MONDAY + 15 * HOUR), ""),
    ({"hours": ["Sat,Sun 10:00-14:00", "Fri-Mon 13:00-24:00"]}, Facts(at=MONDAY), ""),
    ({"hours_none": OFFICE}, Facts(at=MONDAY), f"it was written in the hours {OFFICE[0]}, which it leaves out"),
    ({"hours_none": OFFICE}, Facts(at=MONDAY + 5 * DAY), ""),
    ({"from_date": date(2026, 9, 28)}, Facts(at=MONDAY), ""),
    ({"from_date": date(2026, 9, 29)}, Facts(at=MONDAY), "it holds from 2026-09-29 on"),
    ({"until_date": date(2026, 9, 28)}, Facts(at=MONDAY), ""),
    ({"until_date": date(2026, 9, 27)}, Facts(at=MONDAY), "it held until 2026-09-27"),
    ({"file_kinds": ["sheet", "pdf"]}, Facts(file_kind="sheet"), ""),
    (
        {"file_kinds": ["sheet", "pdf"]},
        Facts(file_kind="picture"),
        "the file is of the kind picture, it wants one of the kind pdf or sheet",
    ),
    ({"file_kinds": ["sheet"]}, Facts(), "it stands in no file, it wants one of the kind sheet"),
    ({"min_file_size": "2 MB"}, Facts(file_kind="pdf", file_size=2_000_000), ""),
    ({"min_file_size": "2 MB"}, Facts(file_kind="pdf"), ""),
    (
        {"min_file_size": "500 KB"},
        Facts(file_kind="pdf", file_size=499_999),
        "the file has 499999 bytes, it wants at least 500000",
    ),
    ({"min_file_size": "2 MB"}, Facts(), "it stands in no file, it wants one of at least 2000000 bytes"),
    ({"protected": True}, Facts(file_kind="archive", protected=True), ""),
    ({"protected": True}, Facts(file_kind="archive"), "the file is not protected, it wants one with a password"),
    (
        {"protected": False},
        Facts(file_kind="sheet", protected=True),
        "the file is protected, it wants one without a password",
    ),
    ({"protected": False}, Facts(), "it stands in no file, it wants one without a password"),
]


def fires(one: Rule, findings: tuple[Finding, ...] | list[Finding], facts: Facts) -> bool:
    return Policy("p", "h", (one,)).decide(findings, facts).rules == (one.id,)


@pytest.mark.parametrize(("fields", "text", "reason"), COUNTING)
def test_what_a_rule_counts(fields: dict[str, Any], text: str, reason: str) -> None:
    assert rule(**fields).why_silent(find(text), Facts()) == reason
    assert fires(rule(**fields), find(text), Facts()) is not bool(reason)


@pytest.mark.parametrize(("fields", "facts", "reason"), STANDING)
def test_where_a_rule_holds(fields: dict[str, Any], facts: Facts, reason: str) -> None:
    assert rule(**fields).why_silent(find("{HKID}"), facts) == reason
    assert fires(rule(**fields), find("{HKID}"), facts) is not bool(reason)


ASKING = [kind for kind in CONDITIONS if not issubclass(kind, LookBack)]
"""How far a rule looks back is no question of its own."""


@pytest.mark.parametrize("kind", ASKING, ids=lambda kind: kind.field)
def test_every_condition_is_shown_to_hold_and_not_to_hold(kind: Any) -> None:
    """A new condition needs a row of each kind in one of the tables above."""
    assert {bool(reason) for fields, _, reason in chain(COUNTING, STANDING) if kind.field in fields} == {
        True,
        False,
    }


def test_the_first_condition_that_does_not_hold_is_told() -> None:
    strict = rule(min_score=0.95, min_audience=20, sender_roles=["admin"])
    facts = Facts(audience=4, sender_role=Role.GUEST)
    assert strict.why_silent(find("{SALARY}"), facts) == "nothing of its types was found"
    assert strict.why_silent(find("{HKID}"), facts) == "every score is below 0.95"
    assert strict.why_silent(find("{HKID 0.99}"), facts) == "the audience is 4, it wants at least 20"


WORDS = st.lists(st.sampled_from(sorted(TRAITS)), max_size=2)
RULES = st.builds(
    rule,
    types=st.lists(st.sampled_from(CONTACTS), min_size=1),
    together_with=st.lists(st.sampled_from(["HKID", "SALARY"]), max_size=2),
    severity=st.sampled_from(SEVERITIES),
    min_score=st.floats(0, 1),
    min_count=st.integers(1, 4),
    min_types=st.integers(1, 3),
    min_people=st.integers(1, 3),
    traits_any=WORDS,
    traits_all=WORDS,
    traits_none=WORDS,
    chats=st.lists(st.sampled_from(["slack:C1", "telegram:*", "*:C2"]), max_size=2),
    min_audience=st.integers(0, 30),
    edited=st.none() | st.booleans(),
    forwarded=st.none() | st.booleans(),
    external=st.none() | st.booleans(),
    senders=st.lists(st.sampled_from(["slack:U1", "telegram:*"]), max_size=2),
    senders_none=st.lists(st.sampled_from(["slack:U1", "telegram:*"]), max_size=2),
    hours=st.lists(st.sampled_from([*OFFICE, "Sat 10:00-02:00"]), max_size=2),
    hours_none=st.lists(st.sampled_from([*OFFICE, "Sat 10:00-02:00"]), max_size=2),
    from_date=st.none() | st.dates(date(2026, 9, 27), date(2026, 9, 29)),
    until_date=st.none() | st.dates(date(2026, 9, 27), date(2026, 9, 29)),
    parts=st.lists(st.sampled_from(["text", "caption"]), max_size=2),
    sender_roles=st.lists(st.sampled_from(list(Role)), max_size=3),
    file_kinds=st.lists(st.sampled_from(["pdf", "sheet"]), max_size=2),
    min_file_size=st.sampled_from(["", "1 KB"]),
    protected=st.none() | st.booleans(),
)
FACTS = st.builds(
    Facts,
    platform=st.sampled_from(["slack", "telegram"]),
    chat=st.sampled_from(["C1", "C2"]),
    audience=st.none() | st.integers(0, 40),
    sender_role=st.none() | st.sampled_from(list(Role)),
    edited=st.booleans(),
    forwarded=st.booleans(),
    external=st.booleans(),
    sender=st.none() | st.sampled_from(["U1", "U2"]),
    file_kind=st.sampled_from(["", "pdf", "sheet"]),
    file_size=st.none() | st.integers(0, 2000),
    protected=st.booleans(),
    at=st.none() | st.floats(MONDAY - 2 * DAY, MONDAY + 7 * DAY),
)


def test_files_are_what_readers_call_them() -> None:
    assert tuple(DocumentKind) == FILE_KINDS


@given(RULES, FINDINGS, FACTS)
def test_a_rule_fires_exactly_when_there_is_no_reason_for_its_silence(
    one: Rule, findings: list[Finding], facts: Facts
) -> None:
    assert fires(one, findings, facts) is (one.why_silent(findings, facts) == "")


def test_a_policy_says_which_facts_must_be_asked_for() -> None:
    assert Policy("p", "h", (rule(min_audience=20),)).needs == frozenset()
    assert Policy("p", "h", (rule(), rule(sender_roles=["guest"]))).needs == {"sender_role"}
