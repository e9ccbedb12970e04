"""The doctor looks and changes nothing; with `--fix` it does what is safe, says what, and looks again."""

import ast
import gzip
import os
import sqlite3
import time
from pathlib import Path

import pytest

from bot.cli import disk, main
from bot.store import Store, StoreError, waiting
from tests.running import config

ROOT = Path(__file__).parents[3]
RELEASED = ROOT / "tests" / "bot" / "store" / "released" / "0.1.0.db.gz"
LONG_AGO = time.time() - 2 * disk.LATELY


class Place:
    """An installation on the disk, without any platform; `doctor` returns the exit code and what it printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.config = folder / "config.toml"
        self.log = folder / "data" / "thinktwice.db"
        policies = f'[policies]\ndefault = "{folder}/mine/hr.toml"\n[detector]\nopinion = false\n'
        self.config.write_text(config(more=f'[store]\npath = "data/thinktwice.db"\n{policies}'), "utf-8")
        self.mine = folder / "mine"
        self.mine.mkdir()
        (self.mine / "hr.toml").write_text('extends = "hr-default"\n')

    def doctor(self, *options: str) -> str:
        main(["doctor", "--config", str(self.config), *options])
        return self._capsys.readouterr().out

    def everything(self) -> dict[str, tuple[int, int, bytes]]:
        """All that is on the disk."""
        files = [(path, path.stat()) for path in self.folder.rglob("*")]
        return {
            str(path): (stat.st_mode, stat.st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path, stat in files
        }


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    return Place(tmp_path, capsys)


def _draft(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    os.utime(file, (LONG_AGO, LONG_AGO))
    return file


def _old_log(place: Place) -> None:
    place.log.parent.mkdir()
    place.log.write_bytes(gzip.decompress(RELEASED.read_bytes()))


def test_looking_changes_nothing(place: Place) -> None:
    before = place.everything()
    assert f"make the folder {place.log.parent}" not in (said := place.doctor())
    assert f"the folder {place.log.parent} for it does not exist: make it" in said
    assert place.everything() == before
    _old_log(place)
    before = place.everything()
    assert "`thinktwice run` makes" in place.doctor()
    assert {name: one for name, one in place.everything().items() if name in before} == before
    assert waiting(place.log)


def test_all_of_it_is_mended_in_one_go(place: Place) -> None:
    _old_log(place)
    place.log.chmod(0o644)
    place.config.chmod(0o664)
    (tokens := place.folder / "tokens").write_text("TELEGRAM_BOT_TOKEN=7000001:planted\n")
    tokens.chmod(0o640)
    copy = _draft(place.log.parent / ".copy.db.4711", disk.SQLITE + b"and more")
    edition = _draft(place.mine / ".hr.toml.a1b2c3d4", b"half")
    said = place.doctor("--fix")
    todo, again = said.partition("To be done:\n")[2].split("Looked at again:\n")
    assert {line.strip() for line in todo.strip().splitlines()} == {
        f"bring the tables of {place.log} up to date",
        f"chmod 600 {tokens}",
        f"chmod 600 {place.log}",
        f"chmod go-w {place.config}",
        f"rm {copy}",
        f"rm {edition}",
    }
    assert "chmod" not in again
    assert "draft" not in again
    assert waiting(place.log) == 0
    assert [path.stat().st_mode & 0o777 for path in (tokens, place.log, place.config)] == [0o600, 0o600, 0o644]
    assert not copy.exists()
    assert not edition.exists()
    assert "planted" not in said
    assert "nothing that can be done without you" in place.doctor("--fix")


def test_a_folder_for_the_log_is_made_for_its_owner_alone(place: Place) -> None:
    assert "does it exist" not in place.doctor("--fix").partition("Looked at again")[2]
    assert place.log.parent.stat().st_mode & 0o777 == 0o700
    assert "there is none yet" in place.doctor()


def test_policies_and_what_looks_like_a_draft_stay(place: Place) -> None:
    place.log.parent.mkdir()
    kept = [
        _draft(place.mine / "hr.toml.20261128T021000Z-0123456789ab", b"the edition before"),
        _draft(place.mine / ".hr.toml.swp", b"an editor's"),
        _draft(place.log.parent / ".notes.2026", b"somebody's own"),
        _draft(place.log.parent / "copy.db", disk.SQLITE),
    ]
    fresh = place.log.parent / ".copy.db.12"
    fresh.write_bytes(disk.SQLITE)  # a backup that is running
    policy = (place.mine / "hr.toml").read_bytes()
    place.doctor("--fix")
    assert all(path.exists() for path in (*kept, fresh))
    assert (place.mine / "hr.toml").read_bytes() == policy


def test_what_can_not_be_done_is_told_and_the_rest_is_done(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    _old_log(place)
    place.config.chmod(0o664)

    def refused(*_: object, **__: object) -> Store:
        raise StoreError("The database is locked by another program: close that program and try again.")

    monkeypatch.setattr(Store, "open", refused)
    said = place.doctor("--fix")
    assert f"Could not bring the tables of {place.log} up to date: The database is locked" in said
    assert place.config.stat().st_mode & 0o022 == 0


def test_a_log_of_a_newer_version_is_left_alone(place: Place) -> None:
    _old_log(place)
    store = Store.open(place.log, time.time)
    store.close()

    with sqlite3.connect(place.log) as log:
        log.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('thinktwice', 'm999', '')"
        )
    log.close()
    assert "newer Think Twice" in place.doctor("--fix")


def test_every_check_that_is_not_good_says_what_to_do() -> None:
    files = [*(ROOT / "bot").rglob("*.py")]
    calls = [
        (file.name, node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Check"
    ]
    assert len(calls) > 15
    silent = [
        (file, call.lineno)
        for file, call in calls
        if not any(word.arg == "advice" for word in call.keywords)
        and not any(word.arg == "good" and ast.unparse(word.value) == "True" for word in call.keywords)
    ]
    assert silent == []
