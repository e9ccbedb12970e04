"""Every shipped scenario holds on Telegram, through the real client, detector and policies."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.addresses import Server
from bot.demo.play import play
from bot.demo.scenario import read, shipped
from detectors.detector import Detector
from tests.bot.telegram.posted import hook
from tests.fakes.telegram.driver import POLLING, Driver, hasty
from tests.fakes.telegram.server import FakeTelegram
from tests.served import FEW, on, served
from tests.whole import whole

SCENARIOS = {name: path for name, path in shipped().items() if "telegram" not in read(path).not_on}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


POSTED = (
    "anonymous", "coalescing", "commands", "edit-cleans-up", "edit-worsens", "expiry", "false-alarm-mutes", "files",
    "leak", "piece-by-piece", "presses", "roles", "start-later", "trial",
)  # fmt: skip
"""Those in which the order of updates, or what is no message, matters; played by webhook too."""


@asynccontextmanager
async def playing(detector: Detector, folder: Path, line: Mapping[str, Any]) -> AsyncIterator[Driver]:
    clock = hasty()
    async with FakeTelegram(clock=clock) as fake:
        driver = Driver(fake, clock, detector, folder, line)
        yield driver
        await driver.end()


@pytest.mark.parametrize("name", SCENARIOS)
async def test_the_scenario_holds(detector: Detector, tmp_path: Path, name: str) -> None:
    async with playing(detector, tmp_path, POLLING) as driver:
        assert await play(read(SCENARIOS[name]), driver) == []


@pytest.mark.parametrize("name", POSTED)
async def test_the_scenario_holds_by_webhook(detector: Detector, tmp_path: Path, name: str) -> None:
    async with playing(detector, tmp_path, hook()) as driver:
        assert await play(read(SCENARIOS[name]), driver) == []
        assert driver.bot.store.counts().aside == 0


@pytest.mark.parametrize("name", served(SCENARIOS, FEW))
async def test_the_scenario_holds_with_the_log_on_a_server(
    detector: Detector, tmp_path: Path, log: Server, name: str
) -> None:
    async with playing(detector, tmp_path, {"store": on(log)}) as driver:
        assert await play(read(SCENARIOS[name]), driver) == []
