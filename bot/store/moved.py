"""A log copied to another place, between a file and a server: all of it, compared row by row before it counts.

Tables and columns are read from the migrations, which make the same on every engine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Memory
from sqlite_utils.db import Table as Made

from bot.addresses import Server
from bot.store import audit, engines, schema
from bot.store.changes import Noted
from bot.store.engine import Cursor, Engine, Session, Values
from bot.store.errors import StoreError, as_store_error
from bot.store.reading import StoredReadings
from bot.store.readings import Log
from bot.store.waiting import waiting
from bot.words import Act

Place = Path | Server

VALUES = 4_000
"""How many values one statement brings over: https://www.sqlite.org/limits.html allows 32,766, PostgreSQL 65,535."""
RUNNING = ("replica", "bucket", "newest")
"""Tables of the programs that run, and not of what is kept."""
HOLDER = "holder"
"""The column that says which of these programs holds a row."""

Count = Callable[[Log], Sequence[str]]
"""Writes the figures of a log down."""
Told = Callable[[str, int, int], None]
"""Hears how many rows of a table are there, of how many."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What is in both places: the rows of each table, and the figures."""

    rows: Mapping[str, int]
    figures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, the one that numbers its rows among them."""

    name: str
    columns: tuple[str, ...]
    number: str

    def rows(self, db: Session) -> Iterator[Sequence[Any]]:
        """All rows in the order of their numbers; nobody holds them any more."""
        columns = ", ".join("0" if column == HOLDER else column for column in self.columns)
        return db.each(f"SELECT {columns} FROM {self.name} ORDER BY {self.number}")  # noqa: S608 - ours

    def count(self, db: Session) -> int:
        """How many rows there are."""
        return int(db.execute(f"SELECT COUNT(*) AS n FROM {self.name}").fetchone()["n"])  # noqa: S608 - ours

    def add(self, db: Session, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows down."""
        marks = f"({', '.join('?' * len(self.columns))})"
        sql = f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES {', '.join([marks] * len(rows))}"  # noqa: S608 - ours
        db.execute(sql, [value for row in rows for value in row])


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two logs: its engine, and the connection that holds it."""

    engine: Engine
    db: Session

    def begin(self) -> None:
        """Keep everybody else from writing until this is over."""
        self.engine.unhurried(self.db)


def copy(source: Place, target: Place, by: tuple[str, str], now: float, count: Count, told: Told) -> Moved:
    """Copy the log at `source` to `target`, where there is none; nobody runs on either meanwhile. Raises StoreError.

    Before it is committed, what is at `target` is read again and compared: each row, and the figures that `count`
    makes. `by` is for the audit table, which keeps in both places that a copy was begun.
    """
    if _where(source) == _where(target):
        raise StoreError("Both are the same place: name another one to copy to.")
    if waiting(target):
        raise StoreError(_taken(target))
    with as_store_error(), _held(source, create=False) as old, _held(target, create=True) as new:
        new.begin()
        if any(table.count(new.db) for table in tables()):
            raise StoreError(_taken(target))
        old.begin()
        audit.noted(old.db, Noted(*by, Act.COPY, now, f"to {'postgresql' if isinstance(target, Server) else 'sqlite'}"))
        old.db.commit()
        old.begin()
        seals = {table: _copied(table, old.db, new.db, told) for table in tables()}
        new.engine.number_on(new.db, old.engine.numbered(old.db))
        figures = _compared(old.db, new.db, seals, count)
        new.db.commit()
    return Moved({table.name: seal.rows for table, seal in seals.items()}, figures)


def tables() -> tuple[Table, ...]:
    """The tables of the log as this version makes them, each after those that it refers to."""
    db = Memory(memory=True)
    schema.migrations.apply(db)
    names = [name for name in db.table_names() if not name.startswith(("_", "sqlite_")) and name not in RUNNING]
    return tuple(_table(db.table(name)) for name in names)


def _table(made: Made) -> Table:
    columns = tuple(column.name for column in made.columns)
    numbers = [column.name for column in made.columns if column.is_pk and column.type == "INTEGER"]
    if numbers == list(made.pks):
        return Table(made.name, columns, numbers[0])
    return Table(made.name, ("rowid", *columns), "rowid")


@contextmanager
def _held(place: Place, *, create: bool) -> Iterator[Side]:
    """Hold a log as nobody else does, its tables up to date; what is not committed in the end is undone."""
    engine = engines.at(place, hold=True, create=create, alone=True)
    try:
        db = engine.writing()
        try:
            engine.migrate(db)
            yield Side(engine, db)
        finally:
            db.close()
    finally:
        engine.close()


class _Seal:
    """How many rows went by, and their digest."""

    def __init__(self) -> None:
        self.rows, self._digest = 0, sha256()

    def over(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Hand rows on."""
        for row in rows:
            self.rows += 1
            self._digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
            yield row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seal) and (self.rows, self._said) == (other.rows, other._said)

    __hash__ = None  # type: ignore[assignment]  # it changes

    @property
    def _said(self) -> str:
        return self._digest.hexdigest()


def _copied(table: Table, old: Session, new: Session, told: Told) -> _Seal:
    """Copy the rows of a table; returns what they come to."""
    seal, wanted = _Seal(), table.count(old)
    rows = seal.over(table.rows(old))
    while some := list(islice(rows, max(1, VALUES // len(table.columns)))):
        table.add(new, some)
        told(table.name, seal.rows, wanted)
    return seal


def _compared(old: Session, new: Session, seals: Mapping[Table, _Seal], count: Count) -> Sequence[str]:
    """Read again what was written; returns the figures, which are the same on both sides. Raises StoreError."""
    for table, seal in seals.items():
        written = _Seal()
        for _ in written.over(table.rows(new)):
            pass
        if written != seal:
            raise StoreError(f"The copy of {table.name} is not what was copied: nothing was kept; try again.")
    figures, again = (count(StoredReadings(partial(_Within, db))) for db in (old, new))
    if figures != again:
        raise StoreError("The copy has other figures than the log: nothing was kept; try again.")
    return figures


class _Within:
    """Questions in a transaction that stays open: all of them see the same anyway."""

    in_transaction, replica = True, 0

    def __init__(self, db: Session) -> None:
        self._db = db

    def execute(self, sql: str, values: Values = (), /) -> Cursor:
        return self._db.execute(sql, values)

    def each(self, sql: str, values: Values = (), /) -> Iterator[Sequence[Any]]:
        return self._db.each(sql, values)

    def atomic(self) -> AbstractContextManager[None]:
        return self._db.atomic()

    def begin(self) -> None:
        """It has begun."""

    still = commit = rollback = close = begin


def _where(place: Place) -> object:
    return place.absolute() if isinstance(place, Path) else place.url


def _taken(target: Place) -> str:
    where = "an empty database" if isinstance(target, Server) else "a file that is not there"
    return f"There is a log at {target} already: name {where}; nothing was changed."
