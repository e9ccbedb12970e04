"""Kill -9 at named points and at random: no incident is lost or doubled, no nudge is lost.

A nudge is never doubled where the platform can be read back; elsewhere at most those in flight at each kill, one for
each person, and then their rows say so.
"""

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.sending.delivery import CALLS
from bot.store import Store
from tests.crash.chat_server import ChatServer
from tests.crash.runner import POINTS

ROOT = Path(__file__).parents[2]
MESSAGES = 30
PLACES = (*POINTS, "random")
LEAKS = tuple(str(number) for number in range(MESSAGES) if number % 3)


def updates() -> list[dict[str, str]]:
    """Two of three messages leak, each from a person of its own."""
    return [
        {"id": str(number), "sender": f"person-{number}", "text": f"hkid:{number}" if number % 3 else "hello"}
        for number in range(MESSAGES)
    ]


async def run(server: ChatServer, path: Path, *, reads_back: bool, point: str = "never", count: int = 1) -> int:
    """One life of the bot; returns its exit code."""
    answer = "yes" if reads_back else "no"
    arguments = ("-m", "tests.crash.runner", str(server.port), str(path), answer, point, str(count))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)
    ended = asyncio.create_task(process.wait())
    killed = asyncio.create_task(server.killed.wait())
    await asyncio.wait({ended, killed}, return_when=asyncio.FIRST_COMPLETED)
    if killed.done() and process.returncode is None:
        process.kill()
    killed.cancel()
    return await ended


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    """Figures over all trials, shown at the end of a run with -s."""
    figures: Counter[str] = Counter()
    yield figures
    print("\n" + ", ".join(f"{name}: {count}" for name, count in sorted(figures.items())))  # noqa: T201 - what the trials showed


async def trial(path: Path, kills: Sequence[tuple[str, int]], tally: Counter[str], *, reads_back: bool) -> None:
    """Kill at each point in turn, let the last life come to its end, and compare with what the platform knows."""
    chat = ChatServer(updates())
    server = await chat.start()
    in_flight = 0
    async with server:
        for point, count in kills:
            if point == "random":
                chat.kill_at, chat.killed = chat.requests + count, asyncio.Event()
            code = await run(chat, path, reads_back=reads_back, point=point, count=count)
            assert code == -signal.SIGKILL, f"the point {point} was never reached"
            tally[f"kills {point}"] += 1
            in_flight += under_way(path)
            chat.kill_at, chat.killed = None, asyncio.Event()
        assert await run(chat, path, reads_back=reads_back) == 0
    assert chat.acknowledged == MESSAGES
    doubled = judge(path, chat, kills=len(kills), in_flight=in_flight, reads_back=reads_back)
    tally.update({"trials": 1, "incidents": len(LEAKS), "nudges": len(LEAKS), "nudges doubled and marked": doubled})


def under_way(path: Path) -> int:
    """The sends that a kill left marked: one for each person, and no more than may be in flight."""
    store = Store.open(path, lambda: 0.0, create=False)
    rows = store.under_way("stub")
    store.close()
    assert len({row.recipient for row in rows}) == len(rows) <= CALLS
    return len(rows)


def judge(path: Path, chat: ChatServer, *, kills: int, in_flight: int, reads_back: bool) -> int:
    """Compare the log with the truth; returns how many nudges arrived twice."""
    store = Store.open(path, lambda: 0.0, create=False)
    incidents = [row.message for row in store.incidents(0, float("inf"))]
    nudges = {row.message: row.state for row in store.outbox()}
    store.close()
    assert sorted(incidents) == sorted(LEAKS)
    assert sorted(chat.arrived) == sorted(LEAKS), "a nudge was lost"
    assert sorted(nudges) == sorted(LEAKS)
    doubled = {message: count for message, count in chat.arrived.items() if count > 1}
    if reads_back:
        assert doubled == {}
        assert set(nudges.values()) == {"sent"}
    else:
        assert sum(doubled.values()) - len(doubled) <= in_flight
        assert all(count <= 1 + kills for count in doubled.values()), "a kill doubled a send more than once"
        assert all(nudges[message] == "repeated" for message in doubled)
    return sum(doubled.values()) - len(doubled)


@pytest.mark.parametrize("reads_back", [True, False], ids=["read-back", "blind"])
@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_at_a_named_point(tmp_path: Path, point: str, tally: Counter[str], *, reads_back: bool) -> None:
    await trial(tmp_path / "log.db", [(point, 2)], tally, reads_back=reads_back)


async def test_kills_at_random_one_after_the_other(tmp_path: Path, tally: Counter[str]) -> None:
    await trial(tmp_path / "log.db", [("random", 3), ("random", 2)], tally, reads_back=False)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
async def test_crash_trials(tmp_path: Path, seed: int, tally: Counter[str]) -> None:
    """Two hundred trials of one to three kills; each named point comes in many of them, and so do random moments."""
    chance = random.Random(seed)  # noqa: S311 - the same trials each time
    points = [PLACES[seed % len(PLACES)], *chance.choices(PLACES, k=chance.randrange(3))]
    # Points around the commit come first: a life that is killed while it sends may have read everything.
    kills = [(point, chance.randrange(1, 4)) for point in sorted(points, key=lambda point: "commit" not in point)]
    await trial(tmp_path / "log.db", kills, tally, reads_back=bool(chance.randrange(2)))
