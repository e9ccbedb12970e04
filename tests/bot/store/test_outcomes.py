"""What becomes of sends: settled, repeated, read back, too late, set aside."""

import pytest

from bot.message import Ask
from bot.send import Later, Outcome, Refused, Sent, Unknown
from bot.store import Alert, Store
from bot.words import AlertCode
from tests.fakes.bodies import count_of
from tests.fakes.logbook import HOUR, NOON, clean, leak, state, tried


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


async def test_an_outcome_is_settled_once(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.settled(store.outbox()[0].id, Refused("blocked"), NOON)
    await store.found(store.outbox()[0].id, None, NOON)

    assert state(store, store.outbox()[0]) == "sent"
    assert len(store.attempts()) == 1


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


async def test_a_rewrite_of_unknown_outcome_goes_again_unmarked_until_it_is_given_up(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([leak("2", at=NOON + 1)])
    for at in (2.0, 10.0, 20.0):
        await tried(store, store.outbox()[1], Unknown("timeout"), at=NOON + at)

    first, rewrite, anew = store.outbox()
    assert (first.state, rewrite.state, rewrite.unsure) == ("sent", "refused", 0)
    assert (anew.kind, anew.due_at, anew.incidents) == ("nudge", NOON + 60, rewrite.incidents[1:])


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


async def test_a_thank_you_of_unknown_outcome_goes_on_for_as_long_as_a_nudge(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([clean("1", at=NOON + 1)])
    at, tries = NOON + 2, 0
    while (thanks := store.outbox()[1]).state == "waiting" and thanks.expires_at > at:
        await tried(store, thanks, Unknown("timeout"), at=at)
        at, tries = store.outbox()[1].due_at, tries + 1

    assert tries > 50
    assert at > NOON + 47 * 3600
    assert [row.kind for row in store.outbox()] == ["nudge", "rewrite"]


async def test_news_does_not_wait_for_the_repeat_of_a_thank_you(store: Store) -> None:
    await store.commit([leak("1")])
    await tried(store, store.outbox()[0], Sent("{}"))
    await store.commit([clean("1", at=NOON + 1)])
    for at in (2.0, 10.0, 40.0):
        await tried(store, store.outbox()[1], Unknown("timeout"), at=NOON + at)
    await store.commit([leak("2", at=NOON + 41)])

    assert store.outbox()[1].due_at == NOON + 41
    assert count_of(store.outbox()[1]) == 1
    await tried(store, store.outbox()[1], Unknown("timeout"), at=NOON + 42)
    assert [(row.kind, row.state) for row in store.outbox()][1:] == [("rewrite", "refused"), ("nudge", "waiting")]
