"""What could not be parsed, judged or composed."""

from bot.store.engine import Database


def aside(db: Database, platform: str, name: str, attempts: int, code: str, at: float) -> None:
    """Write down that something is set aside; `name` is made of ids."""
    sql = """INSERT INTO poison (platform, name, attempts, code, at, aside) VALUES (?, ?, ?, ?, ?, 1)
        ON CONFLICT (platform, name) DO UPDATE SET attempts = excluded.attempts, code = excluded.code,
        at = excluded.at, aside = 1"""
    db.execute(sql, (platform, name, attempts, code, at))
