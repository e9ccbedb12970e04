"""Who is written to when: side by side, in turn, paced, and until it is time to stop."""

import asyncio
import itertools
import time
from pathlib import Path

import pytest

from bot.message import Ask
from bot.send import Later
from bot.store import OutboxRow, Store, StoreError
from tests.fakes.logbook import NOON, Clock, clean, leak
from tests.fakes.posting import courier, running, states, until
from tests.fakes.stub_platform import StubPlatform


async def test_a_commit_wakes_the_courier(store: Store, clock: Clock) -> None:
    platform = StubPlatform()
    async with running(courier(store, clock, platform)):
        await asyncio.sleep(0)
        await store.commit([leak()])
        await platform.called.wait()

    (rung, send) = platform.wire[0]
    assert (rung, send.kind, send.recipient, send.incident) == ("dm", "nudge", "7", store.outbox()[0].incidents[0])
    assert states(store) == ["sent"]


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


@pytest.mark.parametrize("moments", range(4))
async def test_being_told_to_stop_at_the_moment_of_news_stops_it(store: Store, clock: Clock, moments: int) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Later(3600, "429"))
    await store.commit([leak()])
    post = courier(store, clock, platform)
    task = asyncio.create_task(post.run())
    await until(lambda: bool(platform.wire) and states(store) == ["waiting"])
    for _ in range(20):
        await asyncio.sleep(0)  # by now it rests until the hour is over
    post._wake()
    for _ in range(moments):
        await asyncio.sleep(0)
    task.cancel()
    ended, _ = await asyncio.wait({task}, timeout=10)
    await post.stop()
    assert ended


async def test_what_becomes_due_later_goes_without_another_commit(store: Store, tmp_path: Path) -> None:
    platform = StubPlatform()
    platform.answers["dm"].append(Later(0.02, "429"))
    async with running(courier(store, time.time, platform)):
        await store.commit([leak(at=time.time())])
        await until(lambda: states(store) == ["sent"])

    assert len(platform.wire) == 2


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


@pytest.mark.parametrize("failing", ["under_way", "next_for"])
async def test_a_store_that_fails_for_long_is_said_once_and_when_it_is_over(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: str
) -> None:
    monkeypatch.setattr("bot.sending.courier.PATIENCE", 0.001)
    monkeypatch.setattr("bot.sending.outage.OVER", 0.0)
    monkeypatch.setattr("bot.sending.courier.OVER", 0.001)
    works, tries = getattr(store, failing), itertools.count()

    def broken(*asked: object) -> object:
        if next(tries) < 20:
            raise StoreError("The database can't be read.")
        return works(*asked)

    monkeypatch.setattr(store, failing, broken)
    await store.commit([leak()])
    with caplog.at_level("INFO"):
        async with running(courier(store, clock, StubPlatform())):
            await until(lambda: states(store) == ["sent"])
            await until(lambda: "courier.goes_on" in caplog.text)
    assert next(tries) > 20
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert set(said) == {"courier.waits platform=stub reason=The database can't be read."}


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

    first, *later = [bool(send.replaces) for _, send in platform.wire]
    assert (first, set(later)) == (False, {True})  # on a busy machine a second rewrite may have gone, too


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
