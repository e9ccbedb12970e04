"""`thinktwice init`: five questions, and a folder from which the bot runs; nothing that is there is touched."""

import os
import pty
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.answers import Answers, asked, written
from bot.config import load
from bot.platforms.registered import SECTIONS
from policies.shipped import SHIPPED
from tests.small_disk import small

ROOT = Path(__file__).parents[3]
WRITTEN = {
    "config.toml",
    "tokens",
    "slack-manifest.yaml",
    "thinktwice.service",
    *(f"policies/{name}.toml" for name in SHIPPED),
}


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


EXAMPLE = (ROOT / "config.example.toml").read_text("utf-8")
HARBOUR = ("--operator", "Harbour Lane Trading 海港里", "--contact", "privacy@harbourlane.example")


def _keyboard(*lines: str) -> Callable[[str], str]:
    typed = iter(lines)
    return lambda _: next(typed)


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["init", str(tmp_path / "new" / "bot")]) == 0
    capsys.readouterr()
    return tmp_path / "new" / "bot"


@pytest.mark.parametrize("words", [("init", "--yes"), ("policy", "init")])
def test_a_full_disk_leaves_nothing_behind(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small(tmp_path / "disk", 1 << 14) as disk:
        assert main([*words, str(disk / "new" / "bot")]) == 1
        assert "No space left on device); make room there" in capsys.readouterr().err
        assert [*disk.iterdir()] == []
        (disk / "mine").mkdir()
        (disk / "mine" / "note").write_text("mine", "utf-8")
        assert main([*words, str(disk / "mine")]) == 1
        assert [*disk.rglob("*")] == [disk / "mine", disk / "mine" / "note"]


def test_it_writes_what_a_person_edits_and_names_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path)]) == 0
    assert _files(tmp_path) == WRITTEN
    said = capsys.readouterr().out
    assert [name for name in WRITTEN if f"{tmp_path / name}\n" not in said] == []
    assert f"thinktwice doctor --config {tmp_path}/config.toml" in said


def test_the_configuration_is_the_example_and_a_configuration_as_it_stands(folder: Path) -> None:
    assert (folder / "config.toml").read_bytes() == (ROOT / "config.example.toml").read_bytes()
    assert (folder / "slack-manifest.yaml").read_bytes() == (ROOT / "slack-manifest.yaml").read_bytes()
    assert load(folder / "config.toml", SECTIONS).folder == folder


@pytest.mark.parametrize("there", sorted(WRITTEN))
def test_it_writes_all_or_nothing_and_over_nothing(
    tmp_path: Path, there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", "utf-8")
    assert main(["init", str(tmp_path)]) == 1
    assert _files(tmp_path) == {there}
    assert (tmp_path / there).read_text("utf-8") == "mine"
    assert f"{there}: is there already" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["init", str(tmp_path / "file")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_unit_runs_this_installation_with_that_configuration(folder: Path) -> None:
    unit = (folder / "thinktwice.service").read_text("utf-8")
    assert f'ExecStart="{sys.executable}" -P -m bot run --config "{folder}/config.toml"\n' in unit
    assert f"EnvironmentFile={folder}/tokens\n" in unit
    assert "@FOLDER@" not in unit


def test_a_percent_sign_in_a_path_is_not_systemds(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "100%")]) == 0
    assert "/100%%/config.toml" in (tmp_path / "100%" / "thinktwice.service").read_text("utf-8")


def test_tokens_have_a_place_that_nobody_else_can_read(folder: Path) -> None:
    assert (folder / "tokens").stat().st_mode & 0o777 == 0o600
    assert "\nTELEGRAM_BOT_TOKEN=\n" in (folder / "tokens").read_text("utf-8")


def test_without_answers_it_says_what_is_still_the_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", str(tmp_path)])
    assert "still has the example's [privacy] operator, contact, enabled, [admins]" in capsys.readouterr().out
    assert main(["doctor", "--config", str(tmp_path / "config.toml")]) == 1
    said = capsys.readouterr().out
    assert "[privacy] operator" in said
    assert "and your own contact" in said


