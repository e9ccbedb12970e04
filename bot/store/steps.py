"""What waits when the clock is set: its times move along, so it goes neither late nor early."""

from bot.store.engine import Database


def move(db: Database, *, now: float, seconds: float) -> None:
    """The clock was set by `seconds` and says `now`: what has not ended, and what more may join, moves along.

    Where several programs run over one log, it is what this one holds, by whose clock it was written.
    """
    sql = """UPDATE outbox SET created_at = created_at + :by, due_at = due_at + :by, expires_at = expires_at + :by,
        coalesce_until = coalesce_until + :by
        WHERE (state IN ('waiting', 'sending') OR coalesce_until > :before) AND holder = :me"""
    db.execute(sql, {"by": seconds, "before": now - seconds, "me": db.replica})
    db.execute("UPDATE removal SET due_at = due_at + ?", (seconds,))
    sql = """UPDATE look SET created_at = created_at + :by, due_at = due_at + :by
        WHERE state = 'waiting' AND holder = :me"""
    db.execute(sql, {"by": seconds, "me": db.replica})


def from_the_future(db: Database, *, now: float) -> None:
    """Nothing can have been made later than now: the clock was set back while nobody looked."""
    sql = """UPDATE outbox SET created_at = :now, due_at = due_at - created_at + :now,
        expires_at = expires_at - created_at + :now, coalesce_until = coalesce_until - created_at + :now
        WHERE state IN ('waiting', 'sending') AND created_at > :now AND holder = :me"""
    db.execute(sql, {"now": now, "me": db.replica})
    sql = """UPDATE look SET created_at = :now, due_at = :now
        WHERE state = 'waiting' AND created_at > :now AND holder = :me"""
    db.execute(sql, {"now": now, "me": db.replica})
