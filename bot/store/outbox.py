"""How rows get into the outbox: one nudge per sender and chat in a minute, the rest join it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.store.bodies import AlertBody, Body, NudgeBody, ThanksBody, dumped, loaded
from bot.store.engine import Database, Row
from bot.words import IncidentState, SendKind, SendState
from policies.policy import SEVERITIES

WINDOW = 60.0
"""Seconds in which further incidents of a sender in a chat join the nudge that is there."""
HOURS = 3600.0
PATIENCE = {kind: HOURS if kind is SendKind.REPLY else 48 * HOURS for kind in SendKind}
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
    kind: SendKind,
    place: Place,
    body: Body,
    at: float,
    *,
    due_at: float | None = None,
    replaces: int | None = None,
    incidents: Sequence[str] = (),
    lasts: float | None = None,
) -> int:
    """Put a send into the outbox; returns its id. `lasts`: seconds for which it is of use, if not as its kind."""
    due = at if due_at is None else due_at
    sql = """INSERT INTO outbox (kind, platform, workspace, chat, thread, message, recipient, due_at, created_at,
        expires_at, body, replaces, coalesce_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING id"""
    where = (place.platform, place.workspace, place.chat, place.thread, place.message, place.recipient)
    times = (due, at, due + (PATIENCE[kind] if lasts is None else lasts))
    [(row,)] = db.execute(sql, (kind, *where, *times, dumped(body), replaces, due + WINDOW)).fetchall()
    link(db, row, incidents)
    return int(row)


def link(db: Database, row: int, incidents: Sequence[str]) -> None:
    """Say what a send is about; its reader was not told of it yet, or not of all of it."""
    sql = """INSERT INTO outbox_incident (outbox, incident) VALUES (?, ?)
        ON CONFLICT (outbox, incident) DO UPDATE SET told = 0"""
    for incident in incidents:
        db.execute(sql, (row, incident))


def nudge(db: Database, place: Place, incident: str, language: str, at: float, *, due_at: float | None = None) -> None:
    """Tell a sender about an incident: join what waits or was just sent, else a nudge of its own.

    `due_at` is when it may go, where that is later; what may go at once takes along what waits.
    """
    last = latest(db, SendKind.NUDGE, place)
    if last is None or last["state"] == SendState.CANCELLED or _is_over(last, at):
        begin(db, place, [incident], language, at, due_at=due_at)
    elif last["state"] in (SendState.REFUSED, SendState.UNREACHABLE):
        begin(db, place, [incident], language, at, due_at=max(last["coalesce_until"], due_at or at))
    else:
        link(db, last["id"], [incident])
        renew(db, last, at)
        _hasten(db, last["id"], at)
        if due_at is None or due_at <= at:
            _release(db, last["id"], at)


def joined(db: Database, incident: str, at: float) -> bool:
    """Have the nudge that an incident is in say more, however long ago it was sent; False when there is none."""
    sql = """SELECT o.* FROM outbox o JOIN outbox_incident l ON l.outbox = o.id
        WHERE l.incident = ? AND o.kind = 'nudge' AND o.state IN ('waiting', 'sending', 'sent', 'repeated')
        ORDER BY o.id DESC LIMIT 1"""
    row = db.execute(sql, (incident,)).fetchone()
    if row is None:
        return False
    link(db, row["id"], [incident])
    renew(db, row, at)
    return True


def _release(db: Database, row: int, at: float) -> None:
    """A nudge that waits for a better hour goes now: something joined it that must not wait."""
    sql = "UPDATE outbox SET due_at = ? WHERE id = ? AND state = 'waiting' AND unsure = 0 AND created_at + ? < due_at"
    db.execute(sql, (at, row, WINDOW))


def _is_over(row: Row, at: float) -> bool:
    """Whether nothing more can join a nudge: it was sent, and its minute has passed."""
    return bool(row["state"] != SendState.WAITING and row["coalesce_until"] <= at)


def _hasten(db: Database, row: int, at: float) -> None:
    """What joins a send that waits for its repeat must not wait along; once a minute, like any send."""
    sql = """UPDATE outbox SET due_at = CASE WHEN due_at < :at THEN due_at ELSE :at END, coalesce_until = :at + :window
        WHERE id = :id AND state = 'waiting' AND unsure > 0 AND coalesce_until <= :at"""
    db.execute(sql, {"id": row, "at": at, "window": WINDOW})


def begin(
    db: Database, place: Place, incidents: Sequence[str], language: str, at: float, *, due_at: float | None = None
) -> None:
    """Queue a nudge."""
    row = add(db, SendKind.NUDGE, place, NudgeBody(language=language), at, due_at=due_at, incidents=incidents)
    say(db, row, at)


def renew(db: Database, row: Row, at: float) -> None:
    """Have a nudge say what holds now: in its own words while it waits, by a rewrite once it was sent."""
    if row["state"] == SendState.WAITING:
        say(db, row["id"], at)
    elif row["state"] in (SendState.SENDING, SendState.SENT, SendState.REPEATED):
        rewrite(db, row, at)


def alert(
    db: Database, place: Place, incidents: Sequence[str], body: AlertBody, at: float, *, due_at: float = 0.0
) -> None:
    """Tell an admin something; the same code (and detail) again joins what waits, or waits until the minute is over.

    What waits then speaks of all of it: how many, all kinds, the gravest severity; each incident counts once.
    """
    last = latest(db, SendKind.ALERT, place, (body.code, body.detail))
    if last is not None and last["state"] == SendState.WAITING:
        waiting = loaded(SendKind.ALERT, last["body"])
        again = bool(incidents) and _links(db, last["id"], incidents)
        link(db, last["id"], incidents)
        _write(db, last["id"], _joined(waiting, body, again=again) if isinstance(waiting, AlertBody) else body, at)
        _hasten(db, last["id"], at)
    else:
        due = max(at, due_at, last["coalesce_until"] if last is not None else at)
        add(db, SendKind.ALERT, place, body, at, due_at=due, incidents=incidents)


def _joined(waiting: AlertBody, body: AlertBody, *, again: bool) -> AlertBody:
    """Two alerts as one; `again`: the second is about an incident that the first speaks of."""
    before, more = Counter(waiting.types), Counter(body.types)
    return replace(
        body,
        count=waiting.count + (0 if again else body.count),
        severity=max(waiting.severity, body.severity, key=("", *SEVERITIES).index),
        types=dict(before | more if again else before + more),
    )


def _links(db: Database, row: int, incidents: Sequence[str]) -> bool:
    sql = "SELECT incident FROM outbox_incident WHERE outbox = ?"
    return {link["incident"] for link in db.execute(sql, (row,)).fetchall()} >= {*incidents}


def latest(db: Database, kind: SendKind, place: Place, said: tuple[str, str] | None = None) -> Row | None:
    """The newest send of a kind to somebody about a chat; `said` is an alert's code and detail."""
    sql = """SELECT * FROM outbox WHERE platform = :platform AND recipient = :recipient AND kind = :kind
        AND workspace = :workspace AND chat = :chat AND (:code IS NULL OR json_extract(body, '$.code') = :code
        AND COALESCE(json_extract(body, '$.detail'), '') = :detail) ORDER BY id DESC LIMIT 1"""
    code, detail = said or (None, None)
    where = {"platform": place.platform, "workspace": place.workspace, "chat": place.chat}
    values = {**where, "recipient": place.recipient, "kind": kind, "code": code, "detail": detail}
    row: Row | None = db.execute(sql, values).fetchone()
    return row


def settle(db: Database, incident: str, at: float) -> None:
    """An incident has ended: a nudge that waits goes without it or not at all, one that was sent is rewritten."""
    sql = """SELECT o.* FROM outbox o JOIN outbox_incident l ON l.outbox = o.id
        WHERE l.incident = ? AND o.kind = 'nudge'"""
    for row in db.execute(sql, (incident,)).fetchall():
        renew(db, row, at)


def say(db: Database, row: int, at: float) -> None:
    """Have a waiting nudge say what holds now; cancel it when none of its incidents is open any more."""
    body = holds(db, row)
    if body is None:
        db.execute("UPDATE outbox SET state = 'cancelled' WHERE id = ?", (row,))
    else:
        _write(db, row, body, at)


def rewrite(db: Database, row: Row, at: float) -> None:
    """Have a nudge that was sent say what holds now; at most one rewrite waits for each nudge."""
    body = holds(db, row["id"]) or ThanksBody()
    sql = "SELECT id, state, body FROM outbox WHERE replaces = ? ORDER BY id DESC LIMIT 1"
    last = db.execute(sql, (row["id"],)).fetchone()
    if last is not None and last["state"] not in (SendState.WAITING, SendState.SENDING, SendState.SENT):
        last = None
    if body == loaded(SendKind.REWRITE, (last or row)["body"]):
        if last is None or last["state"] == SendState.SENT:
            # What its reader sees already says all of it.
            db.execute("UPDATE outbox_incident SET told = 1 WHERE outbox = ?", (row["id"],))
    elif last is not None and last["state"] == SendState.WAITING:
        _write(db, last["id"], body, at)
        # Not a repeat any more.
        db.execute("UPDATE outbox SET due_at = :at WHERE id = :id AND due_at > :at", {"at": at, "id": last["id"]})
        db.execute("DELETE FROM outbox_incident WHERE outbox = ?", (last["id"],))
        link(db, last["id"], spoken_of(db, row["id"]))
    else:
        add(db, SendKind.REWRITE, place_of(row), body, at, replaces=row["id"], incidents=spoken_of(db, row["id"]))


def holds(db: Database, row: int) -> NudgeBody | None:
    """What a nudge has to say of its open incidents; None when there are none. An album counts as one message."""
    sql = """SELECT i.message, i.album, i.wording, i.own, i.held FROM incident i
        JOIN outbox_incident l ON l.incident = i.id WHERE l.outbox = ? AND i.state = 'open' ORDER BY l.rowid"""
    incidents = db.execute(sql, (row,)).fetchall()
    if not incidents:
        return None
    said = db.execute("SELECT json_extract(body, '$.language') AS language FROM outbox WHERE id = ?", (row,)).fetchone()
    return NudgeBody(
        wording=tuple(dict.fromkeys(key for incident in incidents for key in json.loads(incident["wording"]))),
        own=all(incident["own"] for incident in incidents),
        count=len({(incident["album"], incident["album"] or incident["message"]) for incident in incidents}),
        language=said["language"] or "",
        files=sum(len(json.loads(incident["held"])) for incident in incidents),
    )


def spoken_of(db: Database, row: int) -> list[str]:
    """The incidents of a send that are open, or all of them when none is."""
    sql = """SELECT incident, state FROM outbox_incident l JOIN incident i ON i.id = l.incident
        WHERE outbox = ? ORDER BY l.rowid"""
    rows = db.execute(sql, (row,)).fetchall()
    return [row["incident"] for row in rows if row["state"] == IncidentState.OPEN] or [row["incident"] for row in rows]


def place_of(row: Row) -> Place:
    """Where a send belongs."""
    return Place(row["platform"], row["workspace"], row["chat"], row["recipient"], row["thread"], row["message"])


def _write(db: Database, row: int, body: Body, at: float) -> None:
    """What says something new is of use for longer."""
    sql = """UPDATE outbox SET body = :body, expires_at = CASE WHEN expires_at > :until THEN expires_at ELSE :until END
        WHERE id = :id AND body != :body"""
    db.execute(sql, {"body": dumped(body), "until": at + PATIENCE[SendKind.NUDGE], "id": row})
