"""What the statements ask of a database, and the store of an engine: the same for SQLite and PostgreSQL.

Statements are written as SQLite reads them, with `?` or `:name` for values; `bot.store.postgres.dialect` says the few
things that PostgreSQL spells otherwise.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Values = Sequence[object] | Mapping[str, object]
Rates = Mapping[str, tuple[int, float]]
"""For each bucket: how many sends in how many seconds."""
BEAT = 1.0
"""Seconds between two beats of one of several programs over one log."""


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

    @property
    def replica(self) -> int:
        """The number of this program among those that run over one log; 0 where it runs alone."""
        ...

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


class Replica(Protocol):
    """This program among those that run over one log, as its last beat found it."""

    @property
    def number(self) -> int:
        """Its number; another one once it has fallen silent for too long and joined again."""
        ...

    @property
    def alive(self) -> bool:
        """Whether nobody can have taken over what it holds."""
        ...

    @property
    def leads(self) -> bool:
        """Whether it does what one alone does: it is the eldest."""
        ...

    @property
    def adoptions(self) -> int:
        """How often it took over what somebody else held."""
        ...

    def join(self) -> None:
        """Begin anew after a FencedError, in a transaction of its own."""
        ...

    def beat(self, db: Database, edition: str) -> "Heard":
        """Say that it is there and by which policies it judges; take over what those held who fell silent."""
        ...

    def heard(self, beat: "Heard") -> None:
        """Take note of a beat, once it is committed."""
        ...

    def leave(self, db: Database) -> None:
        """Let the others have what it holds."""
        ...

    def room(self, db: Database, rates: Rates) -> float:
        """Draw from these buckets, for all programs; returns the seconds to wait where one of them has no room yet."""
        ...

    def closed(self, db: Database, bucket: str, seconds: float) -> None:
        """Let nobody draw from a bucket for so long."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A beat: when it began (by no clock that can be set), and what it found."""

    tick: float
    eldest: bool
    adopted: bool


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

    def replica(self, db: Session) -> "Replica | None":
        """Become one of those that run over this log, writing by `db`; None where one runs alone."""
        ...

    def look(self) -> None:
        """See that what is written still reaches the place."""
        ...

    def in_pieces(self, writer: Asked) -> AbstractAsyncContextManager[Callable[[], Awaitable[None]]]:
        """While much is deleted in many transactions: what to await between two of them."""
        ...

    async def overwritten(self, writer: Asked, *, anew: bool) -> Mapping[str, int]:
        """Leave nothing of what was deleted; says what is left nevertheless, as `Purged` has it.

        `anew`: whatever that takes, and however long others wait.
        """
        ...

    def close(self) -> None:
        """Let somebody else have the place."""
        ...
