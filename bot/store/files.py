"""Opening the database file: its rights, its lock, its connections."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.store.errors import StoreError

OLDEST = (3, 37, 0)
"""The first SQLite with strict tables."""
CACHE = 16_000
"""KiB of pages that the writer keeps: in a large log a leak touches pages all over three indexes."""
PATIENCE = 15.0
"""Seconds to wait for another program's transaction (a purge beside `run`)."""


@contextmanager
def private() -> Iterator[None]:
    """Let new files be readable by their owner alone; SQLite makes -wal and -shm like the database."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def connect(path: Path, *, reader: bool = False, create: bool = True) -> sqlite3.Connection:
    """Open a connection with every safety on; sqlite-utils needs Python's default transaction handling.

    A reader, and whoever is not to `create` it, makes no file where there is none (any more).
    """
    place = f"{path.absolute().as_uri()}?mode={'rwc' if create and not reader else 'rw'}"
    connection = sqlite3.connect(place, uri=True, timeout=PATIENCE, check_same_thread=False)
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    for pragma in ("query_only = ON",) if reader else ("journal_mode = WAL", f"cache_size = -{CACHE}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


_OPENED: dict[tuple[int, int], int] = {}


def opened(path: Path) -> int:
    """A descriptor of the database file itself, one for a process: to close it would take SQLite's own locks off it.

    That is what POSIX has closing do: https://www.sqlite.org/howtocorrupt.html, section 2.2.
    """
    found = path.stat()
    file = found.st_dev, found.st_ino
    if file not in _OPENED:
        _OPENED[file] = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    return _OPENED[file]


class Files:
    """The database and its write-ahead log as they were when they were opened."""

    def __init__(self, path: Path) -> None:
        self._known = {file: _identity(file) for file in (path, path.with_name(path.name + "-wal"))}

    def look(self) -> None:
        """See that what is written still reaches them: SQLite goes on in a file without a name. Raises StoreError."""
        if any(_identity(file) != known for file, known in self._known.items()):
            raise StoreError(
                "The database file was deleted, moved or replaced while the bot runs: stop the bot, put the file "
                "(or a copy of it) back, start again; nothing is lost, messages wait meanwhile."
            )


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file bears this name; None when there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def ready(path: Path, *, create: bool) -> None:
    """Check that the file can be there at all. Raises StoreError with the cure."""
    if sqlite3.sqlite_version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise StoreError(f"SQLite {wanted} is needed, this Python has {sqlite3.sqlite_version}: use a newer Python.")
    if not path.exists():
        if not create:
            raise StoreError(
                f"There is no database at {path} yet: start `thinktwice run` first, or correct [store] path."
            )
        if not path.parent.is_dir():
            raise StoreError(
                f"The folder {path.parent} for the database does not exist: make it, or correct [store] path."
            )
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database file: correct [store] path.")
    place = path if path.exists() else path.parent
    if not (os.access(place, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(
            f"{place} can't be written: give this user write permission for {path.parent} and what is in it."
        )


def hold(path: Path) -> IO[str]:
    """Take the lock of `run`; the kernel lets go of it when the process ends, however it ends. Raises StoreError."""
    with private():
        lock = path.with_name(path.name + ".lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read(20).strip() or "unknown"
        lock.close()
        raise StoreError(
            f"{path} is in use by another `thinktwice run` (process {holder}): stop that one first."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
