"""How incidents come to be, change and end in the database; `bot.incident` says what may follow on what."""

import json
from dataclasses import replace
from itertools import product

from bot.incident import LIFETIME, STANDING, after, edit, most, newer, reopens
from bot.message import Deletion, Press
from bot.store import audit, hooks, identity, outbox, removals, verdicts
from bot.store.bodies import AGAIN, AlertBody
from bot.store.changes import Handled, Judged, Noted
from bot.store.engine import Database, Row
from bot.words import (
    Act,
    Action,
    AlertCode,
    Happening,
    HookEvent,
    IncidentState,
    PressCode,
    Reason,
    Resolution,
)
from policies.policy import CHECKED

DAY = 86_400.0
ANSWERS = {
    Action.REMOVED: Happening.SAID_REMOVED,
    Action.REASON: Happening.REASON,
    Action.FALSE_ALARM: Happening.FALSE_ALARM,
}
"""What a button says about an incident."""


def judged(db: Database, change: Judged) -> None:
    """Write down one judged revision. What was judged before, or is older than what was judged, changes nothing."""
    known = at_message(db, change.platform, change.workspace, change.chat, change.message)
    if known is None:
        if change.rules:
            change = _firmer(change) if repeated(db, change, 1) else change
            _speak(db, create(db, change), change)
    elif change.look and change.revision == known["revision"]:
        _look_again(db, known, change)
    elif newer(change.revision, known["revision"]):
        _revise(db, known, change)


def _firmer(change: Judged) -> Judged:
    return replace(change, wording=(AGAIN, *change.wording)) if change.wording else change


def deleted(db: Database, change: Deletion) -> None:
    """A message is gone."""
    known = at_message(db, change.platform, change.workspace, change.chat, change.id)
    if known is not None:
        _end(db, known, Happening.REMOVED if change.by_bot else Happening.DELETED, change.at)


def pressed(db: Database, press: Press) -> PressCode:
    """Somebody pressed a button under a nudge, which speaks for all incidents of that nudge; says how to answer."""
    sql = "SELECT * FROM incident WHERE id = ? AND platform = ? AND workspace = ?"
    known = db.execute(sql, (press.incident, press.platform, press.workspace)).fetchone()
    if known is None:
        return PressCode.UNKNOWN
    if known["sender"] is None or known["sender"] != press.user:
        return PressCode.NOT_YOURS
    if press.action is Action.WHY:
        return PressCode.WHY
    if press.action is Action.DELETE:
        return PressCode.DELETE if known["resolution"] in STANDING else PressCode.STALE
    if press.action not in ANSWERS or (press.action is Action.REASON and press.choice not in set(Reason)):
        return PressCode.REFUSED
    ended = [_end(db, row, ANSWERS[press.action], press.at, press.choice) for row in together(db, known)]
    return PressCode.THANKS if any(ended) else PressCode.STALE


def handled(db: Database, change: Handled) -> PressCode:
    """An admin settled, reopened or numbered an incident; the audit table keeps who. STALE when nothing changed."""
    known = db.execute("SELECT * FROM incident WHERE id = ?", (change.incident,)).fetchone()
    if known is None:
        return PressCode.UNKNOWN
    done = _HANDLES[change.act](db, known, change)
    audit.noted(db, Noted(change.platform, change.user, change.act, change.at, change.code, about=change.incident))
    return PressCode.THANKS if done else PressCode.STALE


def _settle(db: Database, known: Row, change: Handled) -> bool:
    return _end(db, known, Happening.SETTLED, change.at, change.code)


def _reopen(db: Database, known: Row, change: Handled) -> bool:
    """It is open again and its sender's buttons work again; nobody is told anything."""
    if after(Resolution(known["resolution"]), Happening.REOPENED) == known["resolution"]:
        return False
    sql = """UPDATE incident SET state = 'open', resolution = '', reason = '', ended_at = NULL, opened_at = ?
        WHERE id = ?"""
    db.execute(sql, (change.at, known["id"]))
    hooks.incident(db, HookEvent.INCIDENT_UPDATED, known["id"], change.at)
    return True


def _number(db: Database, known: Row, change: Handled) -> bool:
    db.execute("UPDATE incident SET outside_case = ? WHERE id = ?", (change.code, known["id"]))
    return bool(change.code != known["outside_case"])


