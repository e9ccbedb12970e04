"""Files that wait to be read: a row until it is known what a file holds, and no longer; of unread ones, why."""

from collections.abc import Sequence
from dataclasses import replace

from bot.message import Attachment
from bot.store import incidents, verdicts
from bot.store.changes import Attached, Looked
from bot.store.engine import Database, Row
from bot.store.rows import LookRow
from bot.words import LookCode, LookState
from policies.facts import Role

PATIENCE = 48 * 3600.0
"""Seconds after which a file that nobody gives is given up."""
AT = "platform = ? AND workspace = ? AND chat = ? AND message = ?"


def attached(db: Database, change: Attached) -> None:
    """These files hang on a message now. One that waits is read for its newest revision, one that is gone is not."""
    place = (change.platform, change.workspace, change.chat, change.message)
    known = {row["file"]: row["state"] for row in db.execute(f"SELECT file, state FROM look WHERE {AT}", place)}  # noqa: S608 - AT is ours
    here = {file.id for file in change.files}
    for file in known.keys() - here:
        db.execute(f"DELETE FROM look WHERE {AT} AND file = ?", (*place, file))  # noqa: S608 - AT is ours
    if known:
        db.execute(f"UPDATE look SET revision = ? WHERE {AT} AND state = 'waiting'", (change.revision, *place))  # noqa: S608 - AT is ours
    incident = incidents.at_message(db, *place)
    for file in change.files:
        if file.id not in known and not (incident and verdicts.known(db, incident["id"], file.id)):
            _wait(db, change, file)


def _wait(db: Database, change: Attached, file: Attachment) -> None:
    values = {
        **{name: getattr(change, name) for name in _OF_MESSAGE},
        "file": file.id,
        "ref": file.ref,
        "ending": file.ending,
        "size": file.size,
        "created_at": change.at,
        "due_at": change.at,
    }
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO look ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608 - names are ours


_OF_MESSAGE = (
    "platform", "workspace", "chat", "message", "revision", "thread", "album", "sender", "posted_at", "audience",
    "language", "sender_role", "forwarded", "external",
)  # fmt: skip


def looked(db: Database, change: Looked) -> None:
    """A file was read, or never will be. What it holds joins what is known of its message, in the same transaction."""
    row = db.execute("SELECT * FROM look WHERE id = ? AND state = 'waiting'", (change.look,)).fetchone()
    if row is None:
        return
    if change.code:
        sql = """UPDATE look SET state = 'unread', code = ?, ref = '', sender = NULL, audience = NULL, language = '',
            sender_role = '', thread = '', album = '' WHERE id = ?"""
        db.execute(sql, (change.code, change.look))
    else:
        db.execute("DELETE FROM look WHERE id = ?", (change.look,))
    if change.judged is not None and change.judged.rules:
        incidents.judged(db, replace(change.judged, revision=row["revision"]))


def dropped(db: Database, place: Sequence[str]) -> None:
    """A message is gone, and its files with it; those that could not be read stay counted."""
    db.execute(f"DELETE FROM look WHERE {AT} AND state = 'waiting'", tuple(place))  # noqa: S608 - AT is ours


def overdue(db: Database, now: float) -> None:
    """What nobody gave for two days is given up; so is what waits for a platform that is no longer there."""
    sql = "SELECT id FROM look WHERE state = 'waiting' AND created_at <= ?"
    for row in db.execute(sql, (now - PATIENCE,)).fetchall():
        looked(db, Looked(row["id"], now, code=LookCode.UNREACHABLE))


def began(db: Database, look: int) -> None:
    """A life of the bot begins to read a file: should it end over that, the next one knows."""
    db.execute("UPDATE look SET tries = tries + 1 WHERE id = ?", (look,))


def later(db: Database, look: int, due: float, *, counts: bool) -> None:
    """Try again; `counts` when it was the file that made it fail, and nothing on the way to it."""
    db.execute("UPDATE look SET due_at = ?, tries = tries - ? WHERE id = ?", (due, 0 if counts else 1, look))


def look_row(row: Row) -> LookRow:
    """A database row as a LookRow."""
    values = dict(row) | {
        "state": LookState(row["state"]),
        "sender_role": Role(role) if (role := row["sender_role"]) else None,
    }
    del values["holder"]
    return LookRow(**(values | {name: bool(row[name]) for name in ("forwarded", "external")}))
