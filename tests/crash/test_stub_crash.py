"""Kill -9 at named points and at random: no incident is lost or doubled, no nudge is lost.

A nudge is never doubled where the platform can be read back; elsewhere at most those in flight at each kill, one for
each person, and then their rows say so.
"""

import random
import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.sending.delivery import CALLS
from bot.store import Store
from tests.crash.chat_server import ChatServer
from tests.crash.stub_life import POINTS, live
from tests.tally import Tally
from tests.zygote import Life

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
    async with Life(live, server.port, path, point, count, reads_back=reads_back) as life:
        server.on_kill = life.kill
        return await life.ended()


async def trial(path: Path, kills: Sequence[tuple[str, int]], *, reads_back: bool) -> Counter[str]:
    """Kill at each point in turn, let the last life come to its end, compare with the truth; returns figures."""
    chat = ChatServer(updates())
    server = await chat.start()
    figures = Counter({"trials": 1, "kills": len(kills)})
    in_flight = 0
    async with server:
        for point, count in kills:
            chat.kill_at = chat.requests + count if point == "random" else None
            code = await run(chat, path, reads_back=reads_back, point=point, count=count)
            assert code == -signal.SIGKILL, f"the point {point} was never reached"
            figures[f"kills at {point}"] += 1
            in_flight += under_way(path)
        chat.kill_at = None
        assert await run(chat, path, reads_back=reads_back) == 0
    assert chat.acknowledged == MESSAGES
    doubled = judge(path, chat, kills=len(kills), in_flight=in_flight, reads_back=reads_back)
    figures.update(
        {"in flight": in_flight, "incidents": len(LEAKS), "nudges": len(LEAKS), "doubled and marked": doubled}
    )
    return figures


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
async def test_a_kill_at_a_named_point(tmp_path: Path, point: str, *, reads_back: bool) -> None:
    await trial(tmp_path / "log.db", [(point, 2)], reads_back=reads_back)


async def test_kills_at_random_one_after_the_other(tmp_path: Path) -> None:
    await trial(tmp_path / "log.db", [("random", 3), ("random", 2)], reads_back=False)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
async def test_crash_trials(tmp_path: Path, seed: int, tally: Tally) -> None:
    """Two hundred kills, one to three in a trial; each named point comes in many of them, and so do random moments."""
    chance = random.Random(seed)  # noqa: S311 - the same trials each time
    points = [PLACES[seed % len(PLACES)], *chance.choices(PLACES, k=(0, 1, 2, 1)[seed % 4])]
    # Points around the commit come first: a life that is killed while it sends may have read everything.
    kills = [(point, chance.randrange(1, 4)) for point in sorted(points, key=lambda point: "commit" not in point)]
    reads_back = bool(chance.randrange(2))
    tally("stub", await trial(tmp_path / "log.db", kills, reads_back=reads_back))
