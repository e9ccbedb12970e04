"""One connection to a PostgreSQL server; one that broke is made anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import pq
from psycopg.rows import tuple_row

from bot.store.engine import Cursor, Values
from bot.store.errors import FencedError
from bot.store.postgres.dialect import ROWID, postgres
from bot.store.postgres.told import as_store_error

Connection = psycopg.Connection[Any]

WRITES = b"BEGIN; SELECT pg_advisory_xact_lock(%d, hashtext(current_schema()))"
"""One writes at a time, as in a file of SQLite: what is read in a transaction is still so when it writes."""
WRITER, HOLDER = 7_474_001, 7_474_002
"""Numbers of our locks; with that of the schema, so that two logs in one database don't wait for each other."""
STILL_THERE = b"%b; SELECT 1 FROM replica WHERE id = %d"
"""What begins a transaction of a program that is one of several: whoever was taken for dead writes nothing."""
CLAIMS = b"""UPDATE outbox o SET holder = coalesce((SELECT h.holder FROM outbox h WHERE h.platform = o.platform
        AND h.workspace = o.workspace AND h.recipient = o.recipient AND (h.recipient != '' OR h.chat = o.chat)
        AND h.state IN ('waiting', 'sending') AND h.holder != 0 LIMIT 1), %d)
        WHERE o.holder = 0 AND o.state = 'waiting';
    UPDATE look SET holder = %d WHERE holder = 0 AND state = 'waiting'; COMMIT"""
"""What ends it: what nobody holds yet is its own from now on; but all that goes to one person, or into one group, is
one program's, so that these calls are made one at a time and in order."""


class PostgresRow:
    """Values in order and by name; `rowid` counts for nobody who asks for all columns."""

    __slots__ = ("_names", "_values")

    def __init__(self, names: Mapping[str, int], values: Sequence[Any]) -> None:
        self._names, self._values = names, values

    def __getitem__(self, key: str | int) -> Any:
        """A value by name or number."""
        return self._values[self._names[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> Iterable[str]:
        """The names of the columns."""
        return self._names.keys()


@dataclass(frozen=True, slots=True)
class Line:
    """The way to a server: the host as it was named (a folder: its socket), its address, whether TLS is spoken.

    `mode` is what libpq does to be sure of the server: https://www.postgresql.org/docs/current/libpq-ssl.html
    """

    host: str
    address: str
    encrypted: bool
    mode: str


def named(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], PostgresRow]:
    """Make rows of what comes from the server."""
    columns = [column.name for column in cursor.description or ()]
    names = {name: number for number, name in enumerate(columns) if name != ROWID}
    return lambda values: PostgresRow(names, values)


class Postgres:
    """One connection; see `bot.store.engine.Session`. What fails is a StoreError."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """Connect now, and again by `connect` whenever the connection broke. Raises StoreError."""
        self._connect = connect
        self._connection = connect()
        self.replica = 0

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; a connection that broke has none."""
        return self._connection.info.transaction_status in _OPEN

    @property
    def line(self) -> Line:
        """The way to the server."""
        info = self._connection.info
        mode = info.get_parameters().get("sslmode", "prefer")
        return Line(info.host, info.hostaddr, bool(info.pgconn.ssl_in_use), mode)

    def execute(self, sql: str, values: Values = (), /) -> Cursor:
        """Do one statement; outside a transaction it is tried again on a new connection where the old one broke.

        Outside a transaction nobody but a reader asks, and to ask twice does no harm.
        """
        statement = postgres(sql)
        with as_store_error():
            return self._again(lambda: self._connection.execute(statement, values))

    def each(self, sql: str, values: Values = (), /) -> Iterator[Sequence[Any]]:
        """Rows one at a time, as tuples."""
        with as_store_error():
            if not self.in_transaction:
                self._again(lambda: self._connection.execute(b"SELECT 1"))
            with self._connection.cursor(row_factory=tuple_row) as cursor:
                yield from cursor.stream(postgres(sql), values)

    def begin(self) -> None:
        """Begin to write, as the only one. Raises FencedError."""
        begins = WRITES % WRITER
        if self.replica:
            begins = STILL_THERE % (begins, self.replica)
        with as_store_error():
            begun = self._again(lambda: self._connection.execute(begins))
            while begun.nextset():
                pass
            if begun.fetchone() is None:
                raise FencedError

    def still(self) -> None:
        """See the database as it is at the first question."""
        with as_store_error():
            self._again(lambda: self._connection.execute(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"))

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Undo what is done in the block, and no more, when it fails."""
        with as_store_error():
            self._connection.execute(b"SAVEPOINT request")
        try:
            yield
        except BaseException:
            if self.in_transaction:
                with as_store_error():
                    self._connection.execute(b"ROLLBACK TO request; RELEASE request")
            raise
        with as_store_error():
            self._connection.execute(b"RELEASE request")

    def commit(self) -> None:
        """Have it on the server's disk. A commit whose answer does not come may have been one, and counts as none."""
        with as_store_error():
            self._connection.execute(CLAIMS % (self.replica, self.replica) if self.replica else b"COMMIT")

    def rollback(self) -> None:
        """Undo what is open; a broken connection has undone it."""
        if self.in_transaction:
            with as_store_error():
                self._connection.execute(b"ROLLBACK")

    def close(self) -> None:
        """Let go of the server."""
        with suppress(psycopg.Error):
            self._connection.close()

    def _again(self, work: Callable[[], psycopg.Cursor[Any]]) -> psycopg.Cursor[Any]:
        """Do it; outside a transaction once more where the connection turns out to be broken."""
        open_before = self.in_transaction
        try:
            return work()
        except psycopg.OperationalError:
            if open_before or not self._connection.broken:
                raise
        except psycopg.InterfaceError:
            if open_before or not self._connection.closed:
                raise
        self._connection = self._connect()
        return work()


_OPEN = frozenset({pq.TransactionStatus.ACTIVE, pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR})
