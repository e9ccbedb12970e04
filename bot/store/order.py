"""The order of what happens to one message, where several programs take events: `bot.judging.turns`, kept in the log.

One writes at a time, so the order is that of the transactions. What only memory would tell is written down: which edits
and deletions were handled, so that a first post with which another program is late opens nothing.
"""

from bot.incident import newer
from bot.message import Deletion
from bot.store.changes import Attached, Change, Judged
from bot.store.engine import Database

KEPT = 86_400.0
"""Seconds for which it is remembered."""


def overtaken(db: Database, change: Change) -> bool:
    """Whether a newer revision of the message, or its deletion, was handled before."""
    if not isinstance(change, Judged | Attached):
        return False
    sql = "SELECT revision FROM newest WHERE platform = ? AND workspace = ? AND chat = ? AND message = ?"
    row = db.execute(sql, (change.platform, change.workspace, change.chat, change.message)).fetchone()
    return row is not None and (row["revision"] is None or newer(row["revision"], change.revision))


def remember(db: Database, change: Change) -> None:
    """Remember an edit or a deletion that was handled."""
    match change:
        case Deletion():
            message, revision = change.id, None
        case Judged(revision=str(revision), look="") if revision:
            message = change.message
        case _:
            return
    sql = """INSERT INTO newest (platform, workspace, chat, message, revision, at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (platform, workspace, chat, message) DO UPDATE SET revision = excluded.revision, at = excluded.at"""
    db.execute(sql, (change.platform, change.workspace, change.chat, message, revision, change.at))


def forget(db: Database, now: float) -> None:
    """Drop what no event is late for any more."""
    db.execute("DELETE FROM newest WHERE at < ?", (now - KEPT,))
