"""The tables on PostgreSQL: made by the same migrations as those of SQLite, in PostgreSQL's spelling."""

import json
from functools import cache
from typing import Any, cast

from sqlite_utils import Database as Memory

from bot.store import schema
from bot.store.engine import Session
from bot.store.errors import StoreError

SHARED = (
    "outbox_unheld ON outbox (id) WHERE holder = 0 AND state = 'waiting'",
    "outbox_active ON outbox (platform, workspace, recipient) WHERE state IN ('waiting', 'sending')",
    "look_unheld ON look (id) WHERE holder = 0 AND state = 'waiting'",
)
"""What finds the rows that are nobody's yet: indexes that a file needs not."""
REMEMBERED = "_migrations"
"""The table of the migrations that were done."""
NEWER = "The database was written by a newer Think Twice: install that version or a newer one."


def migrate(db: Session, now: float) -> None:
    """Bring the tables up to date, in one transaction that others wait for. Raises StoreError."""
    if _known(db) == _ours():
        return
    db.begin()
    try:
        db.execute(f"CREATE TABLE IF NOT EXISTS {REMEMBERED} (name TEXT PRIMARY KEY, applied_at REAL NOT NULL)")
        done = _known(db)
        if done - _ours():
            raise StoreError(NEWER)
        for migration in schema.migrations.pending(Memory(memory=True)):
            if migration.name not in done:
                # It says no more than `execute`, which this session has.
                migration.fn(cast("Any", db))
                db.execute(f"INSERT INTO {REMEMBERED} (name, applied_at) VALUES (?, ?)", (migration.name, now))  # noqa: S608 - ours
        for index in SHARED:
            db.execute(f"CREATE INDEX IF NOT EXISTS {index}")
        db.commit()
    finally:
        db.rollback()


def there(db: Session) -> bool:
    """Whether there is a log."""
    sql = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ?"
    return db.execute(sql, (REMEMBERED,)).fetchone() is not None


def waiting(db: Session) -> int | None:
    """How many migrations the log waits for; None where there is no log yet."""
    return len(_ours() - _known(db)) if there(db) else None


def foreign(db: Session) -> set[str]:
    """The migrations that this version doesn't know."""
    return _known(db) - _ours()


def sizes(db: Session) -> dict[str, int]:
    """Our tables, whatever else lies in the schema, each with its bytes and those of its indexes; 0: it is empty."""
    sql = """SELECT c.relname AS name,
        CASE WHEN pg_relation_size(c.oid) = 0 THEN 0 ELSE pg_total_relation_size(c.oid) END AS size
        FROM pg_catalog.pg_class c WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace(current_schema())
        AND c.relname IN (SELECT value FROM json_each(?)) ORDER BY 1"""
    return {row["name"]: row["size"] for row in db.execute(sql, (json.dumps(sorted(_names())),)).fetchall()}


def dead(db: Session) -> int:
    """How many rows of our tables are deleted and still there; a server that does not count may have one."""
    sql = """SELECT CASE WHEN current_setting('track_counts') = 'on' THEN coalesce(sum(n_dead_tup), 0) ELSE 1 END AS n
        FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname IN (SELECT value FROM json_each(?))"""
    return int(db.execute(sql, (json.dumps(sorted(_names())),)).fetchone()["n"])


def unchecked(db: Session) -> int:
    """How many references between tables the server does not see to: it was told not to when they were made."""
    sql = """SELECT COUNT(*) AS n FROM pg_catalog.pg_constraint WHERE contype = 'f' AND NOT convalidated
        AND connamespace = to_regnamespace(current_schema())"""
    return int(db.execute(sql).fetchone()["n"])


def sequences(db: Session) -> list[tuple[str, str, str]]:
    """What numbers the rows of our tables: table, column, sequence."""
    sql = """SELECT table_name, column_name, pg_get_serial_sequence(table_name, column_name) AS sequence
        FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'"""
    return [tuple(row) for row in db.execute(sql).fetchall()]


def _known(db: Session) -> set[str]:
    if not there(db):
        return set()
    return {row["name"] for row in db.execute(f"SELECT name FROM {REMEMBERED}").fetchall()}  # noqa: S608 - ours


@cache
def _names() -> frozenset[str]:
    """The tables that the migrations make."""
    made = Memory(memory=True)
    schema.migrations.apply(made)
    return frozenset(name for name in made.table_names() if not name.startswith(("_", "sqlite_")))


def _ours() -> set[str]:
    return {migration.name for migration in schema.migrations.pending(Memory(memory=True))}
