"""One case measured: what it costs to judge and commit, to say how it is, to report a month, to purge a quarter."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.growth.cases import Case
from benchmarks.growth.filling import DAY, fill
from benchmarks.growth.live import Live
from benchmarks.growth.work import counted
from bot.message import Cursor
from bot.store import Store
from detectors.detector import Detector

CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
[store]
path = "{path}"
"""
REPORT = (
    "from bot.cli import main; main(['report', '--config', {config!r}, '--since', '30d', '--format', 'json'])\n"
    "import sys; from benchmarks.memory import peak_mb; print(peak_mb(), file=sys.stderr)"
)
KEPT = 90 * DAY
"""Three quarters of a log's 120 days are kept."""
PAUSE = 0.01
"""Seconds between the commits that are made while a purge runs."""


def measure(case: Case, detector: Detector, messages: int) -> dict[str, float]:
    """The figures of a case; its log is made for it and gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path, now = Path(folder) / "thinktwice.db", time.time()
        fill(path, case.filling, now)
        found = {} if not case.grown else _report(path)
        store = Store.open(path, lambda: now, hold=True)
        try:
            found |= asyncio.run(_lives(Live(store, detector, now), store, case, messages))
            if case.grown:
                found |= asyncio.run(_purge(store, now))
        finally:
            store.close()
        return found


async def _lives(live: Live, store: Store, case: Case, messages: int) -> dict[str, float]:
    await live.take(case.traffic, messages // 10)
    rate = await live.take(case.traffic, messages)
    with counted(store) as work:
        await live.take(case.traffic, messages // 10)
    began = time.perf_counter()
    store.counts()
    return {
        "messages/s": rate,
        "us a message": 1e6 / rate,
        "steps a message": work.total / (messages // 10),
        "status ms": (time.perf_counter() - began) * 1000,
    }


def _report(path: Path) -> dict[str, float]:
    """A month, by the command itself, in a process of its own."""
    config = path.with_name("config.toml")
    config.write_text(CONFIG.format(path=path), "utf-8")
    began = time.perf_counter()
    program = [sys.executable, "-c", REPORT.format(config=str(config))]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    return {"report s": time.perf_counter() - began, "report MB": float(done.stderr.split()[-1])}


async def _purge(store: Store, now: float) -> dict[str, float]:
    """Purge, and commit all the while; how long a commit waits is counted from when it was due.

    Beside the clock stands the processor time of the whole process while a commit waits, the purge's part of it: no
    less than a commit would wait on a machine that has nothing else to do, but for its disk.
    """
    waits: list[float] = []
    works: list[float] = []
    began, work = time.perf_counter(), time.process_time()
    purging = asyncio.create_task(store.purge(now - KEPT, now))
    while not purging.done():
        due, so_far = time.perf_counter(), time.process_time()
        await store.commit([], Cursor("telegram", "offset", str(len(waits))))
        waits.append(time.perf_counter() - due)
        works.append(time.process_time() - so_far)
        await asyncio.sleep(PAUSE)
    took, worked = time.perf_counter() - began, time.process_time() - work
    await purging
    return {
        "purge s": took,
        "purge worked s": worked,
        **_told("commit", waits),
        **_told("commit worked", works),
    }


def _told(what: str, seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles([*seconds, *seconds], n=100, method="inclusive")
    return {f"{what} p99 ms": cuts[98] * 1000, f"{what} worst ms": max(seconds) * 1000}
