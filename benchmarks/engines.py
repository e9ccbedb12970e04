"""`python -m benchmarks.engines ADDRESS`: a log in a file beside one on a PostgreSQL server, in turns, as ratios.

ADDRESS names an empty database (`postgresql://…`; the password in THINKTWICE_STORE_PASSWORD), which is filled with
invented incidents. Each of them is committed with its nudge, alone or with others in the same transaction; then each
nudge is marked and settled, as around a call.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from bot.addresses import PASSWORD, Server
from bot.send import Sent
from bot.store import Found, Judged, OutboxRow, Store
from bot.words import PartKind
from detectors.types import NAMES

COUNT, ROUNDS = 200, 3
AT_ONCE = (1, 64)
KIND = next(iter(NAMES))
"""What is in each of the invented messages."""


@dataclass
class Cost:
    """What an item takes: seconds, seconds of this process's processor time, statements on the wire."""

    seconds: float = 0.0
    processor: float = 0.0
    trips: float = 0.0


def main() -> int:
    """Measure, and print a line for each kind of work."""
    log = Server(sys.argv[1], os.environ.get(PASSWORD, ""))
    with tempfile.TemporaryDirectory() as folder, _counting() as trips:
        file = Store.open(Path(folder) / "log.db", time.time, hold=True)
        with closing(file), closing(Store.open(log, time.time, hold=True)) as served:
            asyncio.run(_measured({"file": file, "server": served}, trips))
    return 0


async def _measured(logs: dict[str, Store], trips: list[int]) -> None:
    for at_once in AT_ONCE:
        costs = {(name, work): Cost() for name in logs for work in ("commits", "sends")}
        for turn in range(ROUNDS):
            for name, store in logs.items():
                leaks = [_leak(f"{at_once}-{turn}-{number}", time.time()) for number in range(COUNT)]
                await _all(leaks, partial(_committed, store), at_once, trips, costs[name, "commits"])
                rows = store.outbox()[-COUNT:]
                await _all(rows, partial(_sent, store), at_once, trips, costs[name, "sends"])
        for work in ("commits", "sends"):
            _show(work, at_once, costs["file", work], costs["server", work])


async def _committed(store: Store, leak: Judged) -> None:
    await store.commit([leak])


async def _sent(store: Store, row: OutboxRow) -> None:
    if not await store.sending(row, "dm", time.time()):
        raise RuntimeError("a nudge that waits did not go")
    await store.settled(row.id, Sent("{}"), time.time())


async def _all(
    items: Sequence[Any], work: Callable[[Any], Awaitable[object]], at_once: int, trips: list[int], cost: Cost
) -> None:
    room = asyncio.Semaphore(at_once)

    async def one(item: Any) -> None:
        async with room:
            await work(item)

    began, busy, asked = time.perf_counter(), time.process_time(), trips[0]
    await asyncio.gather(*map(one, items))
    cost.seconds += (time.perf_counter() - began) / len(items) / ROUNDS
    cost.processor += (time.process_time() - busy) / len(items) / ROUNDS
    cost.trips += (trips[0] - asked) / len(items) / ROUNDS


def _show(work: str, at_once: int, file: Cost, served: Cost) -> None:
    print(
        f"{work}, {at_once} at once: file {1 / file.seconds:,.0f}/s, server {1 / served.seconds:,.0f}/s "
        f"({served.seconds / file.seconds:.1f} times as long, {served.processor / file.processor:.1f} times the "
        f"processor time here), {served.trips:.1f} round trips each"
    )


@contextmanager
def _counting() -> Iterator[list[int]]:
    """Count the statements that go to the server."""
    trips, plain = [0], psycopg.Connection.execute

    def counted(connection: Any, *asked: Any, **how: Any) -> Any:
        trips[0] += 1
        return plain(connection, *asked, **how)

    psycopg.Connection.execute = counted  # type: ignore[assignment,method-assign]  # for as long as it is counted
    try:
        yield trips
    finally:
        psycopg.Connection.execute = plain  # type: ignore[method-assign]  # as it was


def _leak(name: str, at: float) -> Judged:
    """An invented message with one value in it."""
    return Judged(
        platform="telegram", workspace="", chat="-100", message=name, revision="", at=at, posted_at=at,
        sender=name, rules=("hkid",), severity="high", effects=frozenset({"nudge"}), wording=("hkid",),
        mute_days={"hkid": 30}, policy="hr-default", policy_hash="0", types={KIND: 1},
        found=(Found(PartKind.TEXT, KIND, 0.9, "hkid", (), ("pattern",), 1),), admins=(),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
