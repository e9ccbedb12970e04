"""Which engine keeps a store: SQLite for a file, PostgreSQL for an address."""

from pathlib import Path

from bot.addresses import Server
from bot.store.engine import Engine
from bot.store.errors import StoreError
from bot.store.sqlite import SqliteFile


def at(place: str | Path | Server, *, hold: bool, create: bool) -> Engine:
    """The engine of a place; `hold` takes it for `run`, `create` makes what is not there. Raises StoreError."""
    if not isinstance(place, Server):
        return SqliteFile(Path(place), hold=hold, create=create)
    try:
        from bot.store.postgres.server import PostgresServer  # noqa: PLC0415 - its library is an extra
    except ImportError as error:
        raise StoreError(
            "The library for PostgreSQL is missing: install thinktwice[postgres] (psycopg), or use [store] path."
        ) from error
    return PostgresServer(place, hold=hold, create=create)


def file(place: str | Path | Server, instead: str) -> Path:
    """The file of a log that is one; for what only works on files. Raises StoreError that says what to do instead."""
    if isinstance(place, Server):
        raise StoreError(f"The log is in PostgreSQL: {instead}")
    return Path(place)
