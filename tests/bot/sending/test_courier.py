"""How the outbox gets onto the wire."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.message import Ask, Reach
from bot.send import Later, Outcome, Refused, Send, Sent, Unknown
from bot.sending.courier import Courier
from bot.store import OutboxRow, Store, StoreError
from bot.words import ReachState
from tests.fakes.logbook import NOON, Clock, clean, leak
from tests.fakes.stub_platform import StubPlatform, compose


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sending.delivery.LOOK_AFTER", 0.001)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", clock)
    yield opened
    opened.close()


def courier(store: Store, clock: Callable[[], float], *platforms: StubPlatform) -> Courier:
    return Courier(store, {platform.name: platform for platform in platforms}, compose, clock)


def states(store: Store) -> list[str]:
    return [row.state for row in store.outbox()]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what other tasks and the store's thread do."""
    while not condition():  # noqa: ASYNC110 - the store has no event for what it wrote
        await asyncio.sleep(0.001)


@asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(courier.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_commit_wakes_the_courier(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    async with running(courier(store, clock, platform)):
        await asyncio.sleep(0)
        await store.commit([leak()])
        await platform.called.wait()

    (rung, send) = platform.wire[0]
    assert (rung, send.kind, send.recipient, send.incident) == ("dm", "nudge", "7", store.outbox()[0].incidents[0])
    assert states(store) == ["sent"]


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


async def test_later_holds_one_bucket_and_nobody_else(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Later(30, "429"))
    await store.commit([leak("1"), leak("2", sender="8", at=NOON + 1)])
    clock.now += 1
    post = courier(store, clock, platform)
    await post.drain()
    assert states(store) == ["waiting", "sent"]

    clock.now += 31
    await post.drain()
    assert states(store) == ["sent", "sent"]


@pytest.mark.parametrize("reads_back", [True, False])
async def test_one_call_at_a_time_for_each_recipient_and_several_recipients_side_by_side(
    store: Store, clock: Clock, *, reads_back: bool
) -> None:
    platform = StubPlatform(reads_back=reads_back)
    platform.gate = asyncio.Event()
    for chat in ("-1", "-2", "-3"):
        await store.commit([leak(chat=chat, sender="7"), leak("2", chat=chat, sender="8")])
    async with running(courier(store, clock, platform)) as task:
        await until(lambda: platform.at_once == 2)
        assert sorted(send.recipient for _, send in platform.wire) == ["7", "8"]
        platform.gate.set()
        await until(lambda: states(store) == ["sent"] * 6)
        assert not task.done()

    assert platform.most_at_once == 2


async def test_thirty_calls_at_a_time_each_marked_before_it_begins(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.gate = asyncio.Event()
    await store.commit([leak(str(n), sender=str(n)) for n in range(40)])
    async with running(courier(store, clock, platform)):
        await until(lambda: platform.at_once == 30)
        assert states(store).count("sending") == 30
        assert {send.id for _, send in platform.wire} == {row.id for row in store.under_way("stub")}
        platform.gate.set()
        await until(lambda: states(store) == ["sent"] * 40)

    assert platform.most_at_once == 30


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


async def test_a_rewrite_waits_for_the_nudge_that_is_under_way(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.gate = asyncio.Event()
    async with running(courier(store, clock, platform)):
        await store.commit([leak("1")])
        await platform.called.wait()
        await store.commit([clean("1")])
        platform.gate.set()
        await until(lambda: states(store) == ["sent", "sent"])

    assert [(send.replaces, "thanks" in send.text) for _, send in platform.wire] == [("", False), ('{"ts": "1"}', True)]


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


async def test_platforms_do_not_wait_for_each_other(store: Store, clock: Clock) -> None:
    slow, quick = StubPlatform("slow"), StubPlatform("quick")
    slow.gate = asyncio.Event()
    await store.commit([leak(platform="slow"), leak(platform="quick")])
    async with running(courier(store, clock, slow, quick)):
        await quick.called.wait()
        await until(lambda: states(store)[1] == "sent")
        assert states(store)[0] == "sending"
        slow.gate.set()


async def test_stopping_finishes_the_call_in_flight_and_starts_no_other(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.gate = asyncio.Event()
    post = courier(store, clock, platform)
    async with running(post):
        await store.commit([leak("1"), leak("2", chat="-200")])
        await platform.called.wait()
        stopping = asyncio.create_task(post.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        platform.gate.set()
        await stopping

    assert states(store) == ["sent", "waiting"]


async def test_what_becomes_due_later_goes_without_another_commit(store: Store, tmp_path: Path) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Later(0.02, "429"))
    async with running(courier(store, time.time, platform)):
        await store.commit([leak(at=time.time())])
        await until(lambda: states(store) == ["sent"])

    assert len(platform.wire) == 2


async def test_sent_keeps_the_reference(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Sent('{"chat": "7", "message": "55"}'))
    await store.commit([leak()])
    await courier(store, clock, platform).drain()

    assert store.outbox()[0].ref == '{"chat": "7", "message": "55"}'


async def test_pacing_lets_everything_through_in_the_end(store: Store) -> None:
    platform = StubPlatform()
    platform.limited = {"all": (1, 0.02)}
    await store.commit([leak(str(n), sender=str(n), at=time.time()) for n in range(3)])
    await courier(store, time.time, platform).drain()

    assert sorted(send.recipient for _, send in platform.wire) == ["0", "1", "2"]


async def test_stopping_does_not_wait_for_room(store: Store) -> None:
    platform = StubPlatform()
    platform.limited = {"all": (1, 3600.0)}
    await store.commit([leak(str(n), sender=str(n), at=time.time()) for n in range(2)])
    post = courier(store, time.time, platform)
    async with running(post):
        await until(lambda: "sent" in states(store))
        await post.stop()

    assert sorted(states(store)) == ["sent", "waiting"]


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

    async def failing(row_id: int, outcome: Outcome, now: float, *, last: bool = True) -> None:
        if failure := next(failures, None):
            raise failure
        await settled(row_id, outcome, now, last=last)

    monkeypatch.setattr(store, "settled", failing)
    platform = StubPlatform()
    await store.commit([leak()])
    await courier(store, clock, platform).drain()

    assert (len(platform.wire), states(store)) == (1, ["sent"])


async def test_a_store_that_can_not_be_read_is_asked_again(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending.courier.PATIENCE", 0.001)
    under_way, failures = store.under_way, iter([StoreError("locked")])

    def failing(platform: str) -> tuple[OutboxRow, ...]:
        if failure := next(failures, None):
            raise failure
        return under_way(platform)

    monkeypatch.setattr(store, "under_way", failing)
    platform = StubPlatform()
    await store.commit([leak()])
    async with running(courier(store, clock, platform)):
        await until(lambda: states(store) == ["sent"])
    assert len(platform.wire) == 1


async def test_a_flood_to_one_person_does_not_hold_up_another(store: Store, clock: Clock) -> None:
    platform = StubPlatform(reads_back=True)
    platform.gate = asyncio.Event()
    await store.commit([Ask("stub", "", "7", "7", "help", (), NOON) for _ in range(50)] + [leak(sender="8")])
    async with running(courier(store, clock, platform)):
        await until(lambda: {send.recipient for _, send in platform.wire} == {"7", "8"})
        assert len(platform.wire) == 2
        platform.gate.set()
        await until(lambda: states(store) == ["sent"] * 51)


async def test_a_rewrite_goes_out_to_somebody_who_does_not_pause(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.limited = {"chat:7": (1, 0.1)}
    async with running(courier(store, clock, platform)):
        for number in range(100):
            await store.commit([leak(str(number))])
            await asyncio.sleep(0.02)
            if any(send.replaces for _, send in platform.wire):
                break

    assert [bool(send.replaces) for _, send in platform.wire] == [False, True]


async def test_a_wall_clock_that_steps_back_holds_nobody_up(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    platform.limited = {"all": (1, 0.02)}
    post = courier(store, clock, platform)
    await store.commit([leak()])
    await post.drain()
    clock.now -= 600
    await store.commit([leak("2", sender="8", at=clock.now)])
    async with asyncio.timeout(60):
        await post.drain()

    assert states(store) == ["sent", "sent"]
