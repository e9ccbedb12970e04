"""A copy of the log beside a running bot, a log from a copy, and the end of a log."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database as SqliteUtils

from bot.store import audit, files, migrating
from bot.store.changes import Noted
from bot.store.engine import Database
from bot.store.errors import StoreError, as_store_error
from bot.store.sqlite import Sqlite
from bot.words import Act

PAGES = 256
"""Pages that are copied at a time; a bot that writes meanwhile waits for no longer than that takes."""
SIDES = ("", "-wal", "-shm", "-journal", ".lock")
"""What the files beside a database end with."""
BLOCK = b"\0" * 65_536


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored log holds, and what was waiting in it and is said no more: sends, and files to be read."""

    incidents: int
    cancelled: int
    unread: int


def backup(path: Path, copy: Path) -> Mapping[str, int]:
    """Write a consistent copy, readable by its owner alone; returns the rows of each table. Raises StoreError.

    Nothing is at `copy` until the copy is whole: a half one never looks like one.
    """
    files.ready(path, create=False)
    with _made(copy) as draft, closing(files.connect(path, reader=True)) as log, closing(sqlite3.connect(draft)) as new:
        log.backup(new, pages=PAGES)
        new.execute("PRAGMA journal_mode = DELETE")
        _sound(new, draft)
        return _counts(new)


def restore(copy: Path, path: Path, now: float, by: tuple[str, str]) -> Restored:
    """Make the log at `path` from a copy; nothing that could have been said since then is said again.

    What was waiting or under way when the copy was made may have been sent since: it is cancelled. How far platforms
    were read is forgotten: what was posted since then was told by the log that is gone. Raises StoreError.
    """
    if not copy.is_file():
        raise StoreError(f"There is no file {copy}: name one that `thinktwice backup` wrote.")
    files.ready(path, create=True)
    lock = files.hold(path)
    try:
        if any(path.with_name(path.name + side).exists() for side in ("", "-wal")):
            raise StoreError(
                f"There is a log at {path} already: move it (and its -wal) away first; nothing was changed."
            )
        with _made(path) as draft, closing(sqlite3.connect(draft)) as new:
            with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as old:
                _sound(old, copy)
                old.backup(new)
            db = Sqlite(new)
            with as_store_error():
                migrating.migrate(SqliteUtils(new, execute_plugins=False))
                with new:
                    restored = _hushed(db)
                    audit.noted(db, Noted(*by, Act.RESTORE, now, f"cancelled {restored.cancelled}"))
        return restored
    finally:
        lock.close()


def erase(path: Path) -> Mapping[str, int]:
    """Delete every row, overwrite the files with zeros and remove them; returns the rows that each table had.

    Raises StoreError while the bot runs, or when a row or file is left. Copies elsewhere are not reached.
    """
    files.ready(path, create=False)
    lock = files.hold(path)
    try:
        with as_store_error(), closing(files.connect(path)) as log:
            counts = _counts(log)
            log.execute("PRAGMA foreign_keys = OFF")
            with log:
                for table in counts:
                    log.execute(f"DELETE FROM {table}")  # noqa: S608 - the names of our own tables
            log.execute("VACUUM")
            log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if left := sum(_counts(log).values()):
                raise StoreError(f"{left} rows are still in {path}: close what else has it open, and try again.")
        for side in SIDES:
            _shred(path.with_name(path.name + side))
    finally:
        lock.close()
    if there := [side for side in SIDES if path.with_name(path.name + side).exists()]:
        raise StoreError(f"{path}{there[0]} is still there: delete it by hand.")
    return counts


@contextmanager
def _made(path: Path) -> Iterator[Path]:
    """A file to write, which bears the name `path` once it is whole. Raises StoreError when there is one already."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with as_store_error(), files.private():
        try:
            yield draft
            if draft.exists():
                with draft.open("rb") as written:
                    os.fsync(written.fileno())
                os.link(draft, path)
        except FileExistsError:
            raise StoreError(f"{path} is there already: name another file.") from None
        except OSError as error:
            raise StoreError(f"{path} can't be written: {error.strerror}; name another place.") from error
        finally:
            draft.unlink(missing_ok=True)


def _sound(connection: sqlite3.Connection, path: Path) -> None:
    """See that a file is a whole log, of this version or an earlier one. Raises StoreError."""
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        newer = migrating.foreign(SqliteUtils(connection, execute_plugins=False)) if whole else ()
    except sqlite3.DatabaseError:
        raise StoreError(f"{path} is not a whole log: take another copy.") from None
    if not whole:
        raise StoreError(f"{path} is damaged: take another copy.")
    if newer:
        raise StoreError(f"{path} was written by a newer thinktwice: install that version first.")


def _hushed(db: Database) -> Restored:
    cancelled = db.execute("UPDATE outbox SET state = 'cancelled' WHERE state IN ('waiting', 'sending')").rowcount
    unread = db.execute(
        """UPDATE look SET state = 'unread', code = 'restored', ref = '', sender = NULL, audience = NULL, language = ''
        WHERE state = 'waiting'"""
    ).rowcount
    db.execute("DELETE FROM cursor")
    incidents = db.execute("SELECT COUNT(*) FROM incident").fetchone()[0]
    return Restored(incidents, cancelled, unread)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Our tables with their rows."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    tables = [row[0] for row in connection.execute(sql).fetchall() if not row[0].startswith("_")]
    return {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608 - ours


def _shred(file: Path) -> None:
    """Overwrite a file and take it away."""
    if not file.exists():
        return
    with file.open("r+b") as old:
        left = file.stat().st_size
        while left > 0:
            left -= old.write(BLOCK[:left])
        old.flush()
        os.fsync(old.fileno())
    file.unlink()
