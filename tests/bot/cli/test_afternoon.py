"""The author's afternoon of the documents, typed as it stands there."""

import asyncio
import re
import shlex
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.demo import stage
from bot.demo.driver import Driver
from bot.demo.scenario import Member, Room, Scenario, Step
from bot.demo.stage import Clock
from detectors.detector import Detector

PAGE = (Path(__file__).parents[3] / "docs" / "afternoon.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
MEMBERS = (Member(name="May"), Member(name="Ken"))
LEFT_OUT = "…"


def typed(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands of a console with the lines that the page shows under each."""
    for command in block.removeprefix("$ ").split("\n$ "):
        first, *lines = command.rstrip("\n").split("\n")
        yield first, lines


def shown(lines: list[str], output: str) -> bool:
    """Tell whether the lines are the output, those left out aside; table cells may stand closer."""
    pieces = [re.escape(" ".join(piece.split())) for piece in "\n".join(lines).split(LEFT_OUT)]
    said = " ".join(output.split())
    return re.fullmatch(r"\s*" + r".*".join(pieces) + r"\s*", said, re.DOTALL) is not None


async def written(block: str, folder: Path, detector: Detector, before: int) -> int:
    """People write what the page says, judged by what the configuration names; returns how many messages there are."""
    chosen = tomllib.loads((folder / "config.toml").read_text("utf-8"))["policies"]
    room = Room(name="HR operations", audience=47, policy=chosen["default"], trial=chosen.get("trial", ""))
    steps = tuple(Step(by=who, says=text) for who, text in re.findall(r"(\w+): (.*)", block))
    driver = Driver(detector, folder)
    await driver.begin(Scenario(title="An afternoon", group=room, people=MEMBERS, steps=steps))
    for _ in range(before):  # the ids of a group's messages go on
        await driver.say(Step(by="May", says="ok"))
    for step in steps:
        await driver.say(step)
    driver.stage.close()
    return len(driver.stage.world.posts)


async def test_an_afternoon_goes_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(stage, "Clock", lambda: Clock(time.time() - 600))  # reports speak of the last days
    detector = Detector()
    said = 0
    for kind, block in BLOCKS:
        if kind == "toml":
            (tmp_path / block.split("\n", 1)[0].removeprefix("# ")).write_text(block, "utf-8")
        elif kind == "messages":
            said = await written(block, tmp_path, detector, said)
        else:
            for command, lines in typed(block):
                await asyncio.to_thread(main, shlex.split(command)[1:])
                out, err = capsys.readouterr()
                assert shown(lines, err + out), f"{command}\n{err}{out}"
