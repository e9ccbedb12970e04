"""A clock that is set, by any amount and in either direction, neither cancels what waits nor holds it up."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clocks import WallClock
from bot.send import Later, Sent, Unknown
from bot.sending.courier import Courier
from bot.store import Store
from tests.fakes.logbook import NOON, Clock, leak
from tests.fakes.stub_platform import StubPlatform, compose

HOUR, DAY = 3_600.0, 86_400.0
JUMPS = [-400 * DAY, -DAY, -120.0, 120.0, 49 * HOUR, 400 * DAY]


class Post:
    """A store and a courier on one clock; `ticks` go on whatever is done to it."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.ticks = Clock(), Clock(0.0)
        self.store = Store.open(folder / "log.db", self.clock)
        self.wall = WallClock(self.clock, 0.0, self.ticks, self.store.stepped)
        self.platform = StubPlatform()
        self.courier = Courier(self.store, {"stub": self.platform}, compose, self.wall)

    async def go_by(self, seconds: float, jump: float = 0.0) -> list[str]:
        """Let time go by, set the clock, deliver what is due; returns the states of all sends."""
        self.ticks.now += seconds
        self.clock.now += seconds + jump
        self.wall()  # whoever looks first
        await self.store.commit(())
        if self.wall.look(lambda _since: False):
            await self.store.expire(self.wall())
        await asyncio.wait_for(self.courier.drain(), 10)
        return [row.state for row in self.store.outbox()]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.store.close()


@pytest.mark.parametrize("jump", JUMPS)
async def test_what_waits_for_its_repeat_goes_when_it_would_have_gone(post: Post, jump: float) -> None:
    post.platform.answers["dm"].extend([Unknown("cut"), Later(600.0, "flood")])
    await post.store.commit([leak()])
    assert await post.go_by(0.0) == ["waiting"]
    assert await post.go_by(2.0, jump) == ["waiting"]
    assert len(post.platform.wire) == 1
    assert await post.go_by(1.5) == ["waiting"]
    assert len(post.platform.wire) == 2
    assert await post.go_by(590.0, -jump) == ["waiting"]
    assert len(post.platform.wire) == 2


@pytest.mark.parametrize("jump", JUMPS)
async def test_what_is_committed_after_a_step_goes_at_once_and_joins_nothing_older(post: Post, jump: float) -> None:
    await post.store.commit([leak("1")])
    assert await post.go_by(0.0) == ["sent"]
    await post.go_by(30.0, jump)
    await post.store.commit([leak("2", at=post.wall())])
    assert [row.kind for row in post.store.outbox()] == ["nudge", "rewrite"], "still the same minute"
    await post.go_by(31.0)
    await post.store.commit([leak("3", at=post.wall())])
    assert (await post.go_by(0.0))[-1] == "sent"
    assert [row.kind for row in post.store.outbox()] == ["nudge", "rewrite", "nudge"]


async def test_a_nudge_is_given_up_after_48_hours_that_went_by(post: Post) -> None:
    post.platform.answers["dm"].extend([Unknown("cut")] * 99)
    await post.store.commit([leak()])
    await post.go_by(0.0)
    assert await post.go_by(47 * HOUR, 3 * DAY) == ["waiting"]
    assert await post.go_by(2 * HOUR) == ["repeated"]


async def test_what_a_clock_that_was_ahead_left_goes_after_a_restart(tmp_path: Path) -> None:
    ahead = Store.open(tmp_path / "log.db", Clock(NOON + 90 * DAY), hold=True)
    await ahead.commit([leak(at=NOON + 90 * DAY)])
    ahead.close()
    store = Store.open(tmp_path / "log.db", Clock(), hold=True)
    platform = StubPlatform()
    platform.answers["dm"].append(Sent("{}"))
    await asyncio.wait_for(Courier(store, {"stub": platform}, compose, Clock(NOON + 1)).drain(), 10)
    assert [row.state for row in store.outbox()] == ["sent"]
    store.close()
