"""`retention verify`: a proof for the file in both languages, and exit code 1 when something is left."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main, signed
from bot.words import Act
from tests.bot.cli.test_evidence import config, incident, notes

__all__ = ["config"]


def test_a_proof_is_printed_and_noted(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retention", "verify", "--config", str(config)]) == 0
    out = capsys.readouterr().out
    for piece in (
        "Nothing that should be gone is left.",
        "應已刪除的資料已全部不在。",
        f"cli:{signed.by()[1]}",
        "Example Ltd",
        "1 incident in the log",
        "sha256",
        "thinktwice.db",
    ):
        assert piece in out
    assert str(config.parent) not in out
    assert notes(config.parent) == [(*signed.by(), Act.VERIFY)]


def test_what_is_left_is_counted_and_never_shown(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = incident(config.parent)
    with closing(sqlite3.connect(config.parent / "thinktwice.db")) as log:
        log.execute("PRAGMA secure_delete = OFF")
        log.execute("PRAGMA foreign_keys = ON")
        log.execute("DELETE FROM incident")
        log.commit()
    assert main(["retention", "verify", "--config", str(config)]) == 1
    out = capsys.readouterr().out
    assert "LEFT, 1: ids of deleted incidents" in out
    assert "Something is left." in out
    assert gone not in out
    assert main(["purge", "--clock-is-right", "--config", str(config)]) == 0
    assert main(["retention", "verify", "--config", str(config)]) == 0, "the cure is one"


def test_where_there_is_no_log_a_sentence_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n')
    assert main(["retention", "verify", "--config", str(file)]) == 1
    assert "There is no database" in capsys.readouterr().err
