"""How incidents come to be, change and end in the database; `bot.incident` says what may follow on what."""

import json
import secrets
from sqlite3 import Row

from sqlite_utils import Database

from bot import incident as resolution
from bot.message import Deletion, Press
from bot.store import outbox
from bot.store.changes import Judged

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
DAY = 86_400.0
ANSWERS = {"removed": "said_removed", "reason": "reason", "false_alarm": "false_alarm"}
"""What a button says about an incident."""


def judged(db: Database, change: Judged) -> None:
    """Write down one judged revision. What was judged before, or is older than what was judged, changes nothing."""
    known = at_message(db, change.platform, change.workspace, change.chat, change.message)
    if known is None:
        if change.rules:
            _speak(db, _create(db, change), change)
    elif resolution.newer(change.revision, known["revision"]):
        _revise(db, known, change)


def deleted(db: Database, change: Deletion) -> None:
    """A message is gone."""
    known = at_message(db, change.platform, change.workspace, change.chat, change.id)
    if known is not None:
        _end(db, known, "removed" if change.by_bot else "deleted", change.at)


def pressed(db: Database, press: Press) -> str:
    """Somebody pressed a button under a nudge, which speaks for all incidents of that nudge; says how to answer."""
    sql = "SELECT * FROM incident WHERE id = ? AND platform = ? AND workspace = ?"
    known = db.execute(sql, (press.incident, press.platform, press.workspace)).fetchone()
    if known is None:
        return "unknown"
    if known["sender"] is None or known["sender"] != press.user:
        return "not_yours"
    if press.action == "why":
        return "why"
    if press.action == "delete":
        return "delete" if known["resolution"] in (resolution.OPEN, "expired", "said_removed") else "stale"
    if press.action not in ANSWERS or (press.action == "reason" and press.choice not in resolution.REASONS):
        return "refused"
    ended = [_end(db, row, ANSWERS[press.action], press.at, press.choice) for row in together(db, known)]
    return "thanks" if any(ended) else "stale"


def expire(db: Database, now: float) -> int:
    """End what was open for too long; returns how many."""
    sql = "SELECT * FROM incident WHERE state = 'open' AND opened_at <= ?"
    rows = db.execute(sql, (now - resolution.LIFETIME,)).fetchall()
    return sum(_end(db, row, "expired", now) for row in rows)


def at_message(db: Database, platform: str, workspace: str, chat: str, message: str) -> Row | None:
    """The incident of a message."""
    sql = "SELECT * FROM incident WHERE platform = ? AND workspace = ? AND chat = ? AND message = ?"
    row: Row | None = db.execute(sql, (platform, workspace, chat, message)).fetchone()
    return row


def together(db: Database, known: Row) -> list[Row]:
    """The incidents that the newest nudge about this one names; those of its sender alone, to be sure."""
    sql = """SELECT i.* FROM outbox_incident l JOIN incident i ON i.id = l.incident WHERE i.sender = ? AND l.outbox =
        (SELECT MAX(o.id) FROM outbox o JOIN outbox_incident m ON m.outbox = o.id
         WHERE m.incident = ? AND o.kind = 'nudge') ORDER BY l.rowid"""
    return db.execute(sql, (known["sender"], known["id"])).fetchall() or [known]


def _create(db: Database, change: Judged) -> str:
    incident = "".join(secrets.choice(LETTERS) for _ in range(12))
    values = {
        "id": incident,
        "platform": change.platform,
        "workspace": change.workspace,
        "chat": change.chat,
        "message": change.message,
        "thread": change.thread,
        "album": change.album,
        "posted_at": change.posted_at,
        "opened_at": change.at,
        "state": "open",
        "resolution": resolution.OPEN,
        "reason": "",
        "revision": change.revision,
        "revisions": 1,
        "told": json.dumps(change.types),
        **_verdict(change),
    }
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO incident ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608 - names are ours
    _keep_revision(db, incident, 1, change)
    return incident


