"""What the statements ask of a database, and the store of an engine: the same for SQLite and PostgreSQL.

Statements are written as SQLite reads them, with `?` or `:name` for values; `bot.store.postgres.dialect` says the few
things that PostgreSQL spells otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Values = Sequence[object] | Mapping[str, object]


class Row(Protocol):
    """A row: its values in order, and by the names of their columns."""

    def __getitem__(self, key: Any, /) -> Any:
        """A value by the name of its column or by its number."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The values in order."""
        ...

    def keys(self) -> Iterable[str]:
        """The names of the columns."""
        ...


class Cursor(Protocol):
    """What came of a statement."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...

    def fetchone(self) -> Any:
        """The next row; None when there is none."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The rows one after the other."""
        ...


class Database(Protocol):
    """What takes statements; what fails raises sqlite3.Error or StoreError."""

    def execute(self, sql: str, values: Values = (), /) -> Cursor:
        """Do one statement."""
        ...


class Session(Database, Protocol):
    """One connection. Outside a transaction each statement stands for itself."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def atomic(self) -> AbstractContextManager[None]:
        """Within a transaction: undo what is done in the block, and no more, when it fails."""
        ...

    def begin(self) -> None:
        """Begin a transaction that writes; others who write wait until it is over."""
        ...

    def commit(self) -> None:
        """End a transaction; what it did lasts."""
        ...

    def rollback(self) -> None:
        """Undo a transaction, if one is open."""
        ...

    def still(self) -> None:
        """Begin a transaction that sees the database as it is now, whatever is written meanwhile."""
        ...

    def each(self, sql: str, values: Values = (), /) -> Iterator[Sequence[Any]]:
        """Rows one at a time and as they are, for as many as there may be."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Asked(Protocol):
    """Takes requests to the one who writes."""

    def ask(self, work: Callable[[Session], T], *, alone: bool = False) -> "Future[T]":
        """Have something done in a transaction, or `alone` between two of them."""
        ...


class Engine(Protocol):
    """Where a store is kept. Raises StoreError with the cure."""

    def writing(self) -> Session:
        """Connect for the one who writes."""
        ...

    def reading(self) -> Session:
        """Connect for somebody who reads."""
        ...

    def migrate(self, db: Session) -> None:
        """Bring the tables up to date."""
        ...

    def unhurried(self, db: Session) -> None:
        """Begin a transaction that writes and may take its time; others who write wait, or give up."""
        ...

    def numbered(self, db: Session) -> Mapping[str, int]:
        """The last number that was given to a row, for each table that doesn't give one twice."""
        ...

    def number_on(self, db: Session, last: Mapping[str, int]) -> None:
        """Let the tables go on after these numbers, and after those of the rows that are there."""
        ...

    def look(self) -> None:
        """See that what is written still reaches the place."""
        ...

    async def overwritten(self, writer: Asked) -> Mapping[str, int]:
        """Leave nothing of what was deleted; says what is left nevertheless, as `Purged` has it."""
        ...

    def close(self) -> None:
        """Let somebody else have the place."""
        ...
