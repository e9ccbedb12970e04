"""What one transaction does to incidents and to the nudges about them."""

import pytest

from bot.message import Cursor, Deletion, Press
from bot.send import Sent
from bot.store import AlertBody, Found, NudgeBody, OutboxRow, Store, ThanksBody
from bot.words import Action, AlertCode, PartKind, SendKind
from tests.fakes.bodies import code_of
from tests.fakes.logbook import NOON, clean, leak


def press(incident: str, action: str, choice: str = "", user: str = "7", at: float = NOON + 100) -> Press:
    return Press("stub", "", user, incident, Action(action), at, choice)


async def sent(store: Store, row: OutboxRow, at: float = NOON, ref: str = '{"ts": "1"}') -> None:
    assert await store.sending(row, "dm", at)
    await store.settled(row.id, Sent(ref), at)


def incident_id(store: Store, message: str = "1") -> str:
    row = store.incident_at("stub", "", "-100", message)
    assert row is not None
    return row.id


def kinds(store: Store) -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in store.outbox()]


async def test_a_leak_becomes_an_incident_with_findings_a_nudge_and_the_cursor(store: Store) -> None:
    await store.commit([leak()], Cursor("stub", "offset", "12"))

    (incident,) = store.incidents(NOON, NOON + 1)
    assert (incident.sender, incident.state, incident.types, incident.rules) == ("7", "open", {"HKID": 1}, ("hkid",))
    assert len(incident.id) == 12
    (nudge,) = store.outbox()
    assert (nudge.kind, nudge.recipient, nudge.state, nudge.incidents) == ("nudge", "7", "waiting", (incident.id,))
    assert nudge.body == NudgeBody(("hkid",), count=1)
    assert [finding.type for finding in store.findings(incident.id)] == ["HKID"]
    assert store.cursor("stub", "offset") == "12"


async def test_the_same_revision_twice_changes_nothing(store: Store) -> None:
    await store.commit([leak(), leak()])
    await store.commit([leak()])

    assert len(store.incidents(0, NOON + 1)) == 1
    assert kinds(store) == [("nudge", "waiting")]
    assert store.incidents(0, NOON + 1)[0].revisions == 1


async def test_a_clean_message_leaves_no_row(store: Store) -> None:
    await store.commit([clean()])

    assert store.incidents(0, NOON + 1) == ()
    assert store.outbox() == ()


async def test_a_clean_edit_cancels_a_waiting_nudge(store: Store) -> None:
    await store.commit([leak()])
    await store.commit([clean(at=NOON + 5)])

    incident = store.incident(incident_id(store))
    assert incident is not None
    assert (incident.state, incident.resolution, incident.ended_at) == ("ended", "edited", NOON + 5)
    assert incident.types == {"HKID": 1}
    assert kinds(store) == [("nudge", "cancelled")]


async def test_a_clean_edit_turns_a_sent_nudge_into_thanks(store: Store) -> None:
    await store.commit([leak()])
    await sent(store, store.outbox()[0])
    await store.commit([clean(at=NOON + 90)])

    rewrite = store.outbox()[1]
    assert (rewrite.kind, rewrite.body, rewrite.replaces) == ("rewrite", ThanksBody(), store.outbox()[0].id)
    assert (rewrite.replaced_ref, rewrite.replaced_rung) == ('{"ts": "1"}', "dm")


async def test_the_same_or_less_in_an_edit_brings_no_second_nudge(store: Store) -> None:
    await store.commit([leak(types={"HKID": 2})])
    await sent(store, store.outbox()[0])
    await store.commit([leak(revision="5", at=NOON + 90), leak(revision="6", types={"HKID": 2}, at=NOON + 95)])

    assert kinds(store) == [("nudge", "sent")]
    incident = store.incident(incident_id(store))
    assert incident is not None
    assert (incident.state, incident.revisions, incident.revision) == ("open", 3, "6")


@pytest.mark.parametrize("answer", ["reason", "false_alarm", "removed"])
async def test_more_in_an_edit_reopens_and_nudges_once_whatever_was_answered(store: Store, answer: str) -> None:
    await store.commit([leak()])
    await sent(store, store.outbox()[0])
    await store.commit([press(incident_id(store), answer, "work" if answer == "reason" else "")])
    await store.commit([leak(revision="5", at=NOON + 200, types={"HKID": 2})])

    incident = store.incident(incident_id(store))
    assert incident is not None
    assert (incident.state, incident.resolution, incident.reason, incident.opened_at) == ("open", "", "", NOON + 200)
    assert [row.state for row in store.outbox(kind=SendKind.NUDGE)] == ["sent", "waiting"]


