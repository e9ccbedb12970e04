"""How much SQLite works: steps of its virtual machine, which are the same on every machine and at any load.

https://www.sqlite.org/c3ref/progress_handler.html; a scan of a table that grows shows as steps that grow with it.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from sqlite3 import Connection

from bot.store import Store
from bot.store.engine import Session
from bot.store.sqlite import Sqlite

PIECE = 10
"""Steps that are counted as one."""


@dataclass(slots=True)
class Work:
    """What was asked, and the steps that it took, by statement; `statements` counts how often each was asked."""

    steps: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)
    _current: str = ""

    @property
    def total(self) -> int:
        """All steps."""
        return self.steps.total() * PIECE

    def listen(self, connection: Connection) -> None:
        """Count what this connection does from now on."""
        connection.set_trace_callback(self._asked)
        connection.set_progress_handler(self._stepped, PIECE)

    def _asked(self, sql: str) -> None:
        self._current = sql.split("VALUES", maxsplit=1)[0].split("WHERE", maxsplit=1)[0]
        self.statements[self._current] += 1

    def _stepped(self) -> int:
        self.steps[self._current] += 1
        return 0


@contextmanager
def counted(store: Store) -> Iterator[Work]:
    """Count the work of a store, its writer's and this thread's reading, for the time of the block."""
    work = Work()
    reading, writing = _plain(store._connection()), _plain(store._writer._db)  # noqa: SLF001 - a benchmark looks under the bonnet
    for connection in (reading, writing):
        work.listen(connection)
    try:
        yield work
    finally:
        for connection in (reading, writing):
            connection.set_trace_callback(None)
            connection.set_progress_handler(None, 0)


def _plain(session: Session) -> Connection:
    if not isinstance(session, Sqlite):
        raise TypeError("only a file counts its steps")
    return session.conn
