"""One delivery: the ladder, and what became of a call."""

import asyncio

import pytest

from bot.message import Ask, Reach
from bot.send import Outcome, Refused, Send, Sent, Unknown
from bot.sending.courier import Courier
from bot.store import OutboxRow, Store, StoreError
from bot.words import ReachState
from tests.fakes.logbook import NOON, Clock, leak
from tests.fakes.posting import courier, states
from tests.fakes.stub_platform import StubPlatform, compose

pytestmark = pytest.mark.fault


async def test_the_ladder_is_walked_down_while_rungs_refuse(store: Store, clock: Clock) -> None:
    platform = StubPlatform(ladder=("dm", "ephemeral"))
    platform.answers["dm"].append(Refused("not_started"))
    await store.commit([leak()])
    await courier(store, clock, platform).drain()

    assert [rung for rung, _ in platform.wire] == ["dm", "ephemeral"]
    assert [(attempt.rung, attempt.outcome, attempt.code) for attempt in store.attempts()] == [
        ("dm", "refused", "not_started"),
        ("ephemeral", "sent", ""),
    ]
    assert (states(store), store.outbox()[0].rung) == (["sent"], "ephemeral")


async def test_a_nudge_that_every_rung_refuses_is_unreachable_and_goes_when_the_door_opens(
    store: Store, clock: Clock
) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Refused("not_started"))
    await store.commit([leak()])
    post = courier(store, clock, platform)
    await post.drain()
    assert states(store) == ["unreachable"]

    await store.commit([Reach("stub", "", "7", ReachState.STARTED, NOON + 60)])
    clock.now += 60
    await post.drain()
    assert states(store) == ["sent"]


async def test_without_any_rung_a_nudge_is_unreachable_and_a_reply_refused(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    await store.commit(
        [Reach("stub", "", "7", ReachState.BLOCKED, NOON), leak(), Ask("stub", "", "7", "7", "help", (), NOON)]
    )
    await courier(store, clock, platform).drain()

    assert platform.wire == []
    assert states(store) == ["unreachable", "refused"]


async def test_no_nudge_is_lost_however_many_calls_break_in_a_row(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.answers["dm"].extend([Unknown("timeout"), ConnectionResetError(), Unknown("gateway")])
    await store.commit([leak()])
    post = courier(store, clock, platform)
    for _ in range(4):
        await post.drain()
        clock.now = max(clock.now, store.outbox()[0].due_at)

    assert len(platform.wire) == 4
    assert [(row.state, row.unsure) for row in store.outbox()] == [("repeated", 3)]


@pytest.mark.parametrize(("arrived", "calls"), [(True, 1), (False, 2)])
async def test_an_unknown_outcome_is_read_back_where_that_is_possible(
    store: Store, clock: Clock, *, arrived: bool, calls: int
) -> None:
    platform = StubPlatform(reads_back=True)
    platform.answers["dm"].append(Unknown("timeout"))
    await store.commit([leak()])
    if arrived:
        platform.arrived[store.outbox()[0].id] = '{"ts": "5"}'
    await courier(store, clock, platform).drain()

    assert (len(platform.wire), len(platform.asked)) == (calls, 1)
    assert states(store) == ["sent"]


async def test_a_rung_without_a_trace_gets_one_repeat_also_where_others_can_be_read_back(
    store: Store, clock: Clock
) -> None:
    platform = StubPlatform(reads_back=True)
    platform.traceless.add("dm")
    platform.answers["dm"].append(Unknown("timeout"))
    await store.commit([leak()])
    post = courier(store, clock, platform)
    await post.drain()
    clock.now += 3
    await post.drain()

    assert (len(platform.wire), states(store)) == (2, ["repeated"])


@pytest.mark.parametrize(
    ("reads_back", "arrived", "calls", "state"),
    [(False, False, 1, "repeated"), (True, True, 0, "sent"), (True, False, 1, "sent")],
)
async def test_what_a_crash_interrupted_is_recalled(
    store: Store, clock: Clock, *, reads_back: bool, arrived: bool, calls: int, state: str
) -> None:
    await store.commit([leak()])
    (row,) = store.outbox()
    assert await store.sending(row, "dm", NOON)
    platform = StubPlatform(reads_back=reads_back)
    if arrived:
        platform.arrived[row.id] = '{"ts": "5"}'
    await courier(store, clock, platform).drain()

    assert (len(platform.wire), states(store)) == (calls, [state])


async def test_a_joined_nudge_is_rewritten_in_place(store: Store, clock: Clock) -> None:
    platform = StubPlatform(ladder=("dm", "ephemeral"))
    platform.answers["dm"].append(Refused("not_started"))
    post = courier(store, clock, platform)
    await store.commit([leak("1")])
    await post.drain()
    await store.commit([leak("2")])
    await post.drain()

    rung, send = platform.wire[-1]
    assert (rung, send.kind, send.replaces, '"count": 2' in send.text) == ("ephemeral", "nudge", '{"ts": "2"}', True)


async def test_a_send_that_can_not_be_written_stops_nobody_and_is_set_aside(store: Store, clock: Clock) -> None:
    async def picky(row: OutboxRow) -> Send:
        if row.recipient == "7":
            raise KeyError(row.recipient)
        return await compose(row)

    platform = StubPlatform()
    post = Courier(store, {"stub": platform}, picky, clock)
    await store.commit([leak("1"), leak("2", sender="8")])
    for _ in range(3):
        await post.drain()
        clock.now += 60

    assert states(store) == ["refused", "sent"]
    assert [row.name for row in store.poison()] == ["outbox/1"]


async def test_a_send_whose_writing_never_ends_is_set_aside_too(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(row: OutboxRow) -> Send:
        await asyncio.Event().wait()
        return await compose(row)

    monkeypatch.setattr("bot.sending.delivery.CALL_SECONDS", 0.01)
    post = Courier(store, {"stub": StubPlatform()}, stuck, clock)
    await store.commit([leak()])
    for _ in range(3):
        await post.drain()
        clock.now += 60

    assert states(store) == ["refused"]


async def test_sent_keeps_the_reference(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Sent('{"chat": "7", "message": "55"}'))
    await store.commit([leak()])
    await courier(store, clock, platform).drain()

    assert store.outbox()[0].ref == '{"chat": "7", "message": "55"}'


async def test_a_call_that_never_ends_has_an_unknown_outcome(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending.delivery.CALL_SECONDS", 0.01)
    platform = StubPlatform()
    platform.gate = asyncio.Event()
    await store.commit([leak()])
    await courier(store, clock, platform).drain()

    assert states(store) == ["waiting"]
    assert [(attempt.outcome, attempt.code) for attempt in store.attempts()] == [("unknown", "timeout")]


async def test_what_became_of_a_call_is_written_down_as_soon_as_the_store_works_again(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending.delivery.PATIENCE", 0.001)
    settled, failures = store.settled, iter([StoreError("full"), StoreError("full")])

    async def failing(row_id: int, outcome: Outcome, now: float, **told: bool) -> None:
        if failure := next(failures, None):
            raise failure
        await settled(row_id, outcome, now, **told)

    monkeypatch.setattr(store, "settled", failing)
    platform = StubPlatform()
    await store.commit([leak()])
    await courier(store, clock, platform).drain()

    assert (len(platform.wire), states(store)) == (1, ["sent"])