async def test_a_leak_that_comes_back_after_a_clean_edit_is_nudged_again(store: Store) -> None:
    await store.commit([leak()])
    await sent(store, store.outbox()[0])
    await store.commit([clean(at=NOON + 90)])
    await store.commit([leak(revision="6", at=NOON + 100)])

    assert [row.state for row in store.outbox(kind=SendKind.NUDGE)] == ["sent", "waiting"]


async def test_an_older_revision_that_comes_late_changes_nothing(store: Store) -> None:
    await store.commit([leak(revision="9")])
    await store.commit([clean(revision="8"), leak(types={"HKID": 5})])

    incident = store.incident(incident_id(store))
    assert incident is not None
    assert (incident.state, incident.revision, incident.types) == ("open", "9", {"HKID": 1})


async def test_an_edit_in_which_only_muted_rules_fire_is_neither_thanked_nor_nudged(store: Store) -> None:
    await store.commit([leak()])
    await sent(store, store.outbox()[0])
    await store.commit([clean(muted=True, types={"HKID": 1})])

    assert kinds(store) == [("nudge", "sent")]
    incident = store.incident(incident_id(store))
    assert incident is not None
    assert incident.state == "open"


@pytest.mark.parametrize(("by_bot", "ending"), [(False, "deleted"), (True, "removed")])
async def test_a_deletion_ends_an_incident(store: Store, *, by_bot: bool, ending: str) -> None:
    await store.commit([leak()])
    await store.commit([Deletion("stub", "", "-100", "1", NOON + 5, by_bot)])
    await store.commit([Deletion("stub", "", "-100", "unknown", NOON + 5, by_bot)])

    incident = store.incident(incident_id(store))
    assert incident is not None
    assert incident.resolution == ending
    assert kinds(store) == [("nudge", "cancelled")]


@pytest.mark.parametrize(
    ("action", "choice", "code", "ending"),
    [
        ("removed", "", "thanks", "said_removed"),
        ("reason", "work", "thanks", "reason"),
        ("reason", "because I say so", "refused", ""),
        ("reason", "", "refused", ""),
        ("false_alarm", "", "thanks", "false_alarm"),
        ("why", "", "why", ""),
        ("delete", "", "delete", ""),
        ("start", "", "refused", ""),
    ],
)
async def test_a_button(store: Store, action: str, choice: str, code: str, ending: str) -> None:
    await store.commit([leak()])

    assert await store.commit([press(incident_id(store), action, choice)]) == (code,)
    incident = store.incident(incident_id(store))
    assert incident is not None
    assert (incident.resolution, incident.reason) == (ending, choice if ending == "reason" else "")


async def test_only_the_sender_may_press_and_only_once(store: Store) -> None:
    await store.commit([leak(), leak("2", sender=None)])

    assert await store.commit([press(incident_id(store), "removed", user="8")]) == ("not_yours",)
    assert await store.commit([press(incident_id(store, "2"), "removed")]) == ("not_yours",)
    assert await store.commit([press("aaaaaaaaaaaa", "removed")]) == ("unknown",)
    assert await store.commit([press(incident_id(store), "removed")]) == ("thanks",)
    assert await store.commit([press(incident_id(store), "false_alarm")]) == ("stale",)
    assert await store.commit([press(incident_id(store), "delete")]) == ("delete",)


async def test_a_false_alarm_mutes_its_rules_for_this_sender_and_chat_as_long_as_the_policy_says(store: Store) -> None:
    types = {"HKID": 1, "PHONE_NUMBER": 1}
    await store.commit([leak(rules=("phone", "bulk"), mute_days={"phone": 30, "bulk": 0}, types=types)])
    await store.commit([press(incident_id(store), "false_alarm")])

    day = 86_400
    assert store.muted("stub", "", "-100", "7", NOON + 30 * day) == {("phone", "PHONE_NUMBER")}, "no HKID"
    assert store.muted("stub", "", "-100", "7", NOON + 31 * day) == frozenset()
    assert store.muted("stub", "", "-100", "8", NOON) == frozenset()
    assert store.muted("stub", "", "-200", "7", NOON) == frozenset()


async def test_a_button_speaks_for_every_incident_that_its_nudge_names(store: Store) -> None:
    await store.commit([leak("1"), leak("2", at=NOON + 1)])

    assert [row.message for row in store.together(incident_id(store))] == ["1", "2"]
    assert await store.commit([press(incident_id(store), "removed")]) == ("thanks",)
    assert {row.resolution for row in store.incidents(0, NOON + 9)} == {"said_removed"}


async def test_nobody_to_nudge_means_an_alert_to_each_admin(store: Store) -> None:
    await store.commit([leak(sender=None)])

    rows = store.outbox()
    assert [(row.kind, row.recipient, code_of(row)) for row in rows] == [
        ("alert", "1", "anonymous"),
        ("alert", "2", "anonymous"),
    ]


