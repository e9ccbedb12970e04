"""How the database is asked: on connections that can't write, one for each thread."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.store.engine import Row, Session, Values
from bot.store.errors import StoreError, as_store_error


class Reader:
    """Asks a database; safe to call from any thread, each of which gets a connection of its own."""

    def __init__(self, connect: Callable[[], Session]) -> None:
        self._connect = connect
        self._local = threading.local()
        self._connections: list[Session] = []
        self._unreadable: dict[str, StoreError] = {}
        self._open()

    def _open(self) -> Session:
        connection = self._connect()
        self._local.connection = connection
        self._connections.append(connection)
        return connection

    def _connection(self) -> Session:
        return getattr(self._local, "connection", None) or self._open()

    def _rows(self, sql: str, values: Values = ()) -> list[Row]:
        with self._told(sql):
            return self._connection().execute(sql, values).fetchall()

    def _one(self, sql: str, values: Values = ()) -> Row | None:
        return next(iter(self._rows(sql, values)), None)

    def _each(self, sql: str, values: Values = ()) -> Iterator[Sequence[Any]]:
        """The rows one at a time and as they are, for as many as there may be."""
        with self._told(sql):
            yield from self._connection().each(sql, values)

    @contextmanager
    def _told(self, sql: str) -> Iterator[None]:
        """Remember which questions the database does not answer; another one may still be answered."""
        try:
            with as_store_error():
                yield
        except StoreError as error:
            self._unreadable[sql] = error
            raise
        if self._unreadable:
            # Whatever ailed the whole file is over; damage is somewhere in it, and only that place can say it is whole.
            still = {asked: error for asked, error in self._unreadable.items() if asked != sql and error.damage}
            self._unreadable = still

    @contextmanager
    def _still(self) -> Iterator[None]:
        """See the database as it is now until the end, whatever is written meanwhile; writers don't wait for it."""
        with as_store_error():
            connection = self._connection()
            connection.still()
        try:
            yield
        finally:
            connection.rollback()
