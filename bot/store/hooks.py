"""What the operator's own system is told of: rows of the outbox like any other, once somebody asked for that.

Whether somebody did stands in the database, so that the command line, which writes beside a running bot, tells it too.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.breach import called
from bot.store import outbox
from bot.store.bodies import HookBody
from bot.store.engine import Database
from bot.words import Act, HookEvent, SendKind

HOOK = "hook"
"""The platform of these rows."""
LASTS = 30 * 86_400.0
"""Seconds for which a post that nobody takes is tried."""
IDS = ("id", "platform", "workspace", "chat", "message", "thread")
CODES = ("state", "resolution", "reason", "severity", "policy", "policy_hash", "audience", "revisions", "outside_case")
TIMES = ("posted_at", "opened_at", "ended_at")


def switched(db: Database, now: float, *, on: bool) -> None:
    """Begin to tell, or cease; what waits then is cancelled, because nobody is there to post it."""
    if on:
        db.execute("INSERT INTO hook (since) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM hook)", (now,))
    else:
        db.execute("DELETE FROM hook")
        sql = "UPDATE outbox SET state = 'cancelled' WHERE platform = ? AND state IN ('waiting', 'sending')"
        db.execute(sql, (HOOK,))


def incident(db: Database, event: HookEvent, incident_id: str, at: float) -> None:
    """Tell of an incident as it stands now; nothing of one that is on trial, and never who wrote the message."""
    if not _wanted(db):
        return
    row = db.execute("SELECT * FROM incident WHERE id = ? AND mode = 'enforce'", (incident_id,)).fetchone()
    if row is None:
        return
    data = {name: row[name] for name in (*IDS, *CODES)}
    data |= {name: json.loads(row[name]) for name in ("rules", "types", "protects")}
    data |= {name: _stamp(row[name]) for name in TIMES}
    _tell(db, event, at, data, [incident_id])


def breach(db: Database, event: HookEvent, number: int, at: float, act: Act, codes: Sequence[str]) -> None:
    """Tell of a breach as it stands now, and what was done to it."""
    if not _wanted(db):
        return
    row = db.execute("SELECT * FROM breach WHERE id = ?", (number,)).fetchone()
    held = db.execute("SELECT incident FROM breach_incident WHERE breach = ? ORDER BY rowid", (number,)).fetchall()
    steps = db.execute("SELECT step, at FROM breach_step WHERE breach = ? ORDER BY at, rowid", (number,)).fetchall()
    data = {"case": called(number), "act": act, "codes": list(codes), "ending": row["ending"]}
    data |= {name: _stamp(row[name]) for name in ("aware_at", "due_at", "opened_at", "closed_at")}
    data |= {"incidents": [one["incident"] for one in held], "steps": {one["step"]: _stamp(one["at"]) for one in steps}}
    _tell(db, event, at, data, [])


def _wanted(db: Database) -> bool:
    return db.execute("SELECT 1 FROM hook").fetchone() is not None


def _tell(db: Database, event: HookEvent, at: float, data: Mapping[str, object], incidents: Sequence[str]) -> None:
    body = HookBody(f"msg_{secrets.token_hex(16)}", event, at, data)
    outbox.add(db, SendKind.ALERT, outbox.Place(HOOK, "", "", HOOK), body, at, incidents=incidents, lasts=LASTS)


def _stamp(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
