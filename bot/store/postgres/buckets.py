"""How fast several programs together may write to a platform: `bot.sending.pacing`'s sliding windows, kept in the log.

The server's clock tells the time: those of several machines differ.
"""

import json

from bot.store.engine import Database, Rates

NOW = "extract(epoch FROM clock_timestamp())"
KEPT = 3600.0
"""Seconds for which a bucket that nobody draws from is kept."""


def draw(db: Database, rates: Rates) -> float:
    """Take room from every bucket for one send; where one has none yet, from none: returns the seconds until then."""
    sql = f"""SELECT b.name, b.drawn, b.closed, n.now FROM (SELECT {NOW} AS now) n
        LEFT JOIN bucket b ON b.name IN (SELECT value FROM json_each(?))"""  # noqa: S608 - ours
    rows = db.execute(sql, (json.dumps([*rates]),)).fetchall()
    now = float(rows[0]["now"])
    known = {row["name"]: (json.loads(row["drawn"]), row["closed"]) for row in rows if row["name"]}
    wait = max((_wait(*known[name], *rate, now) for name, rate in rates.items() if name in known), default=0.0)
    if wait > 0:
        return wait
    for name, (count, _) in rates.items():
        drawn = [*(known[name][0] if name in known else ()), now][-count:]
        sql = """INSERT INTO bucket (name, drawn, closed, at) VALUES (?, ?, 0, ?)
            ON CONFLICT (name) DO UPDATE SET drawn = excluded.drawn, at = excluded.at"""
        db.execute(sql, (name, json.dumps(drawn), now))
    return 0.0


def close(db: Database, name: str, seconds: float) -> None:
    """The platform said "later": nobody draws from this bucket until then."""
    sql = f"""INSERT INTO bucket (name, drawn, closed, at) VALUES (?, '[]', {NOW} + ?, {NOW})
        ON CONFLICT (name) DO UPDATE SET closed = greatest(bucket.closed, excluded.closed), at = excluded.at"""  # noqa: S608 - ours
    db.execute(sql, (name, seconds))


def forget(db: Database) -> None:
    """Drop what nobody has drawn from for long."""
    db.execute(f"DELETE FROM bucket WHERE at < {NOW} - ? AND closed < {NOW}", (KEPT,))  # noqa: S608 - ours


def _wait(drawn: list[float], closed: float, count: int, seconds: float, now: float) -> float:
    full = drawn[-count] + seconds - now if len(drawn) >= count else 0.0
    return max(full, closed - now, 0.0)
