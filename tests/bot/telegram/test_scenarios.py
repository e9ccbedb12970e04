"""Every shipped scenario holds on Telegram, through the real client, detector and policies."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.play import play
from bot.demo.scenario import read, shipped
from detectors.detector import Detector
from tests.fakes.telegram.driver import Driver, hasty
from tests.fakes.telegram.server import FakeTelegram
from tests.whole import whole

SCENARIOS = {name: path for name, path in shipped().items() if "telegram" not in read(path).not_on}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


@pytest.fixture
async def driver(detector: Detector, tmp_path: Path) -> AsyncIterator[Driver]:
    clock = hasty()
    async with FakeTelegram(clock=clock) as fake:
        driver = Driver(fake, clock, detector, tmp_path)
        yield driver
        await driver.end()


@pytest.mark.parametrize("name", SCENARIOS)
async def test_the_scenario_holds(driver: Driver, name: str) -> None:
    assert await play(read(SCENARIOS[name]), driver) == []
