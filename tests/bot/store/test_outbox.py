"""What joins what, what follows chats and people, and what becomes of sends."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.message import Ask, ChatChange, Reach
from bot.send import Later, Outcome, Refused, Sent, Unknown
from bot.store import Alert, AlertBody, Change, NoticeBody, NudgeBody, OutboxRow, Store
from bot.words import AlertCode, ChatState, EphemeralState, NoticeCode, ReachState, SendKind, SendState
from tests.fakes.bodies import code_of, count_of
from tests.fakes.logbook import NOON, Clock, clean, leak

HOUR = 3600.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock())
    yield opened
    opened.close()


async def tried(store: Store, row: OutboxRow, outcome: Outcome, at: float = NOON, rung: str = "dm") -> None:
    assert await store.sending(row, rung, at)
    await store.settled(row.id, outcome, at)


def state(store: Store, row: OutboxRow) -> str:
    now = store.outbox_row(row.id)
    assert now is not None
    return now.state


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


async def test_a_send_that_is_too_late_is_cancelled(store: Store) -> None:
    await store.commit([Ask("stub", "", "7", "7", "help", (), NOON)])

    assert not await store.sending(store.outbox()[0], "dm", NOON + 2 * HOUR)
    assert state(store, store.outbox()[0]) == "cancelled"


@pytest.mark.parametrize(
    ("outcome", "becomes", "due"),
    [
        (Sent("{}"), "sent", NOON),
        (Later(30, "429"), "waiting", NOON + 30),
        (Refused("blocked"), "unreachable", NOON),
        (Unknown("timeout"), "waiting", NOON + 3),
        (Unknown("crash"), "waiting", NOON),
    ],
)
async def test_an_outcome_is_settled(store: Store, outcome: Outcome, becomes: str, due: float) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], outcome)

    (row,) = store.outbox()
    assert (row.state, row.due_at) == (becomes, due)
    assert [attempt.outcome for attempt in store.attempts()] == [type(outcome).__name__.lower()]


async def test_an_unknown_outcome_is_repeated_with_growing_pauses_until_an_answer_comes(store: Store) -> None:
    await store.commit([leak("1")])
    at, pauses = NOON, []
    for _ in range(4):
        await tried(store, store.outbox()[0], Unknown("timeout"), at=at)
        due = store.outbox()[0].due_at
        pauses.append(due - at)
        at = due
    await tried(store, store.outbox()[0], Sent("{}"), at=at)

    (row,) = store.outbox()
    assert (pauses, row.state, row.unsure) == ([3.0, 6.0, 12.0, 24.0], "repeated", 4)


async def test_repeats_end_after_48_hours_and_the_row_says_that_it_was_repeated(store: Store) -> None:
    await store.commit([leak("1"), leak("2", sender="8")])
    first, second = store.outbox()
    at, pauses = NOON, []
    while await store.sending(first, "dm", at):
        await store.settled(first.id, Unknown("timeout"), at)
        (first, _) = store.outbox()
        pauses.append(first.due_at - at)
        at = first.due_at
    await tried(store, second, Unknown("timeout"))
    await store.expire(NOON + 48 * HOUR)

    assert NOON + 47 * HOUR < at - pauses[-1] < NOON + 48 * HOUR
    assert max(pauses) == 3.0 * 2**10
    assert [(row.state, row.unsure) for row in store.outbox()] == [("repeated", len(pauses)), ("repeated", 1)]


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


async def test_every_crash_may_repeat_the_send_that_was_in_flight(store: Store) -> None:
    await store.commit([leak("1")])
    for _ in range(3):
        await tried(store, store.outbox()[0], Unknown("crash"))
    await tried(store, store.outbox()[0], Sent("{}"))

    assert state(store, store.outbox()[0]) == "repeated"
    assert store.outbox()[0].unsure == 3


async def test_a_send_that_was_read_back_is_sent_or_goes_again_unmarked(store: Store) -> None:
    await store.commit([leak("1"), leak("2", sender="8")])
    first, second = store.outbox()
    for row in (first, second):
        assert await store.sending(row, "dm", NOON)
    await store.found(first.id, Sent('{"ts": "9"}'), NOON)
    await store.found(second.id, None, NOON)
    await tried(store, second, Sent())

    assert [(row.state, row.ref) for row in store.outbox()] == [("sent", '{"ts": "9"}'), ("sent", "")]


async def test_pressing_start_delivers_young_nudges_as_one_for_each_chat(store: Store) -> None:
    for at, wording in ((0, "hkid"), (100, "phone"), (200, "hkid")):
        await store.commit([leak(str(at), at=NOON + at, wording=(wording,))])
        await tried(store, store.outbox()[-1], Refused("not_started"), at=NOON + at)
    await store.commit([Reach("stub", "", "7", ReachState.STARTED, NOON + 47 * HOUR, "zh")])

    (nudge,) = store.outbox(states=(SendState.WAITING,))
    assert nudge.body == NudgeBody(("hkid", "phone"), count=3)
    person = store.person("stub", "", "7")
    assert (person.reach, person.language, person.app_language) == ("started", "", "zh")


async def test_pressing_start_does_not_deliver_what_is_old_or_settled(store: Store) -> None:
    await store.commit([leak("1"), leak("2", chat="-200", at=NOON + 3 * HOUR)])
    for row in store.outbox():
        await tried(store, row, Refused("not_started"), at=row.due_at)
    await store.commit([clean("2", chat="-200", at=NOON + 4 * HOUR)])
    await store.commit([Reach("stub", "", "7", ReachState.STARTED, NOON + 48 * HOUR)])

    assert [row.state for row in store.outbox()] == ["unreachable", "unreachable"]


async def test_joining_greets_once(store: Store) -> None:
    for state_ in (ChatState.JOINED, ChatState.JOINED, ChatState.LEFT, ChatState.JOINED):
        await store.commit([ChatChange("stub", "", "-100", state_, NOON)])

    (greeting,) = store.outbox()
    assert (greeting.kind, greeting.body, greeting.recipient) == ("notice", NoticeBody(NoticeCode.GREETING), "")
    (chat,) = store.chats("stub")
    assert (chat.state, chat.greeted_at) == ("joined", NOON)


async def test_leaving_cancels_what_waits_for_the_chat(store: Store) -> None:
    await store.commit([leak("1"), leak("2", chat="-200")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.LEFT, NOON)])

    assert [row.state for row in store.outbox()] == ["cancelled", "waiting"]


async def test_a_moved_chat_takes_everything_along_and_new_messages_are_new(store: Store) -> None:
    await store.commit([ChatChange("stub", "", "-100", ChatState.JOINED, NOON), leak("1")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-999")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-999")])
    await store.commit([leak("1", chat="-999", at=NOON + 1)])

    assert sorted(row.message for row in store.incidents(0, NOON + 9, chat="-999")) == ["-100/1", "1"]
    assert {row.chat for row in store.outbox()} == {"-999"}
    assert [(chat.chat, chat.greeted_at) for chat in store.chats()] == [("-999", NOON)]


async def test_a_move_to_where_the_chat_is_changes_nothing(store: Store) -> None:
    await store.commit([leak("1")])
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-100")])
    assert [row.message for row in store.incidents(0, NOON + 9)] == ["1"]


async def test_a_mute_and_the_greeting_move_along(store: Store) -> None:
    await store.commit([ChatChange("stub", "", "-999", ChatState.JOINED, NOON)])
    await store.commit([ChatChange("stub", "", "-100", ChatState.JOINED, NOON - 5), leak("1")])
    greeted = next(row for row in store.outbox(kind=SendKind.NOTICE) if row.chat == "-100")
    await tried(store, greeted, Sent())
    await store.commit([ChatChange("stub", "", "-100", ChatState.MOVED, NOON, to="-999")])

    assert [(row.chat, row.state) for row in store.outbox(kind=SendKind.NOTICE)] == [
        ("-999", "cancelled"),
        ("-999", "sent"),
    ]


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


async def test_an_alert_that_an_admin_never_got_is_counted(store: Store) -> None:
    await store.commit([Alert("stub", AlertCode.POLICY, NOON, ("1", "2"))])
    outcomes: tuple[Outcome, ...] = (Sent(), Refused("not_started"))
    for row, outcome in zip(store.outbox(), outcomes, strict=True):
        await tried(store, row, outcome)

    assert store.counts().alerts == 1


async def test_a_send_that_can_not_be_written_is_set_aside_after_three_tries(store: Store) -> None:
    await store.commit([leak("1")])
    for _ in range(3):
        await store.spoiled(store.outbox()[0].id, NOON)

    assert state(store, store.outbox()[0]) == "refused"
    assert [(row.name, row.attempts, row.aside) for row in store.poison()] == [("outbox/1", 3, True)]


async def test_what_fails_to_parse_is_counted_and_set_aside_at_the_limit(store: Store) -> None:
    assert [await store.stumble("stub", "update/9", "KeyError") for _ in range(3)] == [False, False, True]
    assert store.counts().aside == 1


async def test_who_has_something_due_and_what_comes_first(store: Store) -> None:
    await store.commit([leak("1", at=NOON + 1), leak("2", sender="8"), leak("3", sender="8", chat="-200", at=NOON + 2)])

    assert store.due("stub", NOON + 5) == (("", "8", ""), ("", "7", ""))
    assert store.due("stub", NOON) == (("", "8", ""),)
    first = store.next_for("stub", ("", "8", ""), NOON + 5)
    assert first is not None
    assert first.message == "2"
    assert store.next_due("stub", NOON) == NOON + 1


async def test_a_rewrite_of_unknown_outcome_goes_again_unmarked_until_it_is_given_up(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([leak("2", at=NOON + 1)])
    for at in (2.0, 10.0, 20.0):
        await tried(store, store.outbox()[1], Unknown("timeout"), at=NOON + at)

    first, rewrite, anew = store.outbox()
    assert (first.state, rewrite.state, rewrite.unsure) == ("sent", "refused", 0)
    assert (anew.kind, anew.due_at, anew.incidents) == ("nudge", NOON + 60, rewrite.incidents[1:])


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


async def test_an_outcome_is_settled_once(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.settled(store.outbox()[0].id, Refused("blocked"), NOON)
    await store.found(store.outbox()[0].id, None, NOON)

    assert state(store, store.outbox()[0]) == "sent"
    assert len(store.attempts()) == 1


async def test_a_reminder_is_queued_and_remembered(store: Store) -> None:
    await store.set_chat("stub", "", "-100", state=ChatState.JOINED, ephemeral=EphemeralState.OPEN)
    await store.remind("stub", "", "-100")

    (chat,) = store.chats("stub")
    assert (chat.ephemeral, chat.reminded_at) == ("open", NOON)
    assert [(row.kind, code_of(row), row.recipient) for row in store.outbox()] == [("notice", "reminder", "")]


async def test_what_is_known_of_a_person_is_kept_piece_by_piece(store: Store) -> None:
    await store.set_person("stub", "", "7", reach=ReachState.STARTED)
    await store.set_person("stub", "", "7", language="zh")

    person = store.person("stub", "", "7")
    assert (person.reach, person.language, person.since) == ("started", "zh", NOON)
