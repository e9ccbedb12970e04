"""`python -m benchmarks.replicas URL`: messages a second through one bot with a file, then 1, 2, 3 over one server.

Judged, committed and told, one in ten a leak, 32 events at a time in each bot, no platform's limits. The database at
URL must be an empty one of its own. Beside the rates stands what the bots' writing connections were found doing.
"""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

import psycopg

from benchmarks.growth.live import Traffic
from bot.addresses import Server
from bot.beating import beating
from bot.judging.guard import Guard
from bot.message import Message
from bot.send import Outcome, Send, Sent
from bot.sending.courier import Courier
from bot.store import OutboxRow, Store
from bot.store.postgres.session import HOLDER
from bot.words import ReachState
from detectors.detector import Detector
from policies.reload import Policies

AT_ONCE = 32
TRAFFIC = Traffic(groups=200, members=5_000, every=10)
DOING = f"""SELECT CASE WHEN wait_event_type = 'Lock' THEN 'waits for its turn'
    WHEN state LIKE 'idle in transaction%' THEN 'has its turn, the server waits for the bot'
    WHEN wait_event_type = 'IO' THEN 'disk' WHEN state = 'active' THEN 'the server works' ELSE 'nothing to write' END,
    count(*) FROM pg_stat_activity
    WHERE pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = {HOLDER}) GROUP BY 1"""  # noqa: S608 - ours
"""What writing sessions are seen doing: https://www.postgresql.org/docs/current/monitoring-stats.html."""


class Nobody:
    """A platform that takes everything at once."""

    name, reads_back = "telegram", False

    def rungs(self, _send: Send, _reach: ReachState) -> tuple[str, ...]:
        """One rung."""
        return ("dm",)

    def limits(self, _rung: str, _send: Send) -> Mapping[str, tuple[int, float]]:
        """No limits."""
        return {}

    async def deliver(self, _rung: str, _send: Send) -> Outcome:
        """It arrived."""
        return Sent("{}")


async def compose(row: OutboxRow) -> Send:
    """A send without words."""
    return Send(row.id, row.kind, row.platform, row.workspace, row.chat, row.recipient, "told", message=row.message)


def bot(place: Path | Server, number: int, messages: int, ready: Any, told: Any) -> None:
    """One program: gets ready, waits for the others, takes its messages, says how long it worked for them."""
    asyncio.run(_bot(place, number, messages, ready, told))


async def _bot(place: Path | Server, number: int, messages: int, ready: Any, told: Any) -> None:
    detector = Detector()
    detector.ready()
    with closing(Store.open(place, time.time, hold=True)) as store:
        async with beating(store, lambda: "0"):
            guard = Guard(detector, Policies("hr-default", {}, detector.find), store, time.time, {})
            courier = Courier(store, cast("Any", {"telegram": Nobody()}), compose, time.time)
            sending = asyncio.create_task(courier.run())
            batches = TRAFFIC.batches(messages, number * messages, time.time())
            waiting = [message for batch in batches for message in batch]
            await asyncio.to_thread(ready.wait)
            worked = time.process_time()
            await asyncio.gather(*(_take(guard, waiting) for _ in range(AT_ONCE)))
            while store.next_due("telegram", 0) is not None or store.under_way("telegram"):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)
            told.put(time.process_time() - worked)
            await courier.stop()
            await sending


async def _take(guard: Guard, waiting: list[Message]) -> None:
    while waiting:
        await guard.handle([waiting.pop()])


def measure(place: Path | Server, bots: int, messages: int) -> str:
    """So many messages through so many programs; returns the rate and what was seen."""
    processes = multiprocessing.get_context("spawn")
    ready, told = processes.Barrier(bots + 1), processes.Queue()
    running = [processes.Process(target=bot, args=(place, n, messages // bots, ready, told)) for n in range(bots)]
    for process in running:
        process.start()
    ready.wait()
    worked: list[float] = []
    began, seen = time.perf_counter(), Counter[str]()
    while len(worked) < bots:
        if isinstance(place, Server):
            seen += _seen(place)
        with suppress(Exception):
            worked.append(told.get(timeout=0.02))
    seconds = time.perf_counter() - began
    for process in running:
        process.join()
    doing = ", ".join(f"{what} {100 * count / seen.total():.0f}%" for what, count in seen.most_common())
    busy = 100 * sum(worked) / bots / seconds
    return f"{messages / seconds:7.0f} messages/s, each bot's processor {busy:3.0f}%" + (f"; {doing}" if doing else "")


def _seen(place: Server) -> Counter[str]:
    global _watching  # noqa: PLW0603 - one connection for all looks
    _watching = _watching or psycopg.connect(place.url, autocommit=True)
    return Counter(dict(_watching.execute(DOING).fetchall()))


_watching: psycopg.Connection[Any] | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure in turns, and print a line for each."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.replicas", description=__doc__)
    options.add_argument("url", help="postgresql://...: an empty database")
    options.add_argument("--messages", type=int, default=6_000)
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(f"a file, 1 bot:    {measure(Path(folder) / 'log.db', 1, given.messages)}", flush=True)
    for bots in (1, 2, 3):
        print(f"a server, {bots} bots: {measure(Server(given.url), bots, given.messages)}", flush=True)
        with psycopg.connect(given.url, autocommit=True) as db:
            db.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return 0


if __name__ == "__main__":
    sys.exit(main())
