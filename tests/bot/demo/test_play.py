"""The player notices what is not as expected; a scenario file is read with care."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.driver import Driver
from bot.demo.play import play
from bot.demo.scenario import Scenario, Step, read
from bot.misuse import InputError
from detectors.detector import Detector
from tests.whole import whole

LEAK = {"by": "May", "says": "Ah Fai: A123456(3)", "label": "leak"}
PEOPLE = [{"name": "May"}, {"name": "Priya", "admin": True}]


def scenario(*steps: dict[str, Any], **changes: Any) -> Scenario:
    given = {"title": "t", "group": {"name": "HR", "audience": 8}, "people": PEOPLE, "steps": steps} | changes
    return Scenario.model_validate(given)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


@pytest.fixture
def driver(detector: Detector, tmp_path: Path) -> Iterator[Driver]:
    driver = Driver(detector, tmp_path)
    yield driver
    driver.stage.close()


@pytest.mark.parametrize(
    ("expect", "problem"),
    [
        ({"nudged": False}, "step 1 (says): who acted got 1 nudges"),
        ({"nudged": True, "rules": ["phone"]}, "step 1 (says): rules are ('hkid',)"),
        ({"nudged": True, "rules": []}, "step 1 (says): rules are ('hkid',)"),
        ({"nudged": True, "types": []}, "step 1 (says): types are ('HKID',)"),
        ({"nudged": True, "resolution": "edited"}, "step 1 (says): the incident is open"),
        ({"nudged": True, "reason": "work"}, "step 1 (says): the reason is "),
        ({"nudged": True, "thanked": True}, "step 1 (says): the newest nudge is no thank-you"),
        ({"nudged": True, "joined": 3}, "step 1 (says): the newest nudge does not speak of 3 messages"),
        ({"nudged": True, "language": "zh"}, "step 1 (says): the newest message is not in zh"),
        ({"nudged": True, "holds": "zebra"}, "step 1 (says): the newest message lacks 'zebra'"),
        ({"nudged": True, "alerted": True}, "step 1 (says): somebody else got 0 other messages"),
        ({"nudged": True, "replied": True}, "step 1 (says): who acted got 0 other messages"),
        ({"nudged": True, "unreachable": True}, "step 1 (says): 0 nudges could not be delivered"),
    ],
)
async def test_what_is_not_as_expected_is_told(driver: Driver, expect: dict[str, Any], problem: str) -> None:
    assert await play(scenario(LEAK | {"expect": expect}), driver) == [problem]


async def test_a_repeated_word_and_a_talking_bot_are_told(driver: Driver) -> None:
    leak: dict[str, Any] = LEAK | {"never": ["ID card"], "expect": {"nudged": True}}
    watched: list[str] = []

    def interrupt(step: Step) -> None:
        watched.append(step.verb)
        if len(watched) == 2:
            driver.stage.world.write("", "somebody here leaked")

    problems = await play(scenario(leak, {"by": "May", "says": "thanks"}), driver, interrupt)
    assert problems == ["step 1 (says): somebody read 'ID card' again", "step 2 (says): the group saw the bot speak"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = ", "not valid TOML"),
        ('title = "t"', "group: Field required"),
        ('title = "t"\n[group]\nname = "g"\ncolour = 1', "group.colour: Extra inputs"),
        ('title="t"\n[group]\nname="g"\n[[people]]\nname="A"\n[[steps]]\nby="A"', "a step has exactly one of"),
        ('title="t"\n[group]\nname="g"\n[[people]]\nname="A"\n[[steps]]\nby="A"\nsays="x"\nasks="y"', "exactly one of"),
        ('title="t"\n[group]\nname="g"\n[[people]]\nname="A"\n[[steps]]\nsays="x"', "a step needs `by`"),
        ('title="t"\n[group]\nname="g"\n[[people]]\nname="A"\n[[steps]]\nby="B"\nsays="x"', "not among the people"),
    ],
)
def test_a_bad_scenario_file_is_refused_with_the_place(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "scenario.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"scenario\.toml") as refused:
        read(file)
    assert problem in str(refused.value)


def test_a_missing_scenario_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read(tmp_path / "none.toml")
