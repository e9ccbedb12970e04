"""Incidents, outbox, attempts, cursors and audit in one SQLite file: the only writer to disk."""

from bot.store import light  # noqa: F401 - ahead of all that loads sqlite-utils
from bot.store.bodies import AlertBody, Body, NoticeBody, NudgeBody, ReplyBody, ThanksBody
from bot.store.changes import Alert, Change, Forgotten, Found, Handled, Judged, Noted, SetAside, Tried, Verdict
from bot.store.errors import StoreError
from bot.store.readings import Log, Readings, Recipient
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
    TrialRow,
)
from bot.store.store import BOT, Clock, Store
from bot.store.tally import Alike, Tally

__all__ = [
    "BOT",
    "Alert",
    "AlertBody",
    "Alike",
    "AttemptRow",
    "AuditRow",
    "Body",
    "Change",
    "ChatRow",
    "Clock",
    "Counts",
    "FindingRow",
    "Forgotten",
    "Found",
    "Handled",
    "IncidentRow",
    "Judged",
    "Log",
    "MuteRow",
    "Noted",
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
    "Store",
    "StoreError",
    "Tally",
    "ThanksBody",
    "TrialRow",
    "Tried",
    "Verdict",
]
