"""Incidents, outbox, attempts, cursors and audit in one SQLite file: the only writer to disk."""

from bot.store.changes import Alert, Change, Found, Judged, SetAside
from bot.store.errors import StoreError
from bot.store.reading import Recipient
from bot.store.rows import (
    AttemptRow,
    AuditRow,
    ChatRow,
    Counts,
    FindingRow,
    IncidentRow,
    OutboxRow,
    PersonRow,
    PoisonRow,
    Purged,
    RevisionRow,
)
from bot.store.store import Clock, Store

__all__ = [
    "Alert",
    "AttemptRow",
    "AuditRow",
    "Change",
    "ChatRow",
    "Clock",
    "Counts",
    "FindingRow",
    "Found",
    "IncidentRow",
    "Judged",
    "OutboxRow",
    "PersonRow",
    "PoisonRow",
    "Purged",
    "Recipient",
    "RevisionRow",
    "SetAside",
    "Store",
    "StoreError",
]
