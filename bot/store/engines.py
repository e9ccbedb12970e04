"""Which engine keeps a store: SQLite for a file, PostgreSQL for an address."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.addresses import Server
from bot.store.engine import Engine
from bot.store.errors import StoreError
from bot.store.remains import Remains, verified
from bot.store.sqlite import SqliteFile

if TYPE_CHECKING:
    from bot.store.postgres.examined import Examined


def at(place: str | Path | Server, *, hold: bool, create: bool, alone: bool = False) -> Engine:
    """The engine of a place; `create` makes what is not there. Raises StoreError.

    `hold` takes it for `run`; with `alone` for somebody who moves it, so that nobody else holds it meanwhile. A file
    has one holder in any case.
    """
    if not isinstance(place, Server):
        return SqliteFile(Path(place), hold=hold, create=create)
    with _library():
        from bot.store.postgres.server import PostgresServer  # noqa: PLC0415 - its library is an extra
    return PostgresServer(place, hold=hold, create=create, alone=alone)


def server(place: Server) -> "Examined":
    """What the doctor finds on a server. Raises StoreError when it can't be asked."""
    with _library():
        from bot.store.postgres.examined import examined  # noqa: PLC0415 - its library is an extra
    return examined(place)


def remains(place: str | Path | Server, before: float, sooner: Mapping[str, float]) -> Remains:
    """What is left in a log of what should be gone; see `bot.store.remains.verified`. Raises StoreError."""
    if not isinstance(place, Server):
        return verified(Path(place), before, sooner)
    with _library():
        from bot.store.postgres import remains as on_server  # noqa: PLC0415 - its library is an extra
    return on_server.verified(place, before, sooner)


@contextmanager
def _library() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise StoreError(
            "The library for PostgreSQL is missing: install thinktwice[postgres] (psycopg), or use [store] path."
        ) from error


def file(place: str | Path | Server, instead: str) -> Path:
    """The file of a log that is one; for what only works on files. Raises StoreError that says what to do instead."""
    if isinstance(place, Server):
        raise StoreError(f"The log is in PostgreSQL: {instead}")
    return Path(place)
