"""What a sweep found beside what the live bot finds."""

from dataclasses import replace

from bot.store import NudgeBody, Store, Unearthed
from bot.words import IncidentState, PressCode, Resolution, SendKind
from policies.pace import Pace
from tests.fakes.logbook import NOON, leak

DAY = 86_400.0


async def test_the_same_message_counts_once_and_only_the_sweep_that_wrote_it_goes_on(store: Store) -> None:
    assert await store.commit([Unearthed(leak("1"))]) == (PressCode.NOTHING,)
    assert await store.commit([Unearthed(leak("1"))]) == (PressCode.NOTHING,)  # the same sweep, after a kill
    assert await store.commit([Unearthed(leak("1", at=NOON + DAY))]) == (PressCode.STALE,)
    [row] = store.incidents(0, NOON + DAY)
    assert (row.source, row.state, row.resolution) == ("sweep", IncidentState.ENDED, Resolution.EXPIRED)
    assert store.outbox() == ()


async def test_old_messages_make_nobody_one_who_was_told_several_times(store: Store) -> None:
    pace = Pace(again_after=1, again_days=7)
    await store.commit([Unearthed(leak("1")), leak("2", pace=pace)])
    [first] = store.outbox(kind=SendKind.NUDGE)
    assert isinstance(first.body, NudgeBody)
    assert "again" not in first.body.wording
    await store.commit([leak("3", at=NOON + 3600, posted_at=NOON + 3600, pace=pace)])
    [both] = store.outbox(kind=SendKind.NUDGE)
    assert isinstance(both.body, NudgeBody)
    assert "again" in both.body.wording  # the one before it was the bot's own


async def test_an_edit_that_the_bot_sees_later_counts_as_ever(store: Store) -> None:
    await store.commit([Unearthed(leak("1"))])
    clean = replace(leak("1", revision="5", at=NOON + 60), rules=(), types={}, effects=frozenset())
    await store.commit([clean])
    [row] = store.incidents(0, NOON + DAY)
    assert row.resolution is Resolution.EDITED
    await store.commit([leak("1", revision="6", at=NOON + 120)])
    assert [send.kind for send in store.outbox()] == [SendKind.NUDGE]


async def test_retention_counts_from_the_sweep(store: Store) -> None:
    await store.commit([Unearthed(leak("1", posted_at=NOON - 900 * DAY))])
    await store.purge(NOON - DAY, NOON)
    assert len(store.incidents(0, NOON + DAY)) == 1
    await store.purge(NOON + DAY, NOON + 2 * DAY)
    assert store.incidents(0, NOON + DAY) == ()
