"""Whether files are read: what the configuration asks for, and what the doctor says of it."""

from pathlib import Path

import pytest

from bot import app
from bot.cli import checks
from bot.config import Config, ConfigError, Files, Privacy
from tests.fakes.judging import Marks

PRIVACY = Privacy(operator="Example Ltd", contact="privacy@example.com")


def config(folder: Path, **files: object) -> Config:
    return Config(privacy=PRIVACY, files=Files.model_validate(files), folder=folder)


def test_nobody_who_did_not_ask_has_files_read(tmp_path: Path) -> None:
    assert app.reader(config(tmp_path), Marks()) is None
    assert "names and captions" in checks._files(config(tmp_path)).advice


def test_the_limits_are_those_of_the_configuration(tmp_path: Path) -> None:
    asked = config(tmp_path, enabled=True, max_megabytes=3, seconds=7, pages=11, memory_megabytes=500)
    reader = app.reader(asked, Marks())
    assert reader is not None
    assert reader.most == 3_000_000


def test_a_library_that_is_missing_is_one_sentence_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = config(tmp_path, enabled=True)
    monkeypatch.setattr(app, "missing", lambda: ("pypdfium2",))
    with pytest.raises(ConfigError, match=r"pypdfium2 is not installed: pip install 'thinktwice\[files\]'"):
        app.reader(asked, Marks())
    monkeypatch.setattr(checks, "missing", lambda: ("pypdfium2",))
    check = checks._files(asked)
    assert not check.good
    assert "thinktwice[files]" in check.advice


@pytest.mark.parametrize("away", [True, False])
def test_the_doctor_says_whether_what_reads_files_has_no_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, away: bool
) -> None:
    async def cut_off() -> bool:
        return away

    monkeypatch.setattr(checks, "missing", lambda: ())
    monkeypatch.setattr(checks, "cut_off", cut_off)
    check = checks._files(config(tmp_path, enabled=True))
    assert check.good
    assert ("firewall" in check.advice) is not away
