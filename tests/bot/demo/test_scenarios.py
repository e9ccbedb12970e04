"""Every shipped scenario holds on the simulator."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.demo.driver import Driver
from bot.demo.play import play
from bot.demo.scenario import read, shipped
from detectors.detector import Detector
from tests.served import MANY, on, served
from tests.whole import whole

SCENARIOS = shipped()


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


@pytest.fixture
def driver(detector: Detector, tmp_path: Path) -> Iterator[Driver]:
    driver = Driver(detector, tmp_path)
    yield driver
    driver.stage.close()


@pytest.mark.parametrize("name", SCENARIOS)
async def test_a_scenario_holds(driver: Driver, name: str) -> None:
    assert await play(read(SCENARIOS[name]), driver) == []


@pytest.mark.parametrize("name", served(SCENARIOS, MANY))
async def test_a_scenario_holds_with_the_log_on_a_server(
    driver: Driver, log: Server, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("bot.demo.stage.Store", on(log))
    assert await play(read(SCENARIOS[name]), driver) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_says_what_it_shows_and_where_it_cannot_happen(name: str) -> None:
    scenario = read(SCENARIOS[name])
    assert scenario.title
    assert scenario.about or not scenario.not_on
    assert set(scenario.not_on) <= {"telegram", "slack"}
