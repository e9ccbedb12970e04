"""What is held about one person, and what of it goes when they, or the operator for them, ask for that."""

from bot.store import audit
from bot.store.changes import Forgotten, Noted
from bot.store.engine import Database
from bot.words import Act

_STEPS = {
    "settings": "DELETE FROM person WHERE platform = :platform AND workspace = :workspace AND user = :user",
    "mutes": "DELETE FROM mute WHERE platform = :platform AND workspace = :workspace AND sender = :user",
    "sends": """DELETE FROM outbox WHERE platform = :platform AND workspace = :workspace AND recipient = :user
        AND state NOT IN ('waiting', 'sending') AND NOT EXISTS (SELECT 1 FROM outbox r WHERE r.replaces = outbox.id
            AND r.state IN ('waiting', 'sending'))
        AND NOT EXISTS (SELECT 1 FROM outbox_incident l JOIN incident i ON i.id = l.incident
            WHERE l.outbox = outbox.id AND i.state = 'open')""",
    "senders": """UPDATE incident SET sender = NULL WHERE platform = :platform AND workspace = :workspace
        AND sender = :user AND state = 'ended'""",
}
"""What goes, in this order. Open incidents stay whole, and so do the notes of the audit table."""


def forgotten(db: Database, change: Forgotten) -> None:
    """Remove what may be removed about a person; the audit table keeps that it was done, with counts."""
    who = {"platform": change.platform, "workspace": change.workspace, "user": change.user}
    counts = {name: db.execute(sql, who).rowcount for name, sql in _STEPS.items()}
    detail = " ".join(f"{name}={count}" for name, count in counts.items())
    audit.noted(db, Noted(*change.by, Act.FORGET, change.at, f"{change.platform}:{change.user} {detail}"))
