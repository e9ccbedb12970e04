"""Messages that a policy has removed once their senders were told: what waits for it, and what becomes of it."""

from collections.abc import Sequence

from bot.incident import STANDING
from bot.store import outbox
from bot.store.bodies import REMOVES, AlertBody
from bot.store.engine import Database, Row
from bot.words import AlertCode, SendKind

PAUSES = (10.0, 60.0, 600.0)
"""Seconds between one try and the next; after the last the admins are told."""

WAITING = f"i.resolution IN ({', '.join(repr(str(ending)) for ending in sorted(STANDING))})"
"""Which messages may still be there (`i` is their incident)."""


def begin(db: Database, row: Row, now: float) -> None:
    """A nudge or a rewrite has arrived that says so: what it told of and the policy wants removed goes now."""
    told = "AND l.told = 1" if row["kind"] == SendKind.NUDGE else ""
    sql = f"""INSERT INTO removal (incident, due_at) SELECT i.id, ? FROM outbox_incident l
        JOIN incident i ON i.id = l.incident WHERE l.outbox = ? {told} AND i.state = 'open'
        AND EXISTS (SELECT 1 FROM json_each(i.wording) WHERE value = ?) ON CONFLICT DO NOTHING"""  # noqa: S608 - `told` is ours
    db.execute(sql, (now, row["id"], REMOVES))


def failed(db: Database, incident: str, now: float, admins: Sequence[str]) -> None:
    """Try again later, or give up and tell admins."""
    sql = "SELECT r.tries, i.* FROM removal r JOIN incident i ON i.id = r.incident WHERE r.incident = ?"
    row = db.execute(sql, (incident,)).fetchone()
    if row is None:
        return
    if row["tries"] < len(PAUSES):
        sql = "UPDATE removal SET tries = tries + 1, due_at = ? WHERE incident = ?"
        db.execute(sql, (now + PAUSES[row["tries"]], incident))
        return
    cancel(db, incident)
    for admin in admins:
        place = outbox.Place(row["platform"], row["workspace"], row["chat"], admin, row["thread"], row["message"])
        outbox.alert(db, place, [incident], AlertBody(AlertCode.NOT_REMOVED), now)


def cancel(db: Database, incident: str) -> None:
    """Nothing is left to remove."""
    db.execute("DELETE FROM removal WHERE incident = ?", (incident,))