def _verdict(change: Judged) -> dict[str, object]:
    """What a leaking revision says about its incident; a policy on trial keeps no sender."""
    return {
        "sender": change.sender if change.mode == "enforce" else None,
        "severity": change.severity,
        "rules": json.dumps(change.rules),
        "types": json.dumps(change.types),
        "audience": change.audience,
        "policy": change.policy,
        "policy_hash": change.policy_hash,
        "mode": change.mode,
        "mute_days": json.dumps(change.mute_days),
        "wording": json.dumps(change.wording),
        "own": change.own,
    }


def _keep_revision(db: Database, incident: str, number: int, change: Judged) -> None:
    verdict = (change.policy_hash, change.severity, json.dumps(change.rules))
    sql = "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(sql, (incident, number, change.revision, change.at, *verdict))
    for found in change.found:
        lists = json.dumps(found.traits), json.dumps(found.evidence)
        sql = "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        db.execute(sql, (incident, number, found.type, found.score, found.recognizer, *lists, found.value))


def _revise(db: Database, known: Row, change: Judged) -> None:
    """A newer revision of a message that has an incident. A clean one keeps what the incident was about."""
    told = json.loads(known["told"])
    event = resolution.edit(known["resolution"], told, change.types, leaks=bool(change.rules), muted=change.muted)
    told = {} if event == "clean" else resolution.most(told, change.types) if event == "more" else told
    values = {"revision": change.revision, "revisions": known["revisions"] + 1, "told": json.dumps(told)}
    if change.rules:
        values |= _verdict(change)
    columns = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE incident SET {columns} WHERE id = :id", {**values, "id": known["id"]})  # noqa: S608 - names are ours
    _keep_revision(db, known["id"], known["revisions"] + 1, change)
    if resolution.reopens(known["resolution"], event):
        sql = """UPDATE incident SET state = 'open', resolution = '', reason = '', ended_at = NULL, opened_at = ?
            WHERE id = ?"""
        db.execute(sql, (change.at, known["id"]))
        _speak(db, known["id"], change)
    else:
        _end(db, known, event, change.at)


def _end(db: Database, known: Row, event: str, at: float, reason: str = "") -> bool:
    """Move an incident to the ending that `event` brings, if it brings one; False when nothing changes."""
    after = resolution.after(known["resolution"], event)
    if after == known["resolution"]:
        return False
    sql = "UPDATE incident SET state = 'ended', resolution = ?, reason = ?, ended_at = ? WHERE id = ?"
    db.execute(sql, (after, reason if after == "reason" else "", at, known["id"]))
    if after == "false_alarm":
        _mute(db, known, at)
    outbox.settle(db, known["id"], at)
    return True


def _mute(db: Database, known: Row, at: float) -> None:
    where = (known["platform"], known["workspace"], known["chat"], known["sender"])
    for rule, days in json.loads(known["mute_days"]).items():
        if days > 0:
            sql = "INSERT OR REPLACE INTO mute VALUES (?, ?, ?, ?, ?, ?)"
            db.execute(sql, (*where, rule, at + days * DAY))


def _speak(db: Database, incident: str, change: Judged) -> None:
    """Queue what the policy wants said; a policy on trial says nothing to anybody."""
    if change.mode != "enforce":
        return
    about = (change.thread, change.message)
    place = (change.platform, change.workspace, change.chat)
    if "nudge" in change.effects and change.sender is not None:
        outbox.nudge(db, outbox.Place(*place, change.sender, *about), incident, change.language, change.at)
    unheard = "nudge" in change.effects and change.sender is None
    if unheard or "alert" in change.effects:
        body = {"code": "anonymous" if unheard else "incident", "severity": change.severity, "types": change.types}
        for admin in change.admins:
            outbox.alert(db, outbox.Place(*place, admin, *about), [incident], body, change.at)
