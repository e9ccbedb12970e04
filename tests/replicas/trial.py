"""One trial: three programs over one log, what befalls them while people write, and what everybody got in the end."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bot.addresses import Server
from bot.store import StoreError
from tests.crash.sides import Side, SlackSide, TelegramSide, leaks
from tests.crash.verdict import all_told, verdict
from tests.fakes.ports import free_port
from tests.fakes.postgres import Cluster
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.server import FakeTelegram
from tests.replicas.replica_life import HASTE, Place, live
from tests.replicas.wires import Balancer, Wire
from tests.zygote import Life

LINES = ("telegram", "telegram webhook", "slack socket", "slack http")
PROGRAMS = 3
MISCHIEF = ("kill", "pause", "cut", "server", "silence")
"""A program is killed with SIGKILL; stopped, and woken when its lease is over; cut off from the database; the database
server is killed with SIGKILL; or a program's wire to it carries nothing for as long, and nobody closes it."""
PATIENCE = 120.0
"""Seconds after which what is waited for will never come, however busy the machine is."""
LONG = 12.0 / HASTE
"""Seconds that somebody is stopped or cut off: twice a lease."""


@dataclass
class World:
    """`places` are those of the programs, `wires` what each of them reaches the log by."""

    cluster: Cluster
    log: Server
    side: Side
    places: Sequence[Place]
    wires: Sequence[Wire]
    lives: dict[int, Life] = field(default_factory=dict)
    in_flight: set[int] = field(default_factory=set)
    """The sends that were marked while something befell a program; those of one that is dead stay so for a while."""


async def trial(line: str, folder: Path, cluster: Cluster, seed: int, mischief: Sequence[str] = ()) -> Counter[str]:
    """Raises AssertionError when anything was lost, or came twice that must not; returns the figures."""
    chance = random.Random(seed)  # noqa: S311  # the same trials each time
    befalls = mischief or chance.sample([*MISCHIEF, *chance.choices(MISCHIEF, k=1)], len(MISCHIEF) + 1)
    async with _world(line, folder, cluster, seed) as world, AsyncExitStack() as stack:
        attending = asyncio.create_task(_attend(world, stack))
        await _until(lambda: world.side.listened_to)
        for turn, what in enumerate(befalls):
            await _befalls(world, what, turn, chance)
        turns = len(befalls) + 1
        world.side.speaks(turns - 1)
        await _until(lambda: _all_told(world, turns * len(leaks(0))))
        attending.cancel()
        ends = [await life.stop() for life in world.lives.values() if not life.over]
        assert set(ends) == {0}
        return judge(world, turns) + Counter({"trials": 1, **Counter(befalls)})


async def _attend(world: World, stack: AsyncExitStack) -> None:
    """Start each program, and again when it ended: also one that did so because there was no database at its start."""
    while True:
        for number, place in enumerate(world.places):
            if number not in world.lives or world.lives[number].over:
                world.lives[number] = await stack.enter_async_context(Life(live, place))
        await asyncio.sleep(0.1)


async def _befalls(world: World, what: str, turn: int, chance: random.Random) -> None:
    """Six people write, and during one of the sends that follow something befalls the program that makes it."""
    left, struck = chance.randint(1, 3), asyncio.get_running_loop().create_future()

    def called(send: bool) -> None:  # noqa: FBT001  # a callback
        nonlocal left
        left -= send
        if left == 0 and not struck.done():
            _mark(world)
            struck.set_result(_victim(world, chance))
            _STRIKES[what](world, struck.result())

    world.side.watch(called)
    world.side.speaks(turn)
    async with asyncio.timeout(PATIENCE):
        number = await struck
    world.side.watch(None)
    if what == "server":
        await _restarted(world)
    _mark(world)
    if what in _ENDS:
        await _marking(world, LONG)
        _ENDS[what](world, number)


async def _restarted(world: World) -> None:
    """Start the database server, and look at what was in flight before a program can reach it and go on."""
    for wire in world.wires:
        wire.cut()
    await asyncio.to_thread(world.cluster.start)
    _mark(world)
    for wire in world.wires:
        wire.mend()


