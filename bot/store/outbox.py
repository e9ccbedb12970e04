"""How rows get into the outbox: one nudge per sender and chat in a minute, the rest join it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

from sqlite_utils import Database

WINDOW = 60.0
"""Seconds in which further incidents of a sender in a chat join the nudge that is there."""
HOURS = 3600.0
PATIENCE = {"nudge": 48 * HOURS, "rewrite": 48 * HOURS, "alert": 48 * HOURS, "notice": 48 * HOURS, "reply": HOURS}
"""Seconds after which a send that still waits is of no use."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a send belongs: the message that it is about, and who is to read it."""

    platform: str
    workspace: str
    chat: str
    recipient: str
    thread: str = ""
    message: str = ""


def add(  # noqa: PLR0913 - these are the columns
    db: Database,
    kind: str,
    place: Place,
    body: Mapping[str, Any],
    at: float,
    *,
    due_at: float | None = None,
    replaces: int | None = None,
    incidents: Sequence[str] = (),
) -> int:
    """Put a send into the outbox; returns its id."""
    due = at if due_at is None else due_at
    sql = """INSERT INTO outbox (kind, platform, workspace, chat, thread, message, recipient, due_at, created_at,
        expires_at, body, replaces, coalesce_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    where = (place.platform, place.workspace, place.chat, place.thread, place.message, place.recipient)
    times = (due, at, due + PATIENCE[kind])
    row = db.execute(sql, (kind, *where, *times, json.dumps(body), replaces, due + WINDOW)).lastrowid
    assert row is not None  # noqa: S101 - an insert without OR IGNORE has a row id
    link(db, row, incidents)
    return row


def link(db: Database, row: int, incidents: Sequence[str]) -> None:
    """Say what a send is about; its reader was not told of it yet, or not of all of it."""
    sql = "INSERT INTO outbox_incident (outbox, incident) VALUES (?, ?) ON CONFLICT DO UPDATE SET told = 0"
    for incident in incidents:
        db.execute(sql, (row, incident))


def nudge(db: Database, place: Place, incident: str, body: Mapping[str, Any], at: float) -> None:
    """Tell a sender about an incident: join what waits or was just sent, else a nudge of its own."""
    last = latest(db, "nudge", place)
    if last is not None and last["state"] == "waiting":
        join(db, last, [incident], body, at)
    elif last is None or last["coalesce_until"] <= at or last["state"] == "cancelled":
        add(db, "nudge", place, body, at, incidents=[incident])
    elif last["state"] in ("refused", "unreachable"):
        add(db, "nudge", place, body, at, due_at=last["coalesce_until"], incidents=[incident])
    else:
        join(db, last, [incident], body, at)
        refresh(db, last["id"], at)


def join(db: Database, row: Row, incidents: Sequence[str], body: Mapping[str, Any], at: float) -> None:
    """Have a nudge speak of further incidents too."""
    link(db, row["id"], incidents)
    before = json.loads(row["body"])
    wording = list(dict.fromkeys([*before["wording"], *body["wording"]]))
    joined = {"wording": wording, "own": before["own"] and body["own"], "count": open_messages(db, row["id"])}
    _write(db, row["id"], {**before, **joined}, at)


def alert(db: Database, place: Place, incidents: Sequence[str], body: Mapping[str, Any], at: float) -> None:
    """Tell an admin something; the same code again joins what waits, or waits until the minute is over."""
    last = latest(db, "alert", place, code=str(body["code"]))
    if last is not None and last["state"] == "waiting":
        link(db, last["id"], incidents)
        count = json.loads(last["body"]).get("count", 1) + 1
        _write(db, last["id"], {**json.loads(last["body"]), "count": count}, at)
    else:
        due = max(at, last["coalesce_until"]) if last is not None else at
        add(db, "alert", place, {**body, "count": 1}, at, due_at=due, incidents=incidents)


def latest(db: Database, kind: str, place: Place, code: str | None = None) -> Row | None:
    """The newest send of a kind to somebody about a chat."""
    sql = """SELECT * FROM outbox WHERE platform = ? AND recipient = ? AND kind = ? AND workspace = ? AND chat = ?
        AND (? IS NULL OR json_extract(body, '$.code') = ?) ORDER BY id DESC LIMIT 1"""
    values = (place.platform, place.recipient, kind, place.workspace, place.chat, code, code)
    row: Row | None = db.execute(sql, values).fetchone()
    return row


def settle(db: Database, incident: str, at: float) -> None:
    """An incident has ended: a nudge that waits goes without it or not at all, one that was sent is rewritten."""
    sql = """SELECT o.id, o.state FROM outbox o JOIN outbox_incident l ON l.outbox = o.id
        WHERE l.incident = ? AND o.kind = 'nudge'"""
    for row in db.execute(sql, (incident,)).fetchall():
        if row["state"] == "waiting":
            hush(db, row["id"])
        elif row["state"] in ("sending", "sent", "repeated"):
            refresh(db, row["id"], at)


def hush(db: Database, row: int) -> None:
    """Count a waiting nudge anew; cancel it when none of its incidents is open any more."""
    count = open_messages(db, row)
    if count:
        db.execute("UPDATE outbox SET body = json_set(body, '$.count', ?) WHERE id = ?", (count, row))
    else:
        db.execute("UPDATE outbox SET state = 'cancelled' WHERE id = ?", (row,))


def refresh(db: Database, row: int, at: float) -> None:
    """Have a nudge that was sent say what holds now; at most one rewrite waits for each nudge."""
    nudge_row = db.execute("SELECT * FROM outbox WHERE id = ?", (row,)).fetchone()
    count = open_messages(db, row)
    body = {**json.loads(nudge_row["body"]), "count": count} if count else {"wording": ["thanks"]}
    sql = "SELECT id, state, body FROM outbox WHERE replaces = ? ORDER BY id DESC LIMIT 1"
    last = db.execute(sql, (row,)).fetchone()
    if last is not None and json.loads(last["body"]) == body and last["state"] in ("waiting", "sending", "sent"):
        return
    if last is not None and last["state"] == "waiting":
        rewrite = last["id"]
        _write(db, rewrite, body, at)
        db.execute("DELETE FROM outbox_incident WHERE outbox = ?", (rewrite,))
        link(db, rewrite, spoken_of(db, row))
    else:
        add(db, "rewrite", place_of(nudge_row), body, at, replaces=row, incidents=spoken_of(db, row))


def open_messages(db: Database, row: int) -> int:
    """How many messages that are still open a send is about; an album is one."""
    sql = """SELECT COUNT(DISTINCT CASE album WHEN '' THEN 'm' || message ELSE 'a' || album END) AS n
        FROM incident JOIN outbox_incident ON incident = id WHERE outbox = ? AND state = 'open'"""
    return int(db.execute(sql, (row,)).fetchone()["n"])


def spoken_of(db: Database, row: int) -> list[str]:
    """The incidents of a send that are open, or all of them when none is."""
    sql = """SELECT incident, state FROM outbox_incident l JOIN incident i ON i.id = l.incident
        WHERE outbox = ? ORDER BY l.rowid"""
    rows = db.execute(sql, (row,)).fetchall()
    return [row["incident"] for row in rows if row["state"] == "open"] or [row["incident"] for row in rows]


def place_of(row: Row) -> Place:
    """Where a send belongs."""
    return Place(row["platform"], row["workspace"], row["chat"], row["recipient"], row["thread"], row["message"])


def _write(db: Database, row: int, body: Mapping[str, Any], at: float) -> None:
    sql = "UPDATE outbox SET body = ?, expires_at = MAX(expires_at, ? + ?) WHERE id = ?"
    db.execute(sql, (json.dumps(body), at, PATIENCE["nudge"], row))
