"""Kill -9 on Telegram, the real client on the wire: no incident lost or doubled, no nudge lost.

A bot can't read back what it sent: of each kill at most the sends in flight come twice, one for each person, and each
row says so.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.sending.delivery import CALLS
from bot.store import Store
from bot.words import SendKind, SendState
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import Json

ROOT = Path(__file__).parents[2]
MESSAGES = 15
LEAKS = tuple(number for number in range(MESSAGES) if number % 3)
INSIDE = ("before_commit", "after_commit", "before_wire", "after_accepted", "before_outcome")
OUTSIDE = ("in_flight", "random")
"""The server kills at these: during a sendMessage that it has carried out, or during any request."""


class Life:
    """One process of the bot, and the server's hand on its neck."""

    def __init__(self, fake: FakeTelegram, folder: Path, point: str = "never", count: int = 1) -> None:
        self._fake, self._folder, self._point, self._left = fake, folder, point, count
        self._process: asyncio.subprocess.Process | None = None

    async def begin(self) -> None:
        self._fake.on_call = self._watch if self._point in OUTSIDE else None
        point = "never" if self._point in OUTSIDE else self._point
        arguments = ("-m", "tests.crash.telegram_life", self._fake.url, str(self._folder), point, str(self._left))
        self._process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)

    async def ended(self) -> int:
        assert self._process
        return await asyncio.wait_for(self._process.wait(), 60)

    async def stop(self) -> int:
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    def _watch(self, method: str, _: Json) -> None:
        if self._point == "in_flight" and method != "sendMessage":
            return
        self._left -= 1
        if self._left == 0 and self._process:
            os.kill(self._process.pid, signal.SIGKILL)


async def trial(folder: Path, kills: Sequence[tuple[str, int]]) -> int:
    """Kill at each point in turn, let the last life finish; returns how many sends came twice."""
    async with FakeTelegram() as fake:
        fake.updates.most = 3
        people = [fake.world.person(100 + number, started=True) for number in range(MESSAGES)]
        group = fake.world.group(-1001, *people)
        for number, person in enumerate(people):
            says(fake, person, group, f"{{HKID same={number}}}" if number % 3 else "hello")
        in_flight = 0
        for point, count in kills:
            life = Life(fake, folder, point, count)
            await life.begin()
            assert await life.ended() == -signal.SIGKILL, f"the point {point} was never reached"
            in_flight += under_way(folder)
        last = Life(fake, folder)
        await last.begin()
        await fake.seen(lambda: fake.updates.confirmed == MESSAGES and over(folder), 60)
        assert await last.stop() == 0
        arrived = Counter({number: len(inbox(fake, people[number])) for number in range(MESSAGES)})
    return judge(folder, +arrived, len(kills), in_flight)


def under_way(folder: Path) -> int:
    """The sends that a kill left marked: one for each person, and no more than may be in flight."""
    store = Store.open(folder / "bot.db", lambda: 0.0, create=False)
    rows = store.under_way("telegram")
    store.close()
    assert len({row.recipient for row in rows}) == len(rows) <= CALLS
    return len(rows)


def over(folder: Path) -> bool:
    store = Store.open(folder / "bot.db", lambda: 0.0, create=False)
    try:
        return not store.outbox(states=(SendState.WAITING, SendState.SENDING))
    finally:
        store.close()


def judge(folder: Path, arrived: Counter[int], kills: int, in_flight: int) -> int:
    store = Store.open(folder / "bot.db", lambda: 0.0, create=False)
    incidents = Counter(row.sender for row in store.incidents(0, float("inf")))
    nudges = {int(row.recipient) - 100: row.state for row in store.outbox(kind=SendKind.NUDGE)}
    aside = store.counts().aside
    store.close()
    assert incidents == Counter(str(100 + number) for number in LEAKS), "an incident was lost or doubled"
    assert sorted(arrived) == sorted(LEAKS), "a nudge was lost"
    assert aside == 0
    doubled = {number: count for number, count in arrived.items() if count > 1}
    assert sum(doubled.values()) - len(doubled) <= in_flight
    assert all(count <= 1 + kills for count in doubled.values()), "a kill doubled a send more than once"
    assert all(nudges[number] == "repeated" for number in doubled), "a repeat was not counted"
    return len(doubled)


@pytest.mark.parametrize("point", [*INSIDE, "in_flight"])
async def test_a_kill_at_a_named_point(tmp_path: Path, point: str) -> None:
    doubled = await trial(tmp_path, [(point, 2)])
    if point in ("after_accepted", "before_outcome", "in_flight"):
        assert doubled >= 1


async def test_the_same_kill_three_times_in_a_row_loses_nothing(tmp_path: Path) -> None:
    assert await trial(tmp_path, [("before_commit", 1)] * 3) == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
async def test_crash_trials(tmp_path: Path, seed: int) -> None:
    """Two hundred trials of one or two kills, at each named point and at random moments."""
    chance = random.Random(seed)  # noqa: S311  # the same trials each time
    places = (*INSIDE, *OUTSIDE)
    points = [places[seed % len(places)], *chance.choices(places, k=chance.randrange(2))]
    # a life that is killed while it sends may have read everything: points around the commit come first
    points.sort(key=lambda point: "commit" not in point)
    await trial(tmp_path, [(point, chance.randrange(1, 4)) for point in points])