def _victim(world: World, chance: random.Random) -> int:
    """The number of a program that has a call on the wire."""
    sql = "SELECT r.name FROM outbox o JOIN replica r ON r.id = o.holder WHERE o.state = 'sending'"
    with psycopg.connect(world.log.url, autocommit=True) as db:
        names = {row[0] for row in db.execute(sql).fetchall()}
    sending = [number for number, life in world.lives.items() if any(name.startswith(f"{life.pid}@") for name in names)]
    return chance.choice(sending or range(PROGRAMS))


_STRIKES: dict[str, Callable[[World, int], None]] = {
    "kill": lambda world, number: world.lives[number].kill(),
    "pause": lambda world, number: world.lives[number].signal(signal.SIGSTOP),
    "cut": lambda world, number: world.wires[number].cut(),
    "silence": lambda world, number: world.wires[number].hush(),
    "server": lambda world, _: world.cluster.kill(),
}
_ENDS: dict[str, Callable[[World, int], None]] = {
    "pause": lambda world, number: world.lives[number].signal(signal.SIGCONT),
    "cut": lambda world, number: world.wires[number].mend(),
    "silence": lambda world, number: world.wires[number].mend(),
}


async def _marking(world: World, seconds: float) -> None:
    """Others' calls too may be cut short meanwhile: they wait for the turn to write that one took along."""
    for _ in range(int(seconds * 20)):
        await asyncio.to_thread(_mark, world)
        await asyncio.sleep(0.05)


def _mark(world: World) -> None:
    with psycopg.connect(world.log.url, autocommit=True) as db:
        world.in_flight |= {row[0] for row in db.execute("SELECT id FROM outbox WHERE state = 'sending'").fetchall()}


@asynccontextmanager
async def _world(line: str, folder: Path, cluster: Cluster, seed: int) -> AsyncIterator[World]:
    database = f"{line.replace(' ', '_')}_{seed}"
    with psycopg.connect(cluster.url(), autocommit=True) as db:
        db.execute(f"CREATE DATABASE {database}".encode())
    async with AsyncExitStack() as stack:
        wires = [await stack.enter_async_context(Wire(cluster.folder).listening()) for _ in range(PROGRAMS)]
        ports = [free_port() for _ in range(PROGRAMS)]
        door = await stack.enter_async_context(Balancer(ports).listening())
        side, addresses = await _side(line, stack, door)
        places = [
            Place(
                _folder(folder, number),
                **addresses,
                mode="http" if line == "slack http" else "socket",
                port=port,
                webhook=port if line == "telegram webhook" else 0,
                door=door.port,
                server=f"postgresql://tests@127.0.0.1:{wire.port}/{database}",
            )
            for number, (wire, port) in enumerate(zip(wires, ports, strict=True))
        ]
        try:
            yield World(cluster, Server(cluster.url(database)), side, places, wires)
        finally:
            with suppress(psycopg.Error), psycopg.connect(cluster.url(), autocommit=True) as db:
                db.execute(f"DROP DATABASE {database} WITH (FORCE)".encode())


def _folder(folder: Path, number: int) -> Path:
    (made := folder / str(number)).mkdir()
    return made


async def _side(line: str, stack: AsyncExitStack, door: Balancer) -> tuple[Side, dict[str, str]]:
    if line.startswith("telegram"):
        telegram = await stack.enter_async_context(FakeTelegram())
        return TelegramSide(telegram), {"telegram": telegram.url}
    slack = await stack.enter_async_context(FakeSlack())
    slack.sockets.turns = True
    slack.post.retry_after = (0.0, 60.0 / HASTE / 15, 300.0 / HASTE / 15)
    if line == "slack http":
        slack.over_http(f"http://127.0.0.1:{door.port}/slack/events")
    return SlackSide(slack), {"slack": slack.api_base_url}


async def _until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not seen():  # noqa: ASYNC110  # what is waited for happens in other processes
            await asyncio.sleep(0.05)


def _all_told(world: World, incidents: int) -> bool:
    with suppress(StoreError):  # the server may be away
        return all_told(world.log, incidents)
    return False


def judge(world: World, turns: int) -> Counter[str]:
    """Compare the log with what people got."""
    side = world.side
    found = verdict(world.log, side, turns)
    doubled = [found.nudges[side.sender(number)] for number in found.more]
    assert {row.id for row in doubled} <= world.in_flight, "what came twice was not in flight"
    assert all(row.state == "repeated" for row in doubled), "a repeat was not marked"
    return found.told + Counter({"in flight": len(world.in_flight)})
