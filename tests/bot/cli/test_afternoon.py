"""The afternoon of docs/recipes.md, played: files written, messages judged, commands run, and what they print."""

import asyncio
import re
import shlex
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import main
from bot.config import load
from bot.demo.scenario import Member, Room
from bot.demo.stage import Stage
from bot.platforms.registered import SECTIONS
from detectors.detector import Detector

ROOT = Path(__file__).parents[3]
STORY = (ROOT / "docs" / "recipes.md").read_text("utf-8").split("## An author's afternoon")[1]
ANYTHING = "…"
"""In what a command prints: something that is different each time; alone at the end, whatever follows."""


class Act(NamedTuple):
    """A file that is written, a message, or a command; `text` is what follows it."""

    words: str
    text: str


def acts() -> Iterator[Act]:
    """The acts of the story in their order; messages stand as comments."""
    for block in re.findall(r"```console\n(.*?)```", STORY, re.DOTALL):
        for words, text in re.findall(r"^[$#] (.*)\n((?:(?![$#] ).*\n)*)", block, re.MULTILINE):
            yield Act(words, text)


async def say(texts: list[str], detector: Detector) -> None:
    """Let people write while the bot runs on config.toml."""
    choice = load(Path("config.toml"), SECTIONS).policies
    room = Room(name="HR operations", audience=47, policy=choice.default, trial=choice.trial or "")
    stage = Stage(room, (Member(name="Ken"), Member(name="Priya", admin=True)), detector, Path())
    try:
        stage.clock.forward(time.time() - stage.clock())
        await stage.open()
        for text in texts:
            await stage.platform.say(stage.world.people["Ken"], text)
            await stage.settle()
    finally:
        stage.close()


def printed(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    name, *arguments = shlex.split(words)
    assert name == "thinktwice"
    capsys.readouterr()
    code = main(arguments)
    out, err = capsys.readouterr()
    assert bool(code) is bool(err), words
    return "\n".join(line.rstrip() for line in f"{out}{err}".splitlines())


def alike(expected: str, found: str) -> bool:
    lines = [re.escape(line.rstrip()).replace(ANYTHING, ".*") for line in expected.rstrip("\n").splitlines()]
    if lines and lines[-1] == ".*":
        lines[-1] = r"(?s:.*)"
    return re.fullmatch("\n".join(lines), found) is not None


def test_the_afternoon_is_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    detector, spoken, commands = Detector(), list[str](), 0
    for act in acts():
        if act.words.startswith("cat "):
            Path(act.words.removeprefix("cat ")).write_text(act.text, "utf-8")
        elif " writes: " in act.words:
            spoken.append(act.words.partition(" writes: ")[2])
        else:
            if spoken:
                asyncio.run(say(spoken, detector))
                spoken = []
            found = printed(act.words, capsys)
            assert alike(act.text, found), f"$ {act.words}\n{found}"
            commands += 1
    assert commands == 6
