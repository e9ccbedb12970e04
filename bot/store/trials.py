"""What is judged on trial, beside what is in force: both verdicts about a message, and nobody's name."""

import json
from dataclasses import asdict

from bot.store.changes import Tried, Verdict
from bot.store.engine import Database, Row
from bot.store.rows import TrialRow

PLACE = "platform, workspace, chat, message, trial"


def tried(db: Database, change: Tried) -> None:
    """Write down what a trial says of a message; what it said of an earlier revision gives way."""
    sql = f"""INSERT INTO trial ({PLACE}, judged_at, policy_hash, would, does) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT ({PLACE}) DO UPDATE SET judged_at = excluded.judged_at, policy_hash = excluded.policy_hash,
        would = excluded.would, does = excluded.does"""  # noqa: S608 - the column names are ours
    where = (change.platform, change.workspace, change.chat, change.message, change.trial)
    verdicts = (json.dumps(asdict(change.would)), json.dumps(asdict(change.does)))
    db.execute(sql, (*where, change.at, change.policy_hash, *verdicts))


def trial_row(row: Row) -> TrialRow:
    """A database row as a TrialRow."""
    return TrialRow(**(dict(row) | {name: _verdict(row[name]) for name in ("would", "does")}))


def _verdict(text: str) -> Verdict:
    read = json.loads(text)
    return Verdict(**(read | {name: tuple(read[name]) for name in ("rules", "types")}))
