"""Forgetting: what is older than the retention goes, for good."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.store import breaches
from bot.store.engine import Database, Row

Ask = Callable[[str, Mapping[str, object]], Sequence[Row]]
"""Answers a question with rows."""
Edges = Mapping[str, float]
"""Before when incidents of a severity, or of trials (`simulate`), go; Unix seconds."""
SAME: Edges = MappingProxyType({})
"""All go at the same time."""

DAY = 86_400.0
AUDIT_DAYS = 365
"""The audit log answers "who looked", also after the incidents are gone."""
CHUNK = 100
"""Rows that the first transaction deletes; messages that come in meanwhile wait for no longer than one takes."""
LEAST, MOST = 50, 2_000
"""Rows that a transaction deletes, however slow or quick the disk is."""
AIM = 0.02
"""Seconds that a transaction of the purge may take."""
WAIT = 200
"""Milliseconds for which emptying the write-ahead log waits for other programs that read."""
TRIES = 20
"""How often that is tried, a second apart."""
HELD = f"id NOT IN ({breaches.HELD})"
"""What no open breach keeps."""
STEPS = {
    "incident": f"""DELETE FROM incident WHERE id IN
        (SELECT id FROM incident WHERE state = 'ended' AND opened_at < :before AND {HELD} LIMIT :chunk)""",  # noqa: S608 - ours
    "outbox": """DELETE FROM outbox WHERE id IN (SELECT id FROM outbox o WHERE created_at < :before
        AND state NOT IN ('waiting', 'sending')
        AND NOT EXISTS (SELECT 1 FROM outbox_incident l WHERE l.outbox = o.id) LIMIT :chunk)""",
    "mute": "DELETE FROM mute WHERE until < :now",
    "poison": "DELETE FROM poison WHERE at < :before",
    "look": "DELETE FROM look WHERE state = 'unread' AND created_at < :before",
    "chat": "DELETE FROM chat WHERE state = 'left' AND since < :before",
    "trial": """DELETE FROM trial WHERE rowid IN
        (SELECT rowid FROM trial WHERE judged_at < :before LIMIT :chunk)""",
    "breach": "DELETE FROM breach WHERE closed_at < :now - :audit",
    "audit": "DELETE FROM audit WHERE at < :now - :audit",
}
"""What goes from which table, in this order; revisions, findings, links and attempts go with what they hang on."""


def step(db: Database, chunk: int, table: str, before: float, now: float) -> tuple[int, bool]:
    """Do one step of STEPS, or a chunk of it; returns how many rows went, and whether there may be more.

    What goes along with a row (the rewrites of a send) is not counted, so fewer than a chunk is no end.
    """
    statement = STEPS[table]
    values = {"before": before, "now": now, "chunk": chunk, "audit": AUDIT_DAYS * DAY}
    names = {name: value for name, value in values.items() if f":{name}" in statement}
    deleted = db.execute(statement, names).rowcount
    return deleted, ":chunk" in statement and deleted > 0


def fitting(chunk: int, seconds: float) -> int:
    """How many rows go next, after `chunk` of them took so long: as many as AIM allows, at most twice as many."""
    return max(LEAST, min(MOST, 2 * chunk, int(chunk * AIM / max(seconds, 1e-6))))


def sooner(db: Database, chunk: int, kind: str, before: float) -> tuple[int, bool]:
    """Delete a chunk of the incidents of a severity or of trials, with the sends about nothing else."""
    sql = f"""SELECT id FROM incident WHERE {_of(kind)} AND state = 'ended' AND opened_at < :before AND {HELD}
        LIMIT :chunk"""  # noqa: S608 - ours
    found = [row["id"] for row in db.execute(sql, {"kind": kind, "before": before, "chunk": chunk}).fetchall()]
    ids = json.dumps(found)
    sql = "SELECT DISTINCT outbox FROM outbox_incident WHERE incident IN (SELECT value FROM json_each(?))"
    sends = json.dumps([row["outbox"] for row in db.execute(sql, (ids,)).fetchall()])
    db.execute("DELETE FROM incident WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    sql = """DELETE FROM outbox WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))
        AND state NOT IN ('waiting', 'sending')
        AND NOT EXISTS (SELECT 1 FROM outbox_incident l WHERE l.outbox = outbox.id)"""
    db.execute(sql, (sends,))
    return len(found), len(found) == chunk


def _of(kind: str) -> str:
    return "mode = 'simulate'" if kind == "simulate" else "severity = :kind"


def remaining(ask: Ask, before: float, sooner: Mapping[str, float]) -> int:
    """How many rows from before the retention, or that hang on nothing, are still there: 0 proves the purge.

    It reads the whole log, so `ask` is a reader's: nobody who writes waits for it.
    """
    sql = f"""SELECT (SELECT COUNT(*) FROM incident WHERE opened_at < :before AND state = 'ended' AND {HELD})
        + (SELECT COUNT(*) FROM trial WHERE judged_at < :before)
        + (SELECT COUNT(*) FROM look WHERE created_at < :before AND state = 'unread')
        + (SELECT COUNT(*) FROM revision r WHERE NOT EXISTS (SELECT 1 FROM incident i WHERE i.id = r.incident))
        + (SELECT COUNT(*) FROM finding f WHERE NOT EXISTS (SELECT 1 FROM incident i WHERE i.id = f.incident))
        + (SELECT COUNT(*) FROM attempt a WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = a.outbox))
        + (SELECT COUNT(*) FROM outbox o WHERE created_at < :before AND state NOT IN ('waiting', 'sending')
           AND NOT EXISTS (SELECT 1 FROM outbox_incident l WHERE l.outbox = o.id)) AS n"""  # noqa: S608 - ours
    left = int(ask(sql, {"before": before})[0]["n"])
    for kind, edge in sooner.items():
        sql = f"""SELECT COUNT(*) AS n FROM incident
            WHERE {_of(kind)} AND state = 'ended' AND opened_at < :edge AND {HELD}"""  # noqa: S608 - ours
        left += int(ask(sql, {"kind": kind, "edge": edge})[0]["n"])
    return left


def untouched(ask: Ask) -> int:
    """How many people were forgotten since a purge last overwrote what is gone: of them bytes may still be there."""
    sql = """SELECT COUNT(*) AS n FROM audit WHERE action = 'forget' AND at >=
        (SELECT COALESCE(MAX(at), 0) FROM audit WHERE action = 'purge'
         AND (detail LIKE '%wal=0' OR detail LIKE '%dead=0 unwritten=0'))"""
    return int(ask(sql, {})[0]["n"])


def empty_wal(db: Database) -> bool:
    """Move all into the database file and cut the write-ahead log to nothing; False while another program reads.

    The wait is short, because messages wait meanwhile.
    """
    patience = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute(f"PRAGMA busy_timeout = {WAIT}")
    try:
        busy: int = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        db.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy
