"""`thinktwice init`: a folder to edit, from which the bot runs; nothing that is there is touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.config import load
from bot.platforms.registered import SECTIONS
from policies.shipped import SHIPPED

ROOT = Path(__file__).parents[3]
WRITTEN = {"config.toml", "slack-manifest.yaml", "thinktwice.service", *(f"policies/{name}.toml" for name in SHIPPED)}
ANALYZE = shutil.which("systemd-analyze")


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["init", str(tmp_path / "new" / "bot")]) == 0
    capsys.readouterr()
    return tmp_path / "new" / "bot"


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


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")
def test_systemd_accepts_the_unit_and_finds_little_exposed(folder: Path) -> None:
    """The threshold is of 100: https://www.freedesktop.org/software/systemd/man/latest/systemd-analyze.html."""
    unit = str(folder / "thinktwice.service")
    for check in (["verify"], ["security", "--offline=true", "--threshold=20"]):
        judged = subprocess.run([str(ANALYZE), *check, unit], capture_output=True, text=True, check=False)
        assert judged.returncode == 0, judged.stderr + judged.stdout