def test_options_answer_the_questions_and_the_comments_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--platforms", "slack,telegram", "--admins", "telegram:1001, slack:U0ADMIN", "--groups=-1001,-1002"]
    assert main(["init", str(tmp_path), *HARBOUR, *asked, "--yes"]) == 0
    assert "example's" not in capsys.readouterr().out
    config = load(tmp_path / "config.toml", SECTIONS)
    assert (config.privacy.operator, config.privacy.contact) == (HARBOUR[1], HARBOUR[3])
    assert config.admins == {"telegram": ("1001",), "slack": ("U0ADMIN",)}
    assert config.platforms["telegram"].model_dump(include={"enabled", "groups"}) == {
        "enabled": True,
        "groups": (-1001, -1002),
    }
    assert config.platforms["slack"].enabled
    text = (tmp_path / "config.toml").read_text("utf-8")
    changed = [new for new, old in zip(text.splitlines(), EXAMPLE.splitlines(), strict=True) if new != old]
    assert len(changed) == 7
    assert all("#" in line for line in changed)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--platforms", "whatsapp"], "There are telegram and slack"),
        (["--operator", "  "], "people have a right to know"),
        (["--contact", "a\x07b"], "One line will do"),
        (["--admins", "1001"], "say with --platforms"),
        (["--platforms", "telegram", "--admins", "@priya"], "no user id"),
        (["--platforms", "telegram,slack", "--admins", "1001"], "telegram:1001"),
        (["--platforms", "telegram", "--groups=1001"], "with the minus"),
        (["--platforms", "slack", "--groups=-1001"], "groups are of telegram"),
    ],
)
def test_an_option_that_makes_no_sense_is_told_and_nothing_is_written(
    tmp_path: Path, options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path), *options]) == 1
    assert sentence in capsys.readouterr().err
    assert _files(tmp_path) == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_question_is_asked_until_its_answer_makes_sense(language: str) -> None:
    told: list[str] = []
    typed = ("signal", "telegram、slack", "", "Harbour Lane", "room 12", "1001", "slack:U1 telegram:7", "7", "-7")
    answers = asked(Answers(), _keyboard(*typed), told.append, language)
    assert answers == Answers(
        ("telegram", "slack"), "Harbour Lane", "room 12", {"slack": ("U1",), "telegram": ("7",)}, (-7,)
    )
    assert len(told) == 4


def test_enter_takes_what_stands_in_brackets_and_slack_is_asked_for_no_groups() -> None:
    answers = asked(Answers(), _keyboard("", "Harbour Lane", "room 12", "", ""), pytest.fail, "en")
    assert answers == Answers(("telegram",), "Harbour Lane", "room 12", {}, ())
    asked(Answers(), _keyboard("slack", "Harbour Lane", "room 12", ""), pytest.fail, "en")


def test_what_is_known_is_not_asked() -> None:
    known = Answers(("slack",), "Harbour Lane", "room 12", {"slack": ("U1",)})
    assert asked(known, _keyboard(), pytest.fail, "en") == known


@pytest.mark.parametrize("operator", ['Quote " and \\ backslash', "人事部 # 1", "[privacy]"])
def test_any_line_can_be_an_answer(operator: str) -> None:
    config = tomllib.loads(written(EXAMPLE, Answers(operator=operator, contact=operator)))
    assert config["privacy"] == {"operator": operator, "contact": operator}


def test_at_a_terminal_it_asks(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"slack\nHarbour Lane\nroom 12\nU0ADMIN\n")
    command = [sys.executable, "-m", "bot", "init", str(tmp_path / "new")]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, cwd=ROOT, check=True)
    assert "2. Who runs it?" in done.stdout
    assert load(tmp_path / "new" / "config.toml", SECTIONS).admins == {"slack": ("U0ADMIN",)}
    os.write(ours, b"slack\n\x04")
    command[-1] = str(tmp_path / "other")
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr.strip(), (tmp_path / "other").exists()) == (1, "Nothing was written.", False)
