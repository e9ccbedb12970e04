"""One trial: lives that are killed one after the other, a last one that finishes, and what everybody got by then."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.addresses import Server
from bot.sending.delivery import CALLS
from bot.store import Store
from tests.crash.bot_life import LOOKS, POINTS, Place, live
from tests.crash.sides import FAULTS, Side, SlackSide, TelegramSide, leaks
from tests.crash.verdict import all_told, verdict
from tests.fakes.ports import free_port
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.server import FakeTelegram
from tests.replicas import replica_life
from tests.zygote import Life

LINES = ("telegram", "telegram webhook", "slack socket", "slack http", "both")
OUTSIDE = ("in_flight", "random")
"""The platform kills at these: during a send that it has carried out, or during any call."""


@dataclass(frozen=True)
class Kill:
    """`point` is reached for the `count`th time; meanwhile `faults` go wrong."""

    point: str
    count: int = 1
    faults: tuple[str, ...] = ()


def kills_of(seed: int) -> list[Kill]:
    """Two kills on average (four trials have eight), the same for a seed each time: every point and fault comes often.

    A call comes sooner or later in any life; each life sends at least three nudges.
    """
    chance = random.Random(seed)  # noqa: S311  # the same trials each time
    places = (*POINTS, *LOOKS, *OUTSIDE)
    points = [places[seed % len(places)], *chance.choices(places, k=(0, 1, 2, 1)[seed % 4])]
    return [
        Kill(
            point,
            chance.randint(1, 10 if point == "random" else 2 if point in LOOKS else 3),
            tuple(chance.sample(FAULTS, chance.randrange(3))),
        )
        for point in points
    ]


async def trial(line: str, folder: Path, kills: Sequence[Kill], server: str = "") -> Counter[str]:
    """Raises AssertionError when anything was lost, or came twice that must not; returns the figures.

    `server`: the address of an empty log on a server, to be used in place of a file.
    """
    figures = Counter({"trials": 1})
    async with _world(line, folder, server) as (place, sides):
        await _finish(place, sides, 0)  # what is said before the first start is nobody's business
        for turn, kill in enumerate(kills):
            figures += await _killed(place, sides, turn, kill)
        turns = len(kills) + 1
        await _finish(place, sides, turns)
        for side in sides:
            figures += judge(place.log, side, turns, len(kills), figures[f"in flight {side.name}"])
    return figures


@asynccontextmanager
async def _world(line: str, folder: Path, server: str) -> AsyncIterator[tuple[Place, tuple[Side, ...]]]:
    async with AsyncExitStack() as stack:
        sides: list[Side] = []
        telegram = slack = ""
        port = 0
        webhook = free_port() if line == "telegram webhook" else 0
        if line in ("telegram", "telegram webhook", "both"):
            fake = await stack.enter_async_context(FakeTelegram())
            sides.append(TelegramSide(fake))
            telegram = fake.url
        if line in ("slack socket", "slack http", "both"):
            chat = await stack.enter_async_context(FakeSlack())
            sides.append(SlackSide(chat))
            slack, port = chat.api_base_url, free_port()
            if line == "slack http":
                chat.over_http(f"http://127.0.0.1:{port}/slack/events")
        place = partial(replica_life.Place, server=server) if server else Place
        yield place(folder, telegram, slack, "http" if line == "slack http" else "socket", port, webhook), tuple(sides)


def _life(place: Place, point: str, count: int) -> Life:
    """On a server what a dead program held goes to the next one after its lease, which is short here."""
    return Life(replica_life.live if isinstance(place, replica_life.Place) else live, place, point, count)


async def _killed(place: Place, sides: Sequence[Side], turn: int, kill: Kill) -> Counter[str]:
    """One life that is killed, while people write and things go wrong."""
    inside = ("never", 0) if kill.point in OUTSIDE else (kill.point, kill.count)
    for side in sides:
        side.begins()
    async with _life(place, *inside) as life:
        if kill.point in OUTSIDE:
            _watch(life, sides, kill)
        await _listens(life, sides)
        for side in sides:
            for fault in kill.faults:
                side.harm(fault, turn)
            side.speaks(turn)
            if "restart" in kill.faults:
                await side.restart()
        assert await life.ended() == -signal.SIGKILL, f"the point {kill.point} was never reached"
    for side in sides:
        side.watch(None)
    marked = {f"in flight {side.name}": under_way(place.log, side) for side in sides}
    return Counter({"kills": 1, f"kills at {kill.point}": 1, **marked, **{f"fault {name}": 1 for name in kill.faults}})


def _watch(life: Life, sides: Sequence[Side], kill: Kill) -> None:
    """Let the platforms put the life to death during the call that it has coming."""
    left = kill.count

    def called(send: bool) -> None:  # noqa: FBT001  # a callback
        nonlocal left
        if send or kill.point == "random":
            left -= 1
            if left == 0:
                life.kill()

    for side in sides:
        side.watch(called)


async def _listens(life: Life, sides: Sequence[Side]) -> None:
    """Wait until everybody is listened to, or the life was killed on the way."""
    await _until(lambda: life.over or all(side.listened_to for side in sides))


async def _finish(place: Place, sides: Sequence[Side], turns: int) -> None:
    """A life that is left alone until all is said, and then told to stop."""
    for side in sides:
        side.begins()
    async with _life(place, "never", 0) as life:
        await _listens(life, sides)
        for side in sides:
            side.relents()
            if turns:
                side.speaks(turns - 1)
        await _until(lambda: life.over or all_told(place.log, len(sides) * turns * len(leaks(0))))
        assert await life.stop() == 0


async def _until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not seen():  # noqa: ASYNC110  # what is waited for happens in another process
            await asyncio.sleep(0.01)


def under_way(log: Path | Server, side: Side) -> int:
    """The sends that a kill left marked: one for each person, and no more than may be in flight."""
    store = Store.open(log, lambda: 0.0, create=False)
    rows = store.under_way(side.name)
    store.close()
    assert len({row.recipient for row in rows}) == len(rows) <= CALLS
    return len(rows)


def judge(log: Path | Server, side: Side, turns: int, kills: int, in_flight: int) -> Counter[str]:
    """Compare the log with what people got."""
    found = verdict(log, side, turns)
    more = found.more
    if side.reads_back:
        assert not more, "a nudge came twice"
        assert {row.state for row in found.nudges.values()} == {"sent"}
    assert more.total() <= in_flight + side.lost, "more came twice than was in flight or lost its answer"
    assert all(count <= kills + side.lost for count in more.values())
    assert all(found.nudges[side.sender(number)].state == "repeated" for number in more), "a repeat was not counted"
    return found.told + Counter({"answers lost": side.lost, "faults not met": side.unmet})
