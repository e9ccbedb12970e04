"""Incidents, outbox, attempts, cursors and audit in one SQLite file: the only writer to disk."""

from bot.store.changes import Alert, Change, Found, Judged, SetAside
from bot.store.errors import StoreError
from bot.store.rows import (
    AttemptRow,
    AuditRow,
    ChatRow,
    Counts,
    FindingRow,
    IncidentRow,
    MuteRow,
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
    "ChatRow",
    "Change",
    "Clock",
    "Counts",
    "FindingRow",
    "Found",
    "IncidentRow",
    "Judged",
    "MuteRow",
    "OutboxRow",
    "PersonRow",
    "PoisonRow",
    "Purged",
    "RevisionRow",
    "SetAside",
    "Store",
    "StoreError",
]
