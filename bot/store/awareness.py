"""What keeps people aware: greetings of new members, samples for the quality check, answers of the refresher.

Samples know which incident and what was said of it; the refresher knows how often each answer was given, by nobody.
"""

import json
import re

from bot.message import Joined, Press
from bot.store import audit, outbox
from bot.store.bodies import AlertBody, NoticeBody
from bot.store.changes import Checked, Noted, Sampled
from bot.store.engine import Database, Row
from bot.words import Act, Action, AlertCode, NoticeCode, PressCode, SendKind

ANSWERS = frozenset({Action.POST, Action.KEEP})
"""Buttons of the refresher."""
_CHOICE = re.compile(r"(20[0-9]{2})_([1-5])_[0-4]", re.ASCII)


def joined(db: Database, change: Joined) -> None:
    """Greet somebody privately, once for as long as the log remembers it."""
    place = outbox.Place(change.platform, change.workspace, change.chat, change.user)
    sql = """SELECT 1 FROM outbox WHERE platform = ? AND recipient = ? AND kind = 'notice' AND workspace = ? LIMIT 1"""
    if not db.execute(sql, (change.platform, change.user, change.workspace)).fetchone():
        body = NoticeBody(NoticeCode.WELCOME, language=change.language)
        outbox.add(db, SendKind.NOTICE, place, body, change.at)


def sampled(db: Database, change: Sampled) -> None:
    """Ask admins whether the rules were right about some incidents; each incident is asked about once."""
    for incident in change.incidents:
        row = db.execute("SELECT * FROM incident WHERE id = ?", (incident,)).fetchone()
        sql = "INSERT INTO sample (incident, asked_at) VALUES (?, ?) ON CONFLICT DO NOTHING"
        if row is None or not db.execute(sql, (incident, change.at)).rowcount:
            continue
        body = AlertBody(AlertCode.SAMPLE, severity=row["severity"], types=json.loads(row["types"]), detail=_named(row))
        for admin in change.admins.get(row["platform"], ()):
            about = (row["thread"], row["message"])
            place = outbox.Place(row["platform"], row["workspace"], row["chat"], admin, *about)
            outbox.add(db, SendKind.ALERT, place, body, change.at, incidents=[incident])


def _named(incident: Row) -> str:
    return f"{incident['id']} ({', '.join(json.loads(incident['rules']))})"


def checked(db: Database, change: Checked) -> PressCode:
    """An admin says whether the rules were right; the first answer counts, and the audit table keeps whose it is."""
    sql = "UPDATE sample SET verdict = ?, answered_at = ? WHERE incident = ? AND verdict = ''"
    verdict = "right" if change.right else "wrong"
    if not db.execute(sql, (verdict, change.at, change.incident)).rowcount:
        known = db.execute("SELECT 1 FROM sample WHERE incident = ?", (change.incident,)).fetchone()
        return PressCode.STALE if known else PressCode.UNKNOWN
    audit.noted(db, Noted(change.platform, change.user, Act.CHECK, change.at, verdict, about=change.incident))
    return PressCode.THANKS


def answered(db: Database, press: Press) -> PressCode:
    """Count an answer of the refresher; nothing says whose."""
    matched = _CHOICE.fullmatch(press.choice)
    if matched is None:
        return PressCode.REFUSED
    sql = """INSERT INTO refresher (year, question, answer, given) VALUES (?, ?, ?, 1)
        ON CONFLICT (year, question, answer) DO UPDATE SET given = refresher.given + 1"""
    db.execute(sql, (int(matched[1]), int(matched[2]), press.action))
    return PressCode.THANKS
