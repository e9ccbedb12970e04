"""Zeros over what SQLite leaves of rows that are gone, in the file itself, while others read and write.

`secure_delete` overwrites a row where it stands, and empties pages that nobody needs any more. But where SQLite builds
a page anew, copies of its rows stay in the middle of the page, which no row uses; a copy stays when its row is deleted.
`VACUUM` would write the whole file anew, and nobody commits meanwhile. Here these middles alone are overwritten: what
they hold means nothing to SQLite, so whoever reads a page may see it before or after.
Pages: https://www.sqlite.org/fileformat2.html#b_tree_pages
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from enum import Enum, auto
from functools import partial
from pathlib import Path

from bot.store import files
from bot.store.errors import StoreError, as_store_error

NONE, FEW, ALL = -1, 500, 2**32
"""Pages that are looked through while nobody may commit: in the first round, in the next ones, in the last."""
ROUNDS = 10
TRIES, PAUSE = 20, 0.02
"""How often it is tried to have all in the file, and seconds in between: others may be in the middle of something."""
HEADERS = {2: 12, 5: 12, 10: 8, 13: 8}
"""The kinds of pages that hold rows or keys, and how long their headers are."""
ASKED = 0.001
"""Seconds between two looks whether somebody still writes."""
FILE_HEADER, WAL_HEADER, FRAME_HEADER = 100, 32, 24


class Reached(Enum):
    """What came of a round."""

    HELD = auto()
    """The file stays as it is: its pages can be looked through."""
    DONE = auto()
    """All were looked through."""
    NOT = auto()
    """Another program reads what was before."""


Between = Callable[[Callable[[], Reached]], Reached]
"""Does something between two transactions of whoever writes, and returns what that returns."""


def overwrite(path: Path, between: Between) -> bool:
    """Leave nothing of deleted rows in the database file; False where another program still reads what was before.

    What was deleted must be committed. What is written meanwhile is looked through in rounds, each as long as what was
    written during the one before; the last, of a few pages, is done while nobody commits. Raises StoreError.
    """
    own = partial(files.connect, path, create=False)  # a log that was deleted meanwhile is not made anew, and empty
    with as_store_error(), closing(own()) as locking, closing(own()) as keeping:
        level = _Level(path, locking, keeping)
        for at_once in (NONE, *(ROUNDS - 2) * (FEW,), ALL):
            # Most is moved into the file before anybody has to wait.
            keeping.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            for _ in range(TRIES):
                reached = between(partial(level.reach, at_once))
                if reached is not Reached.NOT:
                    break
                time.sleep(PAUSE)
            if reached is not Reached.HELD:
                break
            level.wipe()
    return reached is Reached.DONE


class _Level:
    """The moment at which all that is committed stands in the database file, and not only in the write-ahead log.

    A reader who begins then reads the file alone, and until it ends SQLite moves nothing into the file, whoever writes:
    https://www.sqlite.org/walformat.html (WAL_READ_LOCK(0)). So the file stays as it is.
    """

    def __init__(self, path: Path, locking: sqlite3.Connection, keeping: sqlite3.Connection) -> None:
        """Use two connections of one's own: one that keeps others from writing, one that keeps the file as it is."""
        self._file = files.opened(path)
        self._wal = path.with_name(path.name + "-wal")
        self._locking, self._keeping = locking, keeping
        self._written: frozenset[int] | None = None

    def reach(self, at_once: int) -> Reached:
        """Bring all into the file, and keep it so until `wipe`.

        Where no more than `at_once` pages were written since the last time they are wiped here, while nobody commits.
        """
        _lock(self._locking)
        try:
            written = frozenset(_pages(self._wal))
            busy, frames, moved = self._keeping.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if busy or moved < frames:
                return Reached.NOT
            if len(written) <= at_once:
                self._wipe(written)
                self._forget()
                return Reached.DONE
            self._keeping.execute("BEGIN")
            self._keeping.execute("SELECT 1 FROM sqlite_master").fetchone()
            self._written = None if at_once == NONE else written
            return Reached.HELD
        finally:
            self._locking.rollback()

    def wipe(self) -> None:
        """Wipe the pages that were written since the last time (all, at the first), and let the file go."""
        self._wipe(self._written)
        self._keeping.rollback()

    def _wipe(self, pages: Iterable[int] | None) -> None:
        try:
            self._overwrite(pages)
        except OSError as error:
            raise StoreError(f"The database file can't be overwritten ({error.strerror}): check the disk.") from error

    def _overwrite(self, pages: Iterable[int] | None) -> None:
        header = os.pread(self._file, FILE_HEADER, 0)
        if any(header[52:56]):  # the pages of that map look like others
            raise StoreError(
                "The database has a map of its pages: PRAGMA auto_vacuum = NONE, then VACUUM, takes it out."
            )
        size = int.from_bytes(header[16:18])
        size = 65_536 if size == 1 else size
        last = os.fstat(self._file).st_size // size
        for number in range(1, last + 1) if pages is None else pages:
            page = os.pread(self._file, size, (number - 1) * size)
            start, end = _middle(page, FILE_HEADER if number == 1 else 0, size - header[20])
            if page[start:end].strip(b"\0"):
                os.pwrite(self._file, bytes(end - start), (number - 1) * size + start)
        os.fdatasync(self._file)

    def _forget(self) -> None:
        """Commit what changes nothing, so that every other connection forgets the pages that it read before."""
        version: int = self._locking.execute("PRAGMA user_version").fetchone()[0]
        self._locking.execute(f"PRAGMA user_version = {version}")
        self._locking.commit()


def _lock(connection: sqlite3.Connection) -> None:
    """Keep others from writing as soon as they let it; the error of SQLite once `files.PATIENCE` is over.

    SQLite has no queue for this lock, and waits a tenth of a second between two looks: who writes without a pause lets
    go of it for less, and so kept us out for many seconds.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    last = time.monotonic() + files.PATIENCE
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(ASKED)
        else:
            return


def _middle(page: bytes, at: int, usable: int) -> tuple[int, int]:
    """Return where the part of a page begins and ends that no row uses; its header begins at `at`."""
    header = HEADERS.get(page[at]) if page else None
    if header is None:
        return 0, 0
    start = at + header + 2 * int.from_bytes(page[at + 3 : at + 5])
    end = int.from_bytes(page[at + 5 : at + 7]) or 65_536
    return (start, end) if start <= end <= usable else (0, 0)


def _pages(wal: Path) -> Iterator[int]:
    """Yield the numbers of the pages in the write-ahead log, but for what lay in it before it began anew."""
    try:
        log = wal.open("rb")
    except FileNotFoundError:
        return
    with log:
        header = log.read(WAL_HEADER)
        size = int.from_bytes(header[8:12])
        while len(frame := log.read(FRAME_HEADER)) == FRAME_HEADER and frame[8:16] == header[16:24]:
            yield int.from_bytes(frame[:4])
            log.seek(size, os.SEEK_CUR)
