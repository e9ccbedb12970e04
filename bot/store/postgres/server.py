"""A log on a PostgreSQL server: its connections, its lock, and the end of a purge there."""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, closing, nullcontext
from functools import partial
from typing import Any

from psycopg.types.numeric import Int8Dumper

from bot.addresses import Server
from bot.store.engine import Asked, Session
from bot.store.errors import StoreError
from bot.store.postgres import cleaning, schema, silence
from bot.store.postgres.dialect import ROWID
from bot.store.postgres.replica import Replica
from bot.store.postgres.session import HOLDER, Connection, Postgres, named
from bot.store.postgres.silence import Bounded
from bot.store.postgres.told import as_store_error

OLDEST = 150_000
"""PostgreSQL 15."""
CONNECTS = 10
"""Seconds that a connection may take to come about."""
LINE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""After so long a silence a connection counts as broken (seconds, and milliseconds):
https://www.postgresql.org/docs/current/libpq-connect.html"""
NAME = f"{os.getpid()}@{socket.gethostname()}"
"""This program, as the server and its operator know it."""
SETTINGS = (
    "SET synchronous_commit = on",
    "SET lock_timeout = '15s'",
    "SET idle_in_transaction_session_timeout = '30s'",
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
"""What each connection asks for, whatever the server's own settings are. A program that stops within a transaction
does not keep others from writing for longer than that; a server that lost sight of one lets its locks go."""


READS = "SET default_transaction_read_only = on"
HANGS = 3.0
"""Seconds that `run` may hang in the middle of a transaction: others over the same log can't say meanwhile that they
are there."""


class Flag(Int8Dumper):
    """True and False as 1 and 0, as the tables have them."""

    def dump(self, obj: object) -> bytes:
        """Write it."""
        return b"1" if obj else b"0"


class PostgresServer:
    """The log at an address; see `bot.store.engine.Engine`. Raises StoreError with the cure."""

    def __init__(self, server: Server, *, hold: bool, create: bool, alone: bool = False) -> None:
        """`hold`: the connection that writes holds the lock of `run`, and every new one takes it again.

        Several may hold it at once, but for who wants to hold it `alone`.
        """
        self._server, self._hold, self._create, self._alone = server, hold, create, alone
        self._runs = False

    def writing(self) -> Postgres:
        """Connect for the one who writes."""
        session = Postgres(partial(self._connected, hold=self._hold))
        if not self._create and not schema.there(session):
            session.close()
            raise StoreError(
                "There is no log in that database yet: start `thinktwice run` first, or correct [store] url."
            )
        return session

    def reading(self) -> Postgres:
        """Connect for somebody who reads."""
        return Postgres(partial(self._connected, reads=True))

    def migrate(self, db: Session) -> None:
        """Bring the tables up to date."""
        schema.migrate(db, time.time())

    def unhurried(self, db: Session) -> None:
        """Begin to write, without the limit that keeps a program that stopped from holding up others."""
        db.begin()
        db.execute("SET LOCAL idle_in_transaction_session_timeout = 0")

    def numbered(self, db: Session) -> Mapping[str, int]:
        """Of the tables whose numbers are never given twice; the others number rows only to keep their order."""
        sql = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM {}"
        return {
            table: db.execute(sql.format(sequence)).fetchone()["last"]
            for table, column, sequence in schema.sequences(db)
            if column != ROWID
        }

    def number_on(self, db: Session, last: Mapping[str, int]) -> None:
        """Set the sequences of all tables."""
        for table, column, sequence in schema.sequences(db):
            newest = db.execute(f"SELECT max({column}) AS n FROM {table}").fetchone()["n"] or 0  # noqa: S608 - ours
            number = max(newest, last.get(table, 0))
            db.execute("SELECT setval(?, greatest(?, 1), ? > 0)", (sequence, number, number))

    def replica(self, db: Session) -> Replica | None:
        """Become one of those that run over this log, unless it is somebody's alone."""
        if not self._hold or self._alone:
            return None
        assert isinstance(db, Postgres)  # noqa: S101 - it is ours
        self._runs = True
        return Replica(db, NAME)

    def look(self) -> None:
        """What is written reaches the server, or fails."""

    def in_pieces(self, writer: Asked) -> AbstractAsyncContextManager[Callable[[], Awaitable[None]]]:  # noqa: ARG002 - a server has somebody for that
        """The server moves its log by itself, beside the commits."""
        return nullcontext(_nothing)

    async def overwritten(self, writer: Asked, *, anew: bool) -> Mapping[str, int]:  # noqa: ARG002 - VACUUM has a connection of its own
        """Leave nothing of what was deleted in the files of the tables, as far as that can be: see `cleaning`."""
        return await asyncio.to_thread(self._cleaned, anew=anew)

    def close(self) -> None:
        """The lock goes with the connection that holds it."""

    def _cleaned(self, *, anew: bool) -> Mapping[str, int]:
        with closing(Postgres(self._connected)) as session:
            return cleaning.cleaned(session, anew=anew)

    def _patience(self) -> float:
        """How long an answer may take; to bring the tables of a large log up to date may take any time."""
        return silence.ANSWERS if self._runs else float("inf")

    def _connected(self, *, hold: bool = False, reads: bool = False) -> Connection:
        with as_store_error(connecting=True):
            connection = Bounded.connect(
                self._server.url,
                autocommit=True,
                row_factory=named,
                connect_timeout=CONNECTS,
                application_name=f"thinktwice {NAME}",
                client_encoding="utf8",
                password=self._server.password or None,
                **LINE,
            )
        try:
            _new_enough(connection.info.server_version)
            connection.adapters.register_dumper(bool, Flag)
            if hold or reads:
                connection.patience = self._patience
            more = (*((READS,) if reads else ()), *((_runs(),) if hold else ()))
            with as_store_error():
                connection.execute("; ".join((*SETTINGS, *more)).encode())
                if hold:
                    _held(connection, alone=self._alone)
        except BaseException:
            connection.close()
            raise
        return connection


def _runs() -> str:
    return f"SET idle_in_transaction_session_timeout = {HANGS * 1000:.0f}"


async def _nothing() -> None:
    """There is nothing to do between two transactions."""


def _new_enough(version: int) -> None:
    if version < OLDEST:
        raise StoreError("PostgreSQL 15 or newer is needed: upgrade the server, or use [store] path.")


def _held(connection: Connection, *, alone: bool) -> None:
    """Take the lock of `run`; the server lets go of it when the connection ends. Raises StoreError."""
    sql = _ALONE if alone else _TOGETHER
    taken = connection.execute(sql, (HOLDER,)).fetchone()
    if taken is None or not taken["ours"]:
        names = ", ".join(row["name"].removeprefix("thinktwice ") for row in connection.execute(_HOLDERS, (HOLDER,)))
        holders = f"process {names or 'unknown'}"
        raise StoreError(
            f"The log is in use by `thinktwice run` ({holders}): stop that first."
            if alone
            else f"The log is held by a command that moves it ({holders}): wait until it is over."
        )


_ALONE = b"SELECT pg_try_advisory_lock(%s, hashtext(current_schema())) AS ours"
_TOGETHER = b"SELECT pg_try_advisory_lock_shared(%s, hashtext(current_schema())) AS ours"
_HOLDERS = b"""SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = %s AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1"""
