"""Every shipped scenario holds on Slack, over both lines, through the real clients, detector and policies."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.demo.play import play
from bot.demo.scenario import read, shipped
from detectors.detector import Detector
from tests.fakes.slack.driver import Driver, hasty
from tests.fakes.slack.server import FakeSlack
from tests.served import FEW, on, served
from tests.whole import whole

SCENARIOS = {name: path for name, path in shipped().items() if "slack" not in read(path).not_on}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


@pytest.fixture(params=["socket", "http"])
async def driver(request: pytest.FixtureRequest, detector: Detector, tmp_path: Path) -> AsyncIterator[Driver]:
    clock = hasty()
    async with FakeSlack(clock=clock) as fake:
        driver = Driver(fake, clock, detector, tmp_path, request.param)
        yield driver
        await driver.end()


@pytest.mark.parametrize("name", SCENARIOS)
async def test_the_scenario_holds(driver: Driver, name: str) -> None:
    assert await play(read(SCENARIOS[name]), driver) == []


@pytest.mark.parametrize("name", served(SCENARIOS, FEW))
async def test_the_scenario_holds_with_the_log_on_a_server(
    detector: Detector, tmp_path: Path, log: Server, name: str
) -> None:
    clock = hasty()
    async with FakeSlack(clock=clock) as fake:
        driver = Driver(fake, clock, detector, tmp_path, "socket", on(log))
        assert await play(read(SCENARIOS[name]), driver) == []
        await driver.end()
