"""A store in a SQLite file."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlite_utils import Database

from bot.store import checkpoints, files, leftovers, migrating, purge
from bot.store.engine import Asked, Session, Values

T = TypeVar("T")


class Sqlite:
    """One connection; see `bot.store.engine.Session`."""

    replica = 0

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self.conn = connection

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; SQLite itself ends one where the disk fails."""
        return self.conn.in_transaction

    def execute(self, sql: str, values: Values = (), /) -> sqlite3.Cursor:
        """Do one statement."""
        return self.conn.execute(sql, values)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Undo what is done in the block, and no more, when it fails."""
        self.conn.execute("SAVEPOINT request")
        try:
            yield
        except BaseException:
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK TO request")
                self.conn.execute("RELEASE request")
            raise
        self.conn.execute("RELEASE request")

    def begin(self) -> None:
        """Begin to write: a transaction that only read before could not wait for others."""
        self.conn.execute("BEGIN IMMEDIATE")

    def still(self) -> None:
        """See the file as it is at the first question."""
        self.conn.execute("BEGIN")

    def commit(self) -> None:
        """Have it on the disk."""
        self.conn.commit()

    def rollback(self) -> None:
        """Undo what is open."""
        self.conn.rollback()

    def each(self, sql: str, values: Values = (), /) -> Iterator[Sequence[Any]]:
        """Rows one at a time, as tuples."""
        cursor = self.conn.cursor()
        cursor.row_factory = None
        yield from cursor.execute(sql, values)

    def close(self) -> None:
        """Let go of the file."""
        self.conn.close()


class SqliteFile:
    """The file at `path`; see `bot.store.engine.Engine`. Raises StoreError with the cure."""

    def __init__(self, path: Path, *, hold: bool, create: bool) -> None:
        """Make the file ready (`create`: where there is none), and take the lock of `run` where it is to be held."""
        files.ready(path, create=create)
        self._path = path
        self._lock: IO[str] | None = files.hold(path) if hold else None
        self._files: files.Files | None = None

    def writing(self) -> Sqlite:
        """Connect for the one who writes; the file is made where there is none."""
        with files.private():
            return Sqlite(files.connect(self._path))

    def reading(self) -> Sqlite:
        """Connect for somebody who reads."""
        return Sqlite(files.connect(self._path, reader=True))

    def migrate(self, db: Session) -> None:
        """Bring the tables up to date; from now on the file is to stay where it is."""
        assert isinstance(db, Sqlite)  # noqa: S101 - it is ours
        with files.private():
            migrating.migrate(Database(db.conn, execute_plugins=False))
        self._files = files.Files(self._path)

    def unhurried(self, db: Session) -> None:
        """Begin to write; here a transaction may take as long as it likes."""
        db.begin()

    def numbered(self, db: Session) -> Mapping[str, int]:
        """As SQLite keeps them: https://www.sqlite.org/autoinc.html."""
        return {row["name"]: row["seq"] for row in db.execute("SELECT name, seq FROM sqlite_sequence").fetchall()}

    def number_on(self, db: Session, last: Mapping[str, int]) -> None:
        """Write them down where SQLite keeps them; the numbers of rows count by themselves."""
        known = self.numbered(db)
        for table, number in last.items():
            db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            values = (table, max(number, known.get(table, 0)))
            db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", values)

    def replica(self, db: Session) -> None:
        """One runs alone over a file."""

    def look(self) -> None:
        """See that what is written still reaches the file."""
        if self._files is not None:
            self._files.look()

    def in_pieces(self, writer: Asked) -> AbstractAsyncContextManager[checkpoints.Between]:
        """Move the write-ahead log into the file beside the commits."""
        return checkpoints.beside(self._path, writer)

    async def overwritten(self, writer: Asked, *, anew: bool) -> Mapping[str, int]:  # noqa: ARG002 - it is always done whole
        """Leave nothing of what was deleted in file and write-ahead log; says how many bytes are left in that.

        What a purge that was killed left behind is overwritten too. What is written after this is of new things.
        """

        def between(work: Callable[[], T]) -> T:
            return writer.ask(lambda _: work(), alone=True).result()

        done = False
        for _ in range(purge.TRIES):
            done = done or await asyncio.to_thread(leftovers.overwrite, self._path, between)
            if done and await asyncio.wrap_future(writer.ask(purge.empty_wal, alone=True)):
                return {"wal": 0}
            await asyncio.sleep(1)
        return {"wal": max(1, self._path.with_name(self._path.name + "-wal").stat().st_size)}

    def close(self) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            self._lock.close()