_HANDLES = {Act.SETTLE: _settle, Act.REOPEN: _reopen, Act.CASE: _number}


def expire(db: Database, now: float) -> int:
    """End what was open for too long; returns how many."""
    sql = "SELECT * FROM incident WHERE state = 'open' AND opened_at <= ?"
    rows = db.execute(sql, (now - LIFETIME,)).fetchall()
    return sum(_end(db, row, Happening.EXPIRED, now) for row in rows)


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


def create(db: Database, change: Judged, source: str = "") -> str:
    """Make an incident. One from another source than the live bot is over at once: its sender is asked nothing."""
    incident = identity.fresh(db, change.at)
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
        "state": IncidentState.ENDED if source else IncidentState.OPEN,
        "resolution": Resolution.EXPIRED if source else Resolution.NONE,
        "reason": "",
        "ended_at": change.at if source else None,
        "source": source,
        "revision": change.revision,
        "revisions": 1,
        "told": json.dumps(change.types),
        **_verdict(change),
    }
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO incident ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608 - names are ours
    _keep_revision(db, incident, 1, change)
    verdicts.begun(db, incident, change)
    if not source:
        hooks.incident(db, HookEvent.INCIDENT_OPENED, incident, change.at)
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
        "gathered": change.gathered,
        "protects": json.dumps(change.protects),
        "held": verdicts.places(change),
    }


def _keep_revision(db: Database, incident: str, number: int, change: Judged) -> None:
    verdict = (change.policy_hash, change.severity, json.dumps(change.rules))
    sql = """INSERT INTO revision (incident, number, revision, look, judged_at, facts, policy_hash, severity, rules)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    db.execute(
        sql, (incident, number, change.revision, change.look, change.at, json.dumps(dict(change.facts)), *verdict)
    )
    for found in change.found:
        lists = json.dumps(found.traits), json.dumps(found.evidence)
        sql = """INSERT INTO finding (incident, number, part, type, score, recognizer, traits, evidence, value)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
        what = (found.part, found.type, found.score, found.recognizer, *lists, found.value)
        db.execute(sql, (incident, number, *what))


def _revise(db: Database, known: Row, judged: Judged) -> None:
    """A newer revision of a message that has an incident, or a file of it. A clean one keeps what it was about."""
    change = verdicts.joined(db, known, judged)
    told = json.loads(known["told"])
    before = Resolution(known["resolution"])
    event = edit(before, told, change.types, leaks=bool(change.rules), muted=change.muted)
    told = {} if event is Happening.CLEAN else most(told, change.types) if event is Happening.MORE else told
    values = {"revision": change.revision, "revisions": known["revisions"] + 1, "told": json.dumps(told)}
    if change.rules:
        values |= _verdict(change)
    columns = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE incident SET {columns} WHERE id = :id", {**values, "id": known["id"]})  # noqa: S608 - names are ours
    _keep_revision(db, known["id"], known["revisions"] + 1, change)
    if reopens(before, event):
        sql = """UPDATE incident SET state = 'open', resolution = '', reason = '', ended_at = NULL, opened_at = ?
            WHERE id = ?"""
        db.execute(sql, (change.at, known["id"]))
        hooks.incident(db, HookEvent.INCIDENT_UPDATED, known["id"], change.at)
        _speak(db, known["id"], change, joins=bool(change.look) and before is Resolution.NONE)
    else:
        _end(db, known, event, change.at)


def _look_again(db: Database, known: Row, change: Judged) -> None:
    """An attachment of a known revision was read: what leaks in it joins what is known; the same look counts once."""
    sql = "SELECT 1 FROM revision WHERE incident = ? AND revision = ? AND look = ?"
    if change.rules and not db.execute(sql, (known["id"], change.revision, change.look)).fetchone():
        _revise(db, known, change)


def _end(db: Database, known: Row, event: Happening, at: float, reason: str = "") -> bool:
    """Move an incident to the ending that `event` brings, if it brings one; False when nothing changes."""
    before = Resolution(known["resolution"])
    ending = after(before, event)
    if ending is before:
        return False
    sql = "UPDATE incident SET state = 'ended', resolution = ?, reason = ?, ended_at = ? WHERE id = ?"
    db.execute(sql, (ending, reason if ending in (Resolution.REASON, Resolution.SETTLED) else "", at, known["id"]))
    if ending is Resolution.FALSE_ALARM:
        _mute(db, known, at)
    if ending not in STANDING:
        removals.cancel(db, known["id"])
    outbox.settle(db, known["id"], at)
    hooks.incident(db, HookEvent.INCIDENT_ENDED, known["id"], at)
    return True


