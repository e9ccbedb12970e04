"""What the system may take away from a running bot: file descriptors, the place for its log lines."""

import resource
from pathlib import Path

import pytest

from tests.faults.conftest import World
from tests.running import TOKENS, Start, until
from tests.zygote import Life, program

pytestmark = pytest.mark.fault


async def test_no_file_descriptor_is_left(tmp_path: Path, start: Start, world: World) -> None:
    """Nothing can be opened for a while (https://man7.org/linux/man-pages/man2/getrlimit.2.html, RLIMIT_NOFILE)."""
    bot = await start(tmp_path, world.config("log.db"), **TOKENS)
    await until(lambda: len(bot.out) == 2)
    soft, hard = resource.prlimit(bot.life.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(bot.life.pid, resource.RLIMIT_NOFILE, (3, hard))
    world.leak(1)
    await world.telegram.stop()
    await world.telegram.start()  # so that new connections are needed
    await until(lambda: any("telegram.waiting" in line for line in bot.err))
    resource.prlimit(bot.life.pid, resource.RLIMIT_NOFILE, (soft, hard))
    await until(lambda: world.told(1) == [1, 1], 60)
    assert await bot.stop() == 0


async def test_nobody_takes_the_log_lines(tmp_path: Path, world: World) -> None:
    """A log on a full disk: every write to /dev/full fails (https://man7.org/linux/man-pages/man4/full.4.html)."""
    (tmp_path / "config.toml").write_text(world.config("log.db"), "utf-8")
    arguments = ("run", "--verbose", "--config", str(tmp_path / "config.toml"))
    async with Life(program, tmp_path / "out", Path("/dev/full"), TOKENS, arguments) as life:
        await until(lambda: (tmp_path / "out").exists() and (tmp_path / "out").read_text().count("ready") == 2)
        world.leak(1)
        await until(lambda: world.told(1) == [1, 1])
        assert await life.stop() == 0