async def test_an_alert_is_sent_where_the_policy_wants_it_beside_the_nudge(store: Store) -> None:
    await store.commit([leak(effects=frozenset({"nudge", "alert"}))])

    assert [(row.kind, row.recipient) for row in store.outbox()] == [("nudge", "7"), ("alert", "1"), ("alert", "2")]
    assert store.outbox()[1].body == AlertBody(AlertCode.INCIDENT, severity="high", types={"HKID": 1})


async def test_a_policy_on_trial_keeps_no_sender_and_says_nothing(store: Store) -> None:
    await store.commit([leak(mode="simulate", effects=frozenset({"nudge", "alert"}))])

    (incident,) = store.incidents(0, NOON + 1)
    assert (incident.sender, incident.mode) == (None, "simulate")
    assert store.outbox() == ()


async def test_open_incidents_expire_after_seven_days(store: Store) -> None:
    await store.commit([leak()])

    assert await store.expire(NOON + 6.9 * 86_400) == 0
    assert await store.expire(NOON + 7 * 86_400) == 1
    incident = store.incident(incident_id(store))
    assert incident is not None
    assert (incident.state, incident.resolution) == ("ended", "expired")


async def test_every_revision_and_its_findings_are_kept_for_a_later_what_if(store: Store) -> None:
    await store.commit([leak()])
    await store.commit([leak(revision="5", types={"HKID": 2}), clean(revision="6")])

    revisions = store.revisions(incident_id(store))
    assert [(row.number, row.revision, row.rules) for row in revisions] == [
        (1, "", ("hkid",)),
        (2, "5", ("hkid",)),
        (3, "6", ()),
    ]
    assert [row.number for row in store.findings(incident_id(store))] == [1, 2]


async def test_a_finding_knows_its_part(store: Store) -> None:
    found = (
        Found(PartKind.FILE_NAME, "HKID", 0.95, "r", (), ("pattern",), 1),
        Found(PartKind.TEXT, "HKID", 0.9, "r", (), ("pattern",), 2),
    )
    await store.commit([leak(found=found)])

    assert [row.part for row in store.findings(incident_id(store))] == ["file_name", "text"]


async def test_what_is_read_in_an_attachment_later_joins_the_incident_and_is_told(store: Store) -> None:
    await store.commit([leak(types={"HKID": 1}, severity="high")])
    await sent(store, store.outbox()[0])
    late = leak(look="F1", at=NOON + 5, rules=("phone",), wording=("phone",), types={"PHONE_NUMBER": 2}, severity="low")
    await store.commit([late])

    incident = store.incident(incident_id(store))
    assert incident is not None
    assert incident.types == {"HKID": 1, "PHONE_NUMBER": 2}
    assert (incident.rules, incident.severity) == (("hkid", "phone"), "high")
    assert [row.look for row in store.revisions(incident.id)] == ["", "F1"]
    assert kinds(store) == [("nudge", "sent"), ("rewrite", "waiting")]


async def test_the_same_look_again_changes_nothing_and_another_one_does(store: Store) -> None:
    first, second = (leak(look=look, at=NOON + 5, rules=("phone",), types={"PHONE_NUMBER": 1}) for look in ("F1", "F2"))
    await store.commit([leak(), first, first, second, first])

    (incident,) = store.incidents(0, 1e12)
    assert incident.types == {"HKID": 1, "PHONE_NUMBER": 2}
    assert [row.look for row in store.revisions(incident.id)] == ["", "F1", "F2"]


async def test_an_attachment_alone_makes_an_incident_and_a_clean_one_none(store: Store) -> None:
    await store.commit([clean("1", look="F0"), clean("2", look="F1"), leak("2", look="F2")])

    (incident,) = store.incidents(0, 1e12)
    assert (incident.message, incident.types) == ("2", {"HKID": 1})


async def test_a_look_at_an_earlier_revision_changes_nothing(store: Store) -> None:
    await store.commit([leak(), clean(revision="1700000001")])
    await store.commit([leak(look="F1", types={"HKID": 3})])

    (incident,) = store.incidents(0, 1e12)
    assert (incident.resolution, incident.revisions) == ("edited", 2)


async def test_what_rules_protect_is_kept_as_the_newest_leak_was_judged(store: Store) -> None:
    await store.commit([leak(protects=("DPP3",)), leak(look="F1", protects=("DPP4", "DPP3"))])
    (incident,) = store.incidents(0, 1e12)
    assert incident.protects == ("DPP3", "DPP4")

    await store.commit([leak(revision="1700000001", protects=("DPP1",)), clean(revision="1700000002")])
    (incident,) = store.incidents(0, 1e12)
    assert incident.protects == ("DPP1",)