def _mute(db: Database, known: Row, at: float) -> None:
    """Silence what was called wrong and nothing else: these rules, these types, this sender, this chat."""
    where = (known["platform"], known["workspace"], known["chat"], known["sender"])
    types = [kind for kind in json.loads(known["types"]) if kind not in CHECKED]
    lengths = {rule: days for rule, days in json.loads(known["mute_days"]).items() if days > 0}
    sql = """INSERT INTO mute (platform, workspace, chat, sender, rule, type, until) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (platform, workspace, chat, sender, rule, type) DO UPDATE SET until = excluded.until"""
    for (rule, days), kind in product(lengths.items(), types):
        db.execute(sql, (*where, rule, kind, at + days * DAY))


def _speak(db: Database, incident: str, change: Judged, *, joins: bool = False) -> None:
    """Queue what the policy wants said; a policy on trial says nothing to anybody.

    `joins`: a file of a message whose sender has been told of it and has not answered changes what they were told.
    """
    if change.mode != "enforce":
        return
    about = (change.thread, change.message)
    place = (change.platform, change.workspace, change.chat)
    if "nudge" in change.effects and change.sender is not None:
        to = outbox.Place(*place, change.sender, *about)
        if not (joins and outbox.joined(db, incident, change.at)):
            outbox.nudge(db, to, incident, change.language, change.at, due_at=_due(db, change))
    unheard = "nudge" in change.effects and change.sender is None
    if unheard or "alert" in change.effects:
        code = AlertCode.ANONYMOUS if unheard else AlertCode.INCIDENT
        body = AlertBody(code, severity=change.severity, types=change.types)
        for admin in change.admins:
            outbox.alert(db, outbox.Place(*place, admin, *about), [incident], body, change.at)
    if "digest" in change.effects:
        body = AlertBody(AlertCode.DIGEST, severity=change.severity, types=change.types)
        due = change.pace.next_digest(change.at)
        for admin in change.admins:
            outbox.alert(db, outbox.Place(*place, admin), [incident], body, change.at, due_at=due)
    if repeated(db, change, 2):
        body = AlertBody(AlertCode.REPEATED, severity=change.severity, types=change.types)
        for admin in change.admins:
            outbox.alert(db, outbox.Place(*place, admin, *about), [incident], body, change.at)


def _due(db: Database, change: Judged) -> float:
    """When its sender may be told: outside quiet hours, and within a day's budget; at once where the message goes."""
    if "delete" in change.effects:  # who else reads it in the meantime?
        return change.at
    most, due = change.pace.budget(change.severity), change.pace.not_before(change.severity, change.at)
    if not most:
        return due
    sql = """SELECT due_at FROM outbox WHERE platform = ? AND recipient = ? AND workspace = ? AND kind = 'nudge'
        AND state != 'cancelled' AND coalesce_until > ? ORDER BY due_at DESC LIMIT 1 OFFSET ?"""
    who = (change.platform, change.sender, change.workspace)
    earliest = db.execute(sql, (*who, change.at - DAY, most - 1)).fetchone()
    return max(due, earliest["due_at"] + DAY) if earliest else due


def repeated(db: Database, change: Judged, times: int) -> bool:
    """Whether this is at least the `times` * `again_after` + 1st incident of its sender within the days of the pace.

    For admins, each such multiple is told once.
    """
    after = change.pace.again_after * times
    if not after or change.sender is None or change.mode != "enforce":
        return False
    sql = """SELECT count(*) FROM incident WHERE platform = ? AND workspace = ? AND sender = ? AND posted_at > ?
        AND mode = 'enforce' AND source = '' AND message != ?"""
    since = change.posted_at - change.pace.again_days * DAY
    (count,) = db.execute(sql, (change.platform, change.workspace, change.sender, since, change.message)).fetchone()
    return bool(count >= after if times == 1 else count and count % after == 0)
