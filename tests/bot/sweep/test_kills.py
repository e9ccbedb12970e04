"""kill -9 at any point of a sweep: the same command goes on, the result is the same, nothing is logged twice."""

import asyncio
import os
import random
import sys
import time
from multiprocessing import current_process
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import messages
from bot.cli import main, yardstick
from bot.store import Store
from bot.sweep.readers import arrays
from tests.bot.sweep.conftest import detector
from tests.running import config
from tests.zygote import Life

COUNT = 2_500


def life(folder: str, words: tuple[str, ...]) -> None:
    """A sweep in a process of its own, with the rules alone and small chunks."""
    os.chdir(folder)
    current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # it has processes of its own
    sys.stdout = sys.stderr = open("out.txt", "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as long as the process
    yardstick.detector = detector
    arrays.pieces.__defaults__ = (10_000,)
    code = main(["sweep", *words])
    sys.stdout.flush()
    os._exit(code)


async def trial(tmp_path: Path, kills: int, draw: random.Random, jobs: str) -> None:
    """Kill a sweep so often, then let it end; compare with one that nobody killed."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "config.toml").write_text(config(), "utf-8")
    exports.telegram(folder / "result.json", messages(COUNT))
    words = ("result.json", "--list", "found.csv", "--log", "--config", "config.toml", "--jobs", jobs)
    memory = folder / "thinktwice-sweep.part"
    done = 0
    for _ in range(kills):
        async with Life(life, str(folder), words) as sweep:
            wanted = done + draw.randrange(12)
            while not sweep.over and _lines(memory) < wanted:
                await _moment()
            if draw.random() < 0.5:
                await _moment(draw.random() / 50)
            sweep.kill()
        done = _lines(memory)
    async with Life(life, str(folder), words) as sweep:
        assert await sweep.ended() == 0
    assert not memory.exists()
    leaks = [str(one.number) for one in messages(COUNT) if one.leaks]
    rows = (folder / "found.csv").read_text("utf-8").splitlines()[1:]
    assert [row.split(",")[7] for row in rows] == leaks
    store = Store.open(folder / "thinktwice.db", time.time)
    assert sorted((row.message for row in store.incidents(0, time.time())), key=int) == leaks
    assert f"{len(leaks):,} new incidents, 0 that" in (folder / "out.txt").read_text("utf-8")
    store.close()


def _lines(memory: Path) -> int:
    return memory.read_bytes().count(b"\n") if memory.exists() else 0


async def _moment(seconds: float = 0.01) -> None:
    await asyncio.sleep(seconds)


@pytest.mark.parametrize("jobs", ["1", "2"])
async def test_a_killed_sweep_goes_on(tmp_path: Path, jobs: str) -> None:
    await trial(tmp_path, 2, random.Random(jobs), jobs)  # noqa: S311 - when to kill


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(40))
async def test_sweeps_that_are_killed_often(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - when to kill
    await trial(tmp_path, 5, draw, draw.choice(("1", "2")))
