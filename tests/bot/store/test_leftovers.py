"""What SQLite leaves of deleted rows in the unused middle of pages is overwritten while others read and write."""

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from bot.store import StoreError, files, leftovers

pytestmark = pytest.mark.fault
ROWS = 600


def at_once(work: Callable[[], leftovers.Reached]) -> leftovers.Reached:
    return work()


def mark(number: int) -> str:
    return f"row-{number:05}-"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in which rows came, grew and went in no order, so that pages were split and merged."""
    dice, path = random.Random(4), tmp_path / "log.db"  # noqa: S311 - no secret
    with closing(files.connect(path)) as db:
        db.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID")
        db.execute("CREATE INDEX by_body ON kept (body)")
        for number in dice.sample(range(ROWS), ROWS):
            db.execute("INSERT INTO kept VALUES (?, ?)", (mark(number), mark(number) + "x" * dice.randrange(200)))
        for number in dice.sample(range(ROWS), ROWS):
            db.execute("UPDATE kept SET body = body || ? WHERE name = ?", ("y" * dice.randrange(90), mark(number)))
        db.commit()
    return path


def forget(db: sqlite3.Connection, numbers: Iterator[int] | range) -> None:
    db.executemany("DELETE FROM kept WHERE name = ?", [(mark(number),) for number in numbers])
    db.commit()


def left(path: Path, numbers: range) -> set[int]:
    """Which of the rows can still be found in the file itself."""
    written = path.read_bytes()
    return {number for number in numbers if mark(number).encode() in written}


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def test_nothing_is_left_of_deleted_rows_where_sqlite_leaves_copies(path: Path) -> None:
    gone = range(0, ROWS, 2)
    with closing(files.connect(path)) as db:
        forget(db, gone)
        before = db.execute("SELECT * FROM kept ORDER BY name").fetchall()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert left(path, gone)  # secure_delete is on, and is not enough
        assert leftovers.overwrite(path, at_once)
        assert db.execute("SELECT * FROM kept ORDER BY name").fetchall() == before
    assert left(path, gone) == set()
    assert left(path, range(1, ROWS, 2)) == set(range(1, ROWS, 2))
    assert is_whole(path)


def test_what_is_deleted_and_written_meanwhile_is_looked_through_as_well(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes between any two steps, with pages in mind that were read before."""
    monkeypatch.setattr(leftovers, "FEW", 2)
    numbers = iter(range(1, ROWS, 2))
    added: list[str] = []
    with closing(files.connect(path)) as db:
        forget(db, range(0, ROWS, 2))

        def between(work: Callable[[], leftovers.Reached]) -> leftovers.Reached:
            for gone in islice(numbers, 30):
                forget(db, iter((gone,)))
                added.append(f"new-{gone:05}-")
                db.execute("INSERT INTO kept VALUES (?, ?)", (added[-1], "z" * gone))
            db.commit()
            return work()

        assert leftovers.overwrite(path, between)
        rest = list(numbers)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        names = {row[0] for row in db.execute("SELECT name FROM kept")}
    assert left(path, range(ROWS)) == set(rest)
    assert names == {mark(number) for number in rest} | set(added)
    assert is_whole(path)


def test_writers_go_on_in_other_threads(path: Path) -> None:
    with closing(files.connect(path)) as db:
        forget(db, range(0, ROWS, 2))
    stop, written = threading.Event(), 0

    def write() -> None:
        nonlocal written
        with closing(files.connect(path)) as own:
            while not stop.is_set():
                own.execute("INSERT INTO kept VALUES (?, ?)", (f"new-{written:05}-", "z" * (written % 300)))
                own.commit()
                written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert leftovers.overwrite(path, at_once)
    finally:
        stop.set()
        writer.join()
    with closing(files.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert db.execute("SELECT COUNT(*) FROM kept").fetchone()[0] == ROWS // 2 + written
    assert left(path, range(0, ROWS, 2)) == set()
    assert is_whole(path)


def test_pages_that_somebody_remembers_do_not_bring_it_back(path: Path) -> None:
    gone = range(0, ROWS, 2)
    with closing(files.connect(path)) as db:
        forget(db, gone)
        db.execute("SELECT COUNT(*), MAX(body) FROM kept").fetchone()  # all pages are in its memory now
        assert leftovers.overwrite(path, at_once)
        db.execute("UPDATE kept SET body = substr(body, 1, 20)")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert left(path, gone) == set()
        assert is_whole(path)


def test_whoever_reads_what_was_before_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "PAUSE", 0.0)
    with closing(files.connect(path)) as db, closing(files.connect(path, reader=True)) as reader:
        db.execute("INSERT INTO kept VALUES ('one more', '')")
        db.commit()
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM kept").fetchone()
        forget(db, range(0, ROWS, 2))
        assert not leftovers.overwrite(path, at_once)
        reader.rollback()
        assert leftovers.overwrite(path, at_once)


def test_a_file_that_was_deleted_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened"):
        leftovers.overwrite(tmp_path / "log.db", at_once)
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_pages_can_not_be_told_apart_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA auto_vacuum = FULL")
        db.execute("CREATE TABLE kept (name TEXT)")
        db.commit()
    with pytest.raises(StoreError, match="auto_vacuum = NONE"):
        leftovers.overwrite(path, at_once)
