"""Forgetting: what is older than the retention goes, for good."""

from collections.abc import Mapping

from sqlite_utils import Database

DAY = 86_400.0
AUDIT_DAYS = 365
"""The audit log answers "who looked", also after the incidents are gone."""
TABLES = ("incident", "revision", "finding", "outbox", "attempt", "mute", "poison", "chat", "audit")


def delete(db: Database, before: float, now: float) -> Mapping[str, int]:
    """Delete what ended before the retention, with all that hangs on it; returns how many rows of each table went."""
    had = _sizes(db)
    db.execute("DELETE FROM incident WHERE state = 'ended' AND opened_at < ?", (before,))
    sql = """DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending') AND created_at < ?
        AND NOT EXISTS (SELECT 1 FROM outbox_incident l WHERE l.outbox = outbox.id)"""
    db.execute(sql, (before,))
    db.execute("DELETE FROM mute WHERE until < ?", (now,))
    db.execute("DELETE FROM poison WHERE at < ?", (before,))
    db.execute("DELETE FROM chat WHERE state = 'left' AND since < ?", (before,))
    db.execute("DELETE FROM audit WHERE at < ?", (now - AUDIT_DAYS * DAY,))
    has = _sizes(db)
    return {table: had[table] - has[table] for table in TABLES}


def remaining(db: Database, before: float) -> int:
    """How many incidents, revisions and attempts from before the retention are still there: 0 proves the purge."""
    sql = """SELECT (SELECT COUNT(*) FROM incident WHERE opened_at < :before AND state = 'ended')
        + (SELECT COUNT(*) FROM revision WHERE incident NOT IN (SELECT id FROM incident))
        + (SELECT COUNT(*) FROM outbox o WHERE created_at < :before AND state NOT IN ('waiting', 'sending')
           AND NOT EXISTS (SELECT 1 FROM outbox_incident l WHERE l.outbox = o.id)) AS n"""
    return int(db.execute(sql, {"before": before}).fetchone()["n"])


def empty_wal(db: Database) -> None:
    """Move all into the database file, where deleted rows are overwritten, and cut the write-ahead log to nothing."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _sizes(db: Database) -> dict[str, int]:
    return {table: db.execute(f"SELECT COUNT(*) AS n FROM {table}").fetchone()["n"] for table in TABLES}  # noqa: S608 - ours
