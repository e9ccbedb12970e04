"""Incidents, outbox, attempts, cursors and audit in one SQLite file: the only writer to disk."""

from bot.store import light  # noqa: F401 - ahead of all that loads sqlite-utils
from bot.store.bodies import AlertBody, Body, NoticeBody, NudgeBody, ReplyBody, ThanksBody
from bot.store.changes import (
    Alert,
    Attached,
    Change,
    Found,
    Held,
    Judged,
    Looked,
    SetAside,
    Spot,
    Tried,
    Verdict,
)
from bot.store.errors import StoreError
from bot.store.readings import Log, Readings, Recipient
from bot.store.rows import (
    AttemptRow,
    AuditRow,
    ChatRow,
    Counts,
    FindingRow,
    IncidentRow,
    LookRow,
    OutboxRow,
    PersonRow,
    PoisonRow,
    Purged,
    RevisionRow,
    TrialRow,
)
from bot.store.store import Clock, Store
from bot.store.tally import Alike, Tally

__all__ = [
    "Alert",
    "AlertBody",
    "Alike",
    "Attached",
    "AttemptRow",
    "AuditRow",
    "Body",
    "Change",
    "ChatRow",
    "Clock",
    "Counts",
    "FindingRow",
    "Found",
    "Held",
    "IncidentRow",
    "Judged",
    "Log",
    "LookRow",
    "Looked",
    "NoticeBody",
    "NudgeBody",
    "OutboxRow",
    "PersonRow",
    "PoisonRow",
    "Purged",
    "Readings",
    "Recipient",
    "ReplyBody",
    "RevisionRow",
    "SetAside",
    "Spot",
    "Store",
    "StoreError",
    "Tally",
    "ThanksBody",
    "TrialRow",
    "Tried",
    "Verdict",
]
