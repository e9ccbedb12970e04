"""Kill -9 on Slack, the real clients on the wire: nothing is lost, and nothing comes twice.

A life that was killed leaves events unacknowledged; the next one finds the messages in the history. A send that was
under way is looked for by its metadata.
"""

import asyncio
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.store import Store
from bot.words import SendKind, SendState
from tests.fakes.slack.server import FakeSlack

ROOT = Path(__file__).parents[2]
A_LIFE = 6
"""Messages that are posted while one life listens; two of three leak, each by a person of its own."""
INSIDE = ("before_commit", "after_commit", "before_wire", "after_accepted", "before_outcome")
OUTSIDE = ("in_flight", "random")
"""The server kills at these: during a chat.postMessage that it has carried out, or during any call."""


class Life:
    """One process of the bot, and the server's hand on its neck."""

    def __init__(self, fake: FakeSlack, folder: Path, listen: str, point: str = "never", count: int = 1) -> None:
        self._listen = listen
        self._fake, self._folder, self._point, self._left = fake, folder, point, count
        self._process: asyncio.subprocess.Process | None = None

    async def begin(self) -> None:
        """Start, and wait until it listens (or was killed on the way)."""
        self._fake.on_call = self._watch if self._point in OUTSIDE else None
        point = "never" if self._point in OUTSIDE else self._point
        line = ("http" if self._fake.signed else "socket", self._listen)
        place = (self._fake.base, str(self._folder))
        arguments = ("-m", "tests.crash.slack_life", *place, point, str(self._left), *line)
        calls = self._fake.counts["users.conversations"]
        self._process = process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)
        listening = asyncio.ensure_future(self._fake.until(lambda: self._listens(calls), 60))
        ended = asyncio.ensure_future(process.wait())
        await asyncio.wait({listening, ended}, return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        ended.cancel()
        await asyncio.gather(listening, ended, return_exceptions=True)

    def _listens(self, calls: int) -> bool:
        return bool(self._fake.signed or self._fake.sockets.open) and self._fake.counts["users.conversations"] > calls

    async def ended(self) -> int:
        assert self._process
        return await asyncio.wait_for(self._process.wait(), 60)

    async def stop(self) -> int:
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    def _watch(self, method: str) -> None:
        if self._point == "in_flight" and method != "chat.postMessage":
            return
        self._left -= 1
        if self._left == 0 and self._process:
            os.kill(self._process.pid, signal.SIGKILL)


def post(fake: FakeSlack, life: int) -> None:
    for number in range(life * A_LIFE, (life + 1) * A_LIFE):
        fake.say("C1", f"U{100 + number}", f"hkid:{number}" if number % 3 else "hello")


async def trial(folder: Path, kills: Sequence[tuple[str, int]], mode: str = "socket") -> None:
    """Kill at each point in turn, let the last life finish, and compare with what everybody got."""
    async with FakeSlack() as fake:
        listen = f"127.0.0.1:{free_port()}"
        if mode == "http":
            fake.over_http(f"http://{listen}/slack/events")
        messages = A_LIFE * (len(kills) + 1)
        fake.space.channel("C1", *(f"U{100 + number}" for number in range(messages)))
        first = Life(fake, folder, listen)
        await first.begin()  # what is said before the first start is nobody's business
        await first.stop()
        for turn, (point, count) in enumerate(kills):
            life = Life(fake, folder, listen, point, count)
            await life.begin()
            post(fake, turn)
            assert await life.ended() == -signal.SIGKILL, f"the point {point} was never reached"
        last = Life(fake, folder, listen)
        await last.begin()
        post(fake, len(kills))
        leaks = [number for number in range(messages) if number % 3]
        await fake.until(lambda: over(folder, len(leaks)), 60)
        assert await last.stop() == 0
        arrived = Counter({number: len(fake.space.told(f"U{100 + number}")) for number in range(messages)})
    judge(folder, leaks, +arrived)


def free_port() -> int:
    """A port that nobody listens on: each life of one bot must be found at the same place."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def over(folder: Path, leaks: int) -> bool:
    store = Store.open(folder / "thinktwice.db", lambda: 0.0, create=False)
    try:
        return len(store.incidents(0, 1e12)) >= leaks and not store.outbox(
            states=(SendState.WAITING, SendState.SENDING)
        )
    finally:
        store.close()


def judge(folder: Path, leaks: list[int], arrived: Counter[int]) -> None:
    store = Store.open(folder / "thinktwice.db", lambda: 0.0, create=False)
    incidents = Counter(row.sender for row in store.incidents(0, float("inf")))
    states = Counter(row.state for row in store.outbox(kind=SendKind.NUDGE))
    aside = store.counts().aside
    store.close()
    assert incidents == Counter(f"U{100 + number}" for number in leaks), "an incident was lost or doubled"
    assert arrived == Counter(leaks), "a nudge was lost or came twice"
    assert states == {"sent": len(leaks)}
    assert aside == 0


@pytest.mark.parametrize("point", [*INSIDE, "in_flight"])
async def test_a_kill_at_a_named_point(tmp_path: Path, point: str) -> None:
    await trial(tmp_path, [(point, 2)])


async def test_kills_in_a_row_lose_nothing(tmp_path: Path) -> None:
    await trial(tmp_path, [("before_commit", 1), ("in_flight", 2), ("after_accepted", 1)])


@pytest.mark.parametrize("point", ["after_commit", "in_flight"])
async def test_a_kill_in_http_mode(tmp_path: Path, point: str) -> None:
    await trial(tmp_path, [(point, 2)], "http")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
async def test_crash_trials(tmp_path: Path, seed: int) -> None:
    """Two hundred trials of one or two kills, at each named point and at random moments, in both modes by turns."""
    mode = ("socket", "http")[seed % 2]
    chance = random.Random(seed)  # noqa: S311  # the same trials each time
    places = (*INSIDE, *OUTSIDE)
    points = [places[seed % len(places)], *chance.choices(places, k=chance.randrange(2))]
    await trial(tmp_path, [(point, chance.randrange(1, 4)) for point in points], mode)
