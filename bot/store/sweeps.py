"""Incidents that a sweep of old messages found: told to nobody, and never in place of what the log knows."""

from dataclasses import replace

from bot.store import incidents
from bot.store.changes import Judged, Unearthed
from bot.store.engine import Database, Row
from bot.words import PressCode

SOURCE = "sweep"
"""What the log says of them; of what the live bot found it says nothing."""

UNSURE = "account-"
"""Begins the ids of messages that an export counts otherwise than the bot does."""


def unearthed(db: Database, change: Unearthed) -> PressCode | None:
    """Write down a message that the log does not know; STALE for one that it knew before this sweep."""
    judged = _at_home(db, change.judged)
    known = incidents.at_message(db, judged.platform, judged.workspace, judged.chat, judged.message)
    known = known or _same_moment(db, judged)
    if known is None:
        incidents.create(db, judged, SOURCE)
        return None
    ours = known["source"] == SOURCE and known["opened_at"] == judged.at
    return None if ours else PressCode.STALE


def _at_home(db: Database, judged: Judged) -> Judged:
    """An export may not tell the workspace as the bot knows it: the chat's own is taken, where there is one."""
    sql = "SELECT DISTINCT workspace FROM chat WHERE platform = ? AND chat = ?"
    known = db.execute(sql, (judged.platform, judged.chat)).fetchall()
    return replace(judged, workspace=known[0]["workspace"]) if len(known) == 1 else judged


def _same_moment(db: Database, judged: Judged) -> Row | None:
    """Where messages are counted otherwise, one of the same sender at the same second is taken for the same."""
    if not judged.message.startswith(UNSURE):
        return None
    sql = """SELECT * FROM incident WHERE posted_at = :at AND platform = :platform AND chat = :chat AND source = ''
        AND (sender = :sender OR sender IS NULL AND :sender IS NULL)"""
    where = {"platform": judged.platform, "chat": judged.chat}
    row: Row | None = db.execute(sql, {**where, "at": judged.posted_at, "sender": judged.sender}).fetchone()
    return row
