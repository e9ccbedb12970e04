"""What joins a send that waits or was sent, and what a send says by the time it goes."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.message import Reach
from bot.send import Later, Refused, Sent, Unknown
from bot.store import Alert, AlertBody, Change, NudgeBody, Store
from bot.words import AlertCode, ReachState, SendKind, SendState
from tests.fakes.bodies import count_of
from tests.fakes.logbook import NOON, clean, leak, state, tried


async def test_a_second_leak_joins_a_nudge_that_waits(store: Store) -> None:
    await store.commit([leak("1"), leak("2", at=NOON + 10, wording=("phone", "hkid"))])

    (nudge,) = store.outbox()
    assert nudge.body == NudgeBody(("hkid", "phone"), count=2)
    assert len(nudge.incidents) == 2


async def test_a_second_leak_within_a_minute_changes_the_nudge_that_was_sent(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent('{"ts": "1"}'))
    await store.commit([leak("2", at=NOON + 30), leak("3", at=NOON + 40)])

    first, rewrite = store.outbox()
    assert (rewrite.kind, count_of(rewrite), rewrite.replaces) == ("rewrite", 3, first.id)
    assert len(rewrite.incidents) == 3


async def test_a_leak_after_the_minute_gets_a_nudge_of_its_own(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent())
    await store.commit([leak("2", at=NOON + 60)])

    assert [(row.kind, count_of(row)) for row in store.outbox()] == [("nudge", 1), ("nudge", 1)]


async def test_others_and_other_chats_get_their_own(store: Store) -> None:
    await store.commit([leak("1"), leak("2", sender="8"), leak("3", chat="-200")])

    assert [row.kind for row in store.outbox()] == ["nudge"] * 3


async def test_an_album_counts_as_one_message(store: Store) -> None:
    await store.commit([leak("1", album="a"), leak("2", album="a"), leak("3")])

    assert count_of(store.outbox()[0]) == 2


async def test_a_nudge_that_failed_can_not_be_changed_so_the_next_one_comes_after_the_minute(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Refused("blocked"))
    await store.commit([leak("2", at=NOON + 30), leak("3", at=NOON + 31)])

    first, second = store.outbox()
    assert (first.state, second.state, second.due_at) == ("unreachable", "waiting", NOON + 60)
    assert count_of(second) == 2


async def test_a_rewrite_that_is_refused_becomes_a_nudge_about_what_was_not_told_yet(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([leak("2", at=NOON + 30)])
    await tried(store, store.outbox()[1], Refused("message_not_found"), at=NOON + 31)

    _, rewrite, second = store.outbox()
    assert rewrite.state == "refused"
    assert (second.kind, second.due_at, count_of(second)) == ("nudge", NOON + 60, 1)
    assert second.incidents == rewrite.incidents[1:]


async def test_thanks_that_are_refused_are_let_go(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([clean(at=NOON + 5)])
    await tried(store, store.outbox()[1], Refused("message_not_found"), at=NOON + 6)

    assert [row.state for row in store.outbox()] == ["sent", "refused"]


async def test_one_of_two_cleaned_leaves_a_nudge_about_the_other(store: Store) -> None:
    await store.commit([leak("1"), leak("2")])
    await store.commit([clean("1")])

    assert count_of(store.outbox()[0]) == 1
    await store.commit([clean("2")])
    assert state(store, store.outbox()[0]) == "cancelled"


async def test_a_send_that_changed_or_ended_since_it_was_read_does_not_go(store: Store) -> None:
    await store.commit([leak("1")])
    (before,) = store.outbox()
    await store.commit([leak("2")])

    assert not await store.sending(before, "dm", NOON)
    await store.commit([clean("1"), clean("2")])
    assert not await store.sending(store.outbox()[0], "dm", NOON)


@pytest.mark.parametrize("again", [leak, lambda _, at: Alert("stub", AlertCode.GAP, at, ("1",))], ids=["leak", "alert"])
async def test_what_happens_later_joins_a_send_that_waits_for_its_repeat_and_does_not_wait_along(
    store: Store, again: Callable[..., Change]
) -> None:
    await store.commit([again("1", at=NOON)])
    at = NOON
    for _ in range(6):
        await tried(store, store.outbox()[0], Unknown("timeout"), at=at)
        at = store.outbox()[0].due_at
    await store.commit([again("2", at=at - 10)])

    assert [(row.due_at, count_of(row)) for row in store.outbox()] == [(at - 10, 2)]
    await store.commit([again("3", at=at - 5)])
    assert [(row.due_at, count_of(row)) for row in store.outbox()] == [(at - 10, 3)]


async def test_alerts_of_one_kind_come_at_most_once_a_minute(store: Store) -> None:
    def bad_policy(at: float) -> Alert:
        return Alert("stub", AlertCode.POLICY, at, ("1",))

    await store.commit([bad_policy(NOON)])
    await tried(store, store.outbox()[0], Sent())
    await store.commit([bad_policy(NOON + 1), bad_policy(NOON + 2)])

    assert [(row.due_at, count_of(row)) for row in store.outbox()] == [(NOON, 1), (NOON + 60, 2)]


async def test_alerts_that_join_speak_of_all_their_incidents_and_of_each_once(store: Store) -> None:
    alerting: dict[str, Any] = {"effects": frozenset({"alert"}), "admins": ("1",)}
    await store.commit(
        [
            leak("1", severity="low", types={"PHONE_NUMBER": 1}, **alerting),
            leak("2", severity="critical", types={"HKID": 2}, **alerting),
            leak("3", severity="medium", types={"HKID": 1}, **alerting),
            leak("3", revision="5", severity="medium", types={"HKID": 2}, **alerting),
        ]
    )

    (row,) = store.outbox(kind=SendKind.ALERT)
    assert isinstance(row.body, AlertBody)
    assert (row.body.count, row.body.severity) == (3, "critical")
    assert {*row.body.types} == {"PHONE_NUMBER", "HKID"}


async def test_what_a_rewrite_could_not_tell_joins_a_newer_nudge(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([leak("2", at=NOON + 50)])
    await store.commit([leak("3", at=NOON + 61)])
    await tried(store, store.outbox()[1], Refused("message_not_found"), at=NOON + 62)

    assert [(row.kind, row.state) for row in store.outbox()] == [
        ("nudge", "sent"),
        ("rewrite", "refused"),
        ("nudge", "waiting"),
    ]
    assert count_of(store.outbox()[2]) == 2


async def test_a_nudge_that_arrives_nowhere_takes_its_rewrites_along(store: Store) -> None:
    await store.commit([leak("1")])
    nudge = store.outbox()[0]
    assert await store.sending(nudge, "dm", NOON)
    await store.commit([leak("2", at=NOON + 1)])
    await store.settled(nudge.id, Refused("blocked"), NOON + 2)

    assert [(row.kind, row.state) for row in store.outbox()] == [("nudge", "unreachable"), ("rewrite", "cancelled")]
    await store.commit([Reach("stub", "", "7", ReachState.STARTED, NOON + 3)])
    assert count_of(store.outbox(states=(SendState.WAITING,))[0]) == 2


async def test_a_nudge_that_waits_again_says_what_holds_by_then(store: Store) -> None:
    await store.commit([leak("1"), leak("2", sender="8")])
    for row in store.outbox():
        assert await store.sending(row, "dm", NOON)
    await store.commit([leak("3", at=NOON + 1), clean("2", at=NOON + 1)])
    for row in store.outbox(kind=SendKind.NUDGE):
        await store.settled(row.id, Later(5, "429"), NOON + 2)

    joined, ended = store.outbox(kind=SendKind.NUDGE)
    assert (joined.state, count_of(joined), ended.state) == ("waiting", 2, "cancelled")
    assert [row.state for row in store.outbox(kind=SendKind.REWRITE)] == ["cancelled", "cancelled"]


async def test_a_nudge_speaks_of_what_is_open_only(store: Store) -> None:
    await store.commit([leak("1", wording=("hkid",)), leak("2", wording=("phone",), own=True)])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([clean("1", at=NOON + 5)])

    rewrite = store.outbox(kind=SendKind.REWRITE)[0]
    assert rewrite.body == NudgeBody(("phone",), own=True, count=1)
    assert [row.message for row in map(store.incident, rewrite.incidents) if row] == ["2"]


async def test_a_nudge_that_says_it_already_is_not_rewritten(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([leak("1", revision="5", types={"HKID": 2}, at=NOON + 5)])

    assert [row.kind for row in store.outbox()] == ["nudge"]
