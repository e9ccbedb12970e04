"""The disk under a running bot: full, failing, read-only. Nothing is confirmed meanwhile, and nothing is lost after."""

import asyncio
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.housekeeping import PURGE_HOUR
from tests.faults.conftest import World
from tests.running import TOKENS, Running, Start, until
from tests.small_disk import fill, small

pytestmark = pytest.mark.fault

SIZE = 2**21
"""Bytes of the small disk."""
TWO_PAGES = 8192
"""Bytes; more than the log lines of a test, less than what a leak takes."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk."""
    with small(tmp_path / "disk", SIZE) as place:
        yield place


async def told_once(bot: Running, world: World) -> Running:
    """A bot that has told of a leak, and has purged for today, which gives room back."""
    await until(lambda: len(bot.out) == 2)
    world.leak(1)
    await until(lambda: world.told(1) == [1, 1])
    if time.localtime().tm_hour >= PURGE_HOUR:
        await until(lambda: any("purge.done" in line for line in bot.err))
    return bot


async def waits_and_goes_on(bot: Running, world: World, sentence: str, mend: Callable[[], object]) -> None:
    """While the disk fails a leak waits, and the bot says why; once it works, the leak is told on both platforms."""
    world.leak(2)
    await until(lambda: any(sentence in line for line in bot.err))
    assert sentence in await world.troubles()
    assert world.telegram.updates.waiting
    assert world.told(2) == [0, 0]
    mend()
    await until(lambda: world.told(2) == [1, 1], 60)
    assert await world.troubles() == ""
    assert await bot.stop() == 0
    assert world.told(1) == [1, 1]


async def test_a_full_disk(tmp_path: Path, start: Start, world: World, disk: Path) -> None:
    bot = await told_once(await start(tmp_path, world.config("disk/log.db"), **TOKENS), world)
    await waits_and_goes_on(bot, world, "is full: free some space", fill(disk).unlink)


async def test_a_disk_that_fails_to_write(tmp_path: Path, start: Start, world: World) -> None:
    """A limit on the size of files, set from outside while the bot runs, makes every further write fail."""
    bot = await told_once(await start(tmp_path, world.config("log.db"), **TOKENS), world)
    _, hard = resource.prlimit(bot.life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.life.pid, resource.RLIMIT_FSIZE, (TWO_PAGES, hard))
    lift = (bot.life.pid, resource.RLIMIT_FSIZE, (hard, hard))
    await waits_and_goes_on(bot, world, "can't be read or written", lambda: resource.prlimit(*lift))


async def test_a_read_only_disk_is_refused_at_the_start(tmp_path: Path, start: Start, world: World, disk: Path) -> None:
    bot = await start(tmp_path, world.config("disk/log.db"), **TOKENS)
    await until(lambda: len(bot.out) == 2)
    assert await bot.stop() == 0
    await asyncio.to_thread(subprocess.run, ("mount", "-o", "remount,ro", str(disk)), check=True)
    again = await start(tmp_path, world.config("disk/log.db"), **TOKENS)
    assert await again.ended() == 1
    assert "give this user write permission" in again.err[-1]
    assert [line for line in again.err if "Traceback" in line] == []


async def test_damage_under_a_running_bot(tmp_path: Path, start: Start, world: World) -> None:
    bot = await told_once(await start(tmp_path, world.config("log.db"), **TOKENS), world)
    for name in ("log.db", "log.db-wal"):
        with (tmp_path / name).open("r+b") as file:
            size = file.seek(0, 2)
            file.seek(100)
            file.write(b"\xff" * (size - 100))
    world.leak(2)
    await until(lambda: any("is damaged: move it aside" in line for line in bot.err))
    assert "is damaged: move it aside" in await world.troubles()
    assert world.telegram.updates.waiting
    assert world.told(2) == [0, 0]
    assert await bot.stop() == 1
    assert [line for line in bot.err if "Traceback" in line] == []
