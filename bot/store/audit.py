"""The audit table: who looked at what, who was refused, who changed what, and what the program itself did."""

from bot.store.changes import Noted
from bot.store.engine import Database


def noted(db: Database, note: Noted) -> None:
    """Append a row. The only writer of this table, and nothing but the yearly purge takes a row out of it."""
    values = (note.at, note.platform, note.user, note.action, note.detail, note.allowed, note.about)
    sql = "INSERT INTO audit (at, platform, user, action, detail, allowed, about) VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(sql, values)
