"""`thinktwice demo`: what a person sees, with and without a terminal."""

import io
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import main
from bot.demo import demo as module
from bot.demo.demo import demo, stored, words
from bot.demo.scenario import read, shipped
from bot.misuse import InputError
from bot.store import Store
from bot.words import Act
from tests.whole import whole

LEAKS = """
title = "Too hopeful"
[group]
name = "HR"
[[people]]
name = "May"
[[steps]]
by = "May"
says = "Ah Fai: A123456(3)"
expect = { nudged = false }
"""


@cache
def shown(width: int = 100, *, terminal: bool = False, path: Path | None = None) -> tuple[int, str]:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, highlight=False)
    code = demo(path, console)
    return code, out.getvalue()


def test_the_afternoon_shows_leaks_near_misses_and_the_report() -> None:
    code, text = shown()
    assert code == 0
    flat = " ".join(text.replace("│", " ").split())
    pieces = (
        "Y175954(8)",
        "to Ken, privately",
        "to 美玲, privately",
        "健康",
        "looks like personal data, and isn't",
        "[Not personal data]",
        "to Priya, privately",
        "Think Twice report",
        "Incidents: 5",
        "none of them is in it",
    )
    assert [piece for piece in pieces if piece not in flat] == []


def test_no_private_panel_repeats_a_value() -> None:
    private = "\n".join(re.findall("│(.*?)│", shown()[1]))
    values = words(read(shipped()["afternoon"]), whole().find)
    assert [value for value in values if re.search(r"\d{3}", value) and value in private] == []


def test_without_a_terminal_there_are_no_control_codes() -> None:
    assert "\x1b" not in shown()[1]


def test_a_terminal_gets_colours_and_no_color_takes_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0)
    assert "\x1b[1;33m" in shown(terminal=True)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown(99, terminal=True)[1])


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut_off(width: int) -> None:
    text = shown(width)[1]
    assert max(len(line) for line in text.splitlines()) <= width
    assert "陳太確診抑鬱症" in text


def test_a_scenario_that_does_not_hold_ends_with_1_and_says_where(tmp_path: Path) -> None:
    file = tmp_path / "scenario.toml"
    file.write_text(LEAKS, "utf-8")
    code, text = shown(path=file)
    assert code == 1
    assert "not as expected: step 1 (says): who acted got 1 nudges" in text


def test_a_scenario_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        demo(tmp_path / "none.toml", Console(file=io.StringIO()))


def test_an_old_terminal_gets_question_marks_and_no_traceback() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "bot", "demo"]
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"to Ken, privately" in run.stdout


@pytest.mark.parametrize("encoding", ["cp950", "latin-1"])
def test_what_an_encoding_can_not_write_becomes_a_question_mark(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding=encoding) as out:
        monkeypatch.setattr("sys.stdout", out)
        assert main(["demo"]) == 0
        out.flush()
        assert b"to Ken, privately" in written.getvalue()
        assert b"?" in written.getvalue()


SHORT = """
title = "A group with a very short name"
[group]
name = "G"
audience = 47
[[people]]
name = "Ken"
[[people]]
name = "i"
[[steps]]
by = "Ken"
says = "ok"
"""


def test_a_short_name_raises_no_false_alarm(tmp_path: Path) -> None:
    file = tmp_path / "scenario.toml"
    file.write_text(SHORT, "utf-8")
    code, text = shown(path=file)
    assert "none of them is in it" in " ".join(text.split())
    assert code == 0


@pytest.mark.parametrize("word", ["G", "Ken", "美", "Ken Chan Tai Man", "D982509(7)"])
async def test_the_search_finds_a_word_that_is_there(tmp_path: Path, word: str) -> None:
    database = tmp_path / "thinktwice.db"
    store = Store.open(database, lambda: 1.8e9)
    await store.audit("cli", "", Act.REPORT, "30d", allowed=True)
    assert stored([word], database) == []
    await store.audit("cli", "", Act.REPORT, f"of {word}, say", allowed=True)
    assert stored([word, "zebrafinch"], database) == [word]
    store.close()


def test_a_word_on_disk_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "words", lambda *_: ("incident",))
    code, text = shown(110)
    assert (code, "1 OF THEM ARE IN IT" in " ".join(text.split())) == (1, True)


def test_other_people_may_play_a_scenario_but_nobody_who_acts_may_be_missing(tmp_path: Path) -> None:
    scenario, people = tmp_path / "scenario.toml", tmp_path / "people.toml"
    scenario.write_text(SHORT)
    people.write_text('[[people]]\nname = "Ken"\nlanguage = "zh"\n[[people]]\nname = "Fai"\n')
    assert demo(scenario, Console(file=io.StringIO()), people=people) == 0
    people.write_text('[[people]]\nname = "Fai"\n')
    with pytest.raises(InputError, match="Ken act in the scenario; add them"):
        demo(scenario, Console(file=io.StringIO()), people=people)
