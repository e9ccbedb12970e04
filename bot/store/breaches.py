"""Breaches: incidents that are one case, with its clock, its checklist, and the editions of its notification.

The incidents of an open one are not purged; of a closed one its figures stay, for as long as the audit table.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.breach import called, next_reminder
from bot.store import audit, hooks, outbox
from bot.store.bodies import AlertBody
from bot.store.changes import BreachChange, Noted
from bot.store.engine import Database, Row
from bot.store.rows import BreachFigures
from bot.words import Act, AlertCode, BreachStep, HookEvent, PressCode

HELD = """SELECT l.incident FROM breach_incident l JOIN breach b ON b.id = l.breach WHERE b.closed_at IS NULL"""
"""The incidents of open breaches, which stay."""
OF = "SELECT i.* FROM breach_incident l JOIN incident i ON i.id = l.incident WHERE l.breach = ? ORDER BY i.posted_at"
"""The incidents of one."""

People = Mapping[str, Sequence[str]]
"""Who is told, by platform."""


def changed(db: Database, change: BreachChange) -> PressCode:
    """Do what an admin wants done, and note who did. STALE when nothing changed, UNKNOWN when there is no such thing.

    An incident is in one open breach at most.
    """
    if change.act is Act.BREACH_OPEN:
        return _open(db, change)
    known = db.execute("SELECT * FROM breach WHERE id = ?", (change.breach,)).fetchone()
    if known is None:
        return PressCode.UNKNOWN
    if (known["closed_at"] is None) == (change.act is Act.BREACH_REOPEN):
        return PressCode.STALE
    code = _DOES[change.act](db, known, change)
    if code is PressCode.THANKS:
        _note(db, known["id"], change)
        _plan(db, known["id"], change.at)
        event = HookEvent.BREACH_CLOSED if change.act is Act.BREACH_CLOSE else HookEvent.BREACH_UPDATED
        hooks.breach(db, event, known["id"], change.at, change.act, change.codes)
    return code


def remind(db: Database, now: float, people: People) -> int:
    """Queue a reminder of each open breach whose time has come; returns of how many."""
    due = db.execute("SELECT id FROM breach WHERE closed_at IS NULL AND remind_at <= ?", (now,)).fetchall()
    for row in due:
        _tell(db, row["id"], now, people)
        _plan(db, row["id"], now)
    return len(due)


def figures(rows: Iterable[Mapping[str, Any] | Row]) -> BreachFigures:
    """Count incidents (rows of the table, oldest first): what a notification may say of them."""
    all_ = list(rows)
    types: Counter[str] = Counter()
    readers: dict[str, int] = {}
    for row in all_:
        types.update(json.loads(row["types"]))
        chat = f"{row['platform']}:{row['chat']}"
        readers[chat] = max(readers.get(chat, 0), row["audience"] or 0)
    lists = {
        name: tuple(dict.fromkeys(code for row in all_ for code in json.loads(row[name])))
        for name in ("rules", "protects")
    }
    return BreachFigures(
        incidents=len(all_),
        types=dict(types),
        severities=dict(Counter(row["severity"] for row in all_)),
        endings=dict(Counter(row["resolution"] or row["state"] for row in all_)),
        readers=readers,
        first=all_[0]["posted_at"] if all_ else None,
        last=all_[-1]["posted_at"] if all_ else None,
        **lists,
    )


def read(text: str) -> BreachFigures:
    """Read figures that were stored."""
    given = json.loads(text)
    return BreachFigures(**{**given, **{name: tuple(given[name]) for name in ("rules", "protects")}})


def _open(db: Database, change: BreachChange) -> PressCode:
    found = _free(db, change.incidents)
    if found is not PressCode.THANKS:
        return found
    aware = change.at if change.aware_at is None else change.aware_at
    due = None if change.deadline is None else aware + change.deadline
    sql = "INSERT INTO breach (aware_at, due_at, opened_at, remind_at) VALUES (?, ?, ?, ?) RETURNING id"
    [(breach,)] = db.execute(sql, (aware, due, change.at, change.at)).fetchall()
    _link(db, breach, change)
    _edition(db, breach, change)
    _note(db, breach, change)
    _tell(db, breach, change.at, change.people, (change.platform, change.user))
    _plan(db, breach, change.at)
    hooks.breach(db, HookEvent.BREACH_OPENED, breach, change.at, change.act, ())
    return PressCode.THANKS


def _free(db: Database, incidents: Sequence[str]) -> PressCode:
    """Whether these can become part of a breach."""
    wanted = json.dumps(incidents)
    sql = "SELECT COUNT(*) FROM incident WHERE id IN (SELECT value FROM json_each(?))"
    if not incidents or db.execute(sql, (wanted,)).fetchone()[0] < len({*incidents}):
        return PressCode.UNKNOWN
    sql = f"SELECT 1 FROM ({HELD}) AS held WHERE incident IN (SELECT value FROM json_each(?))"  # noqa: S608 - HELD is ours
    return PressCode.STALE if db.execute(sql, (wanted,)).fetchone() else PressCode.THANKS


def _link(db: Database, breach: int, change: BreachChange) -> None:
    for incident in dict.fromkeys(change.incidents):
        db.execute(
            "INSERT INTO breach_incident (breach, incident) VALUES (?, ?) ON CONFLICT DO NOTHING", (breach, incident)
        )
        detail = called(breach)
        audit.noted(db, Noted(change.platform, change.user, change.act, change.at, detail, about=incident))


def _add(db: Database, known: Row, change: BreachChange) -> PressCode:
    found = _free(db, change.incidents)
    if found is PressCode.THANKS:
        _link(db, known["id"], change)
        _edition(db, known["id"], change)
    return found


def _tick(db: Database, known: Row, change: BreachChange) -> PressCode:
    sql = """INSERT INTO breach_step (breach, step, at, platform, user) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING"""
    done = [
        db.execute(sql, (known["id"], step, change.at, change.platform, change.user)).rowcount for step in change.codes
    ]
    return PressCode.THANKS if sum(done) else PressCode.STALE


def _untick(db: Database, known: Row, change: BreachChange) -> PressCode:
    sql = "DELETE FROM breach_step WHERE breach = ? AND step = ?"
    done = [db.execute(sql, (known["id"], step)).rowcount for step in change.codes]
    return PressCode.THANKS if sum(done) else PressCode.STALE


def _later(db: Database, known: Row, change: BreachChange) -> PressCode:
    _edition(db, known["id"], change)
    return PressCode.THANKS


def _close(db: Database, known: Row, change: BreachChange) -> PressCode:
    sql = "UPDATE breach SET closed_at = ?, ending = ?, figures = ? WHERE id = ?"
    db.execute(sql, (change.at, change.codes[0], _counted(db, known["id"]), known["id"]))
    return PressCode.THANKS


def _reopen(db: Database, known: Row, _change: BreachChange) -> PressCode:
    """Its incidents may be gone by now; those that another one holds stay there."""
    sql = f"SELECT 1 FROM breach_incident WHERE breach = ? AND incident IN ({HELD})"  # noqa: S608 - HELD is ours
    if db.execute(sql, (known["id"],)).fetchone():
        return PressCode.STALE
    db.execute("UPDATE breach SET closed_at = NULL, ending = '' WHERE id = ?", (known["id"],))
    return PressCode.THANKS


_DOES = {
    Act.BREACH_ADD: _add,
    Act.BREACH_TICK: _tick,
    Act.BREACH_UNTICK: _untick,
    Act.BREACH_EDITION: _later,
    Act.BREACH_CLOSE: _close,
    Act.BREACH_REOPEN: _reopen,
}


def _edition(db: Database, breach: int, change: BreachChange) -> None:
    """Write down what holds now: what a notification of this moment says."""
    sql = """INSERT INTO breach_edition (breach, number, at, platform, user, figures) SELECT :breach,
        COUNT(*) + 1, :at, :platform, :user, :figures FROM breach_edition WHERE breach = :breach"""
    who = {"at": change.at, "platform": change.platform, "user": change.user}
    db.execute(sql, {"breach": breach, **who, "figures": _counted(db, breach)})


def _counted(db: Database, breach: int) -> str:
    return json.dumps(asdict(figures(db.execute(OF, (breach,)).fetchall())))


def _note(db: Database, breach: int, change: BreachChange) -> None:
    detail = " ".join((*change.codes, *change.incidents))
    audit.noted(db, Noted(change.platform, change.user, change.act, change.at, detail, about=called(breach)))


def _plan(db: Database, breach: int, now: float) -> None:
    """Say when people are reminded next."""
    row = db.execute("SELECT * FROM breach WHERE id = ?", (breach,)).fetchone()
    sql = "SELECT 1 FROM breach_step WHERE breach = ? AND step = ?"
    notified = db.execute(sql, (breach, BreachStep.NOTIFY)).fetchone() is not None
    due = next_reminder(row["aware_at"], row["due_at"], now, notified=notified)
    db.execute("UPDATE breach SET remind_at = ? WHERE id = ?", (due if row["closed_at"] is None else None, breach))


def _tell(db: Database, breach: int, at: float, people: People, besides: tuple[str, str] = ("", "")) -> None:
    """Queue a word to people; who opened it knows."""
    body = AlertBody(AlertCode.BREACH, detail=called(breach))
    for platform, users in people.items():
        for user in users:
            if (platform, user) != besides:
                outbox.alert(db, outbox.Place(platform, "", "", user), [], body, at)
