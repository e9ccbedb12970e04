"""`thinktwice scan --files`: every file of a folder has its line, and none says a word of what is in it."""

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.cli import filing
from tests.detectors.documents import made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "staff.xlsx": made.xlsx({"Notes": [["x", "y"]], "Staff": made.ROWS}),
        "sub/letter.pdf": made.pdf([["Dear all"], ["His HKID is A123456(3)"]]),
        "lunch.docx": made.docx(["Lunch menu", "Noodles $48"]),
        "broken.docx": made.docx(["x"])[:60],
        "secret.xlsx": made.compound({"EncryptedPackage": b"x" * 5000}),
        "HKID A123456(3).txt": b"nothing",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "link").symlink_to(tmp_path / "staff.xlsx")
    return tmp_path


def test_every_file_has_a_line_with_kind_place_and_verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scan", "--files", str(folder), "--format", "jsonl"]) == 0
    out = capsys.readouterr().out
    rows = {row["id"]: row for row in map(json.loads, out.splitlines())}
    assert len(rows) == 7
    staff = rows["staff.xlsx"]
    assert (staff["kind"], staff["people"], staff["warn"], staff["severity"]) == ("sheet", 3, True, "high")
    first = next(one for one in staff["found"] if one["type"] == "HKID")
    assert first == {"type": "HKID", "score": 0.92, "in": "row", "sheet": 2, "row": 2, "column": 2}
    assert (rows["sub/letter.pdf"]["found"][0]["page"], rows["sub/letter.pdf"]["warn"]) == (2, True)
    assert (rows["lunch.docx"]["warn"], rows["lunch.docx"]["unread"]) == (False, None)
    assert rows["broken.docx"]["unread"] == "broken"
    assert rows["link"]["unread"] == "no_access"
    assert (rows["secret.xlsx"]["protected"], rows["secret.xlsx"]["unread"]) == (True, None)
    assert rows["HKID A123456(3).txt"]["warn"]
    assert "A1234563" not in out
    assert "Chan" not in out


def test_the_table_shows_what_was_found_and_what_was_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    cli.main(["scan", "--files", str(folder)])
    out = capsys.readouterr().out
    assert "sheet 2, about 3 rows" in out
    assert "unread: broken" in out
    assert out.endswith("7 files, 3 would be nudged, 2 unread (broken 1, no_access 1), 1 encrypted\n")
    assert "lunch" not in out


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.pdf", "a.jpg", "a.txt"])
def test_a_file_without_bytes_is_unread(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).touch()
    cli.main(["scan", "--files", str(tmp_path)])
    assert capsys.readouterr().out.endswith("1 file, 0 would be nudged, 1 unread (empty 1)\n")


def test_the_gravest_place_is_named_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "a.txt").write_text("write to amy.wong88@gmail.com\nlunch\nHKID A123456(3), B123456(9)\n", "utf-8")
    cli.main(["scan", "--files", str(tmp_path)])
    assert "line 3; line 1" in capsys.readouterr().out


def test_on_a_terminal_a_bar_tells_how_far_it_is_and_leaves_the_output_alone(folder: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "scan", "--files", str(folder), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"}) as run:
        os.close(theirs)
        shown = _all_of(ours)
        out = run.stdout.read() if run.stdout else b""
    assert run.returncode == 0
    assert "files" in shown
    assert "100%" in shown
    assert "A123456" not in shown
    assert [json.loads(line)["id"] for line in out.splitlines()]
    assert b"100%" not in out


def _all_of(terminal: int) -> str:
    """Whatever is written to a terminal, until the last who could write to it has gone."""
    said = b""
    with contextlib.suppress(OSError):  # Linux says so in place of an end
        while piece := os.read(terminal, 65_536):
            said += piece
    os.close(terminal)
    return said.decode("utf-8", "replace")


def test_without_a_terminal_there_is_no_bar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["scan", "--files", str(folder)])
    assert capsys.readouterr().err == ""


def test_a_folder_that_is_none_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scan", "--files", str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err


def test_messages_and_files_are_not_scanned_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["scan"], ["scan", "-", "--files", "."]):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        assert ended.value.code == 2
    capsys.readouterr()


def test_without_the_libraries_the_cure_is_said_and_plain_files_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "missing", lambda: ("rapidocr",))
    cli.main(["scan", "--files", str(folder / "sub"), "--format", "jsonl"])
    assert "pip install 'thinktwice[files]'" in capsys.readouterr().err
