"""What a message costs in an empty and in full logs, in turns: so whatever else the machine does counts for all."""

import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.growth.cases import Case
from benchmarks.growth.filling import fill
from benchmarks.growth.live import Live
from bot.store import Store
from detectors.detector import Detector

TURN, TURNS = 1_000, 12
"""Messages of a turn, and turns; the middle one of each log counts."""


async def in_turns(cases: Sequence[Case], detector: Detector) -> list[dict[str, float]]:
    """Judge and commit in all logs in turns; returns of each microseconds a message: of this process, on the clock."""
    now = time.time()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        lives: list[Live] = []
        for number, case in enumerate(cases):
            path = Path(folder) / f"{number}.db"
            fill(path, case.filling, now)
            lives.append(Live(opened.enter_context(closing(Store.open(path, lambda: now, hold=True))), detector, now))
        for live, case in zip(lives, cases, strict=True):
            await live.take(case.traffic, TURN)
        return await _turns(lives, cases)


async def _turns(lives: Sequence[Live], cases: Sequence[Case]) -> list[dict[str, float]]:
    worked: list[list[float]] = [[] for _ in lives]
    waited: list[list[float]] = [[] for _ in lives]
    for turn in range(TURNS):
        order = range(len(lives)) if turn % 2 else reversed(range(len(lives)))
        for number in order:
            work, wall = time.process_time(), time.perf_counter()
            await lives[number].take(cases[number].traffic, TURN)
            worked[number].append(time.process_time() - work)
            waited[number].append(time.perf_counter() - wall)
    pairs = zip(worked, waited, strict=True)
    micro = 1e6 / TURN
    return [
        {"us worked a message": statistics.median(work) * micro, "us on the clock": statistics.median(wall) * micro}
        for work, wall in pairs
    ]
