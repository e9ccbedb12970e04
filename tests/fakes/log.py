"""Rows as the store gives them, made up; and a log in memory that hands them out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.incident import CLEANED
from bot.store import (
    Alike,
    AttemptRow,
    Before,
    IncidentRow,
    Log,
    NudgeBody,
    OutboxRow,
    PoisonRow,
    SampleRow,
    Tally,
    TrialRow,
)
from bot.words import IncidentState, Resolution, Result, SendKind, SendState

NOON = 1_700_000_000.0

INCIDENT = IncidentRow(
    id="aaaaaaaaaaaa",
    platform="telegram",
    workspace="",
    chat="-1001",
    message="1",
    thread="",
    album="",
    sender="501",
    posted_at=NOON,
    opened_at=NOON,
    state=IncidentState.OPEN,
    resolution=Resolution.NONE,
    reason="",
    ended_at=None,
    severity="high",
    rules=("hkid",),
    types={"HKID": 1},
    audience=47,
    policy="hr-default",
    policy_hash="0" * 12,
    mode="enforce",
    revision="",
    revisions=1,
)
"""An open incident: one HKID, seen by 47 people."""

NUDGE = OutboxRow(
    id=1,
    kind=SendKind.NUDGE,
    platform="telegram",
    workspace="",
    chat="-1001",
    thread="",
    message="1",
    recipient="501",
    state=SendState.SENT,
    rung="dm",
    due_at=NOON,
    created_at=NOON,
    expires_at=NOON + 3600,
    body=NudgeBody(("hkid",), count=1, language="en"),
    replaces=None,
    ref="{}",
    coalesce_until=NOON + 60,
    unsure=0,
    sending_at=None,
    incidents=("aaaaaaaaaaaa",),
)
"""The nudge about it, delivered."""


def ended(incident: IncidentRow, resolution: Resolution, minutes: float, **changes: Any) -> IncidentRow:
    """The incident, ended so many minutes after it was opened."""
    at = incident.opened_at + minutes * 60
    return replace(incident, state=IncidentState.ENDED, resolution=resolution, ended_at=at, **changes)


@dataclass(frozen=True)
class MemoryLog(Log):
    """What a report reads, counted row by row from lists: slow, and plain enough to hold the store's counting to it."""

    all_incidents: Sequence[IncidentRow] = ()
    all_sends: Sequence[OutboxRow] = ()
    all_attempts: Sequence[AttemptRow] = ()
    all_poison: Sequence[PoisonRow] = ()
    all_trials: Sequence[TrialRow] = ()
    all_samples: Sequence[SampleRow] = ()
    all_answers: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def alike(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[Alike, ...]:
        return tuple(
            Alike(row.severity, row.mode, row.resolution, row.reason, row.rules, row.types, row.protects, 1)
            for row in self._posted(since, until, platform, chat)
        )

    def tally(
        self,
        since: float,
        until: float,
        platform: str | None = None,
        chat: str | None = None,
        before: tuple[float, float] | None = None,
    ) -> Tally:
        counted = [row for row in self._posted(since, until, platform, chat) if row.mode != "simulate"]
        sends = [
            row
            for row in self.all_sends
            if since <= row.created_at < until and platform in (None, row.platform) and chat in (None, row.chat)
        ]
        nudges = [row for row in sends if row.kind is SendKind.NUDGE]
        lost = (SendState.REFUSED, SendState.UNREACHABLE)
        earlier = self._posted(*(before or (since - (until - since), since)), platform, chat)
        each = Counter((row.platform, row.sender) for row in counted if row.sender)
        arrived = self._arrived(nudges, counted)
        return Tally(
            alike=self.alike(since, until, platform, chat),
            chats=_chats(counted),
            hours=tuple(sorted(Counter(int((row.posted_at + 8 * 3600) // 3600) for row in counted).items())),
            lasted=_lasted(counted),
            waits=[max(0.0, at - incident.posted_at) for _, at, incident in arrived],
            nudges=Counter(row.state for row in nudges),
            repeats=sum(row.unsure for row in nudges),
            undelivered=Counter(self._why(row) for row in nudges if row.state in lost),
            variants=_variants([(row, incident) for row, _, incident in arrived if row.variant]),
            senders=len(each),
            repeaters=sum(count > 1 for count in each.values()),
            lost_alerts=sum(row.kind is SendKind.ALERT and row.state in lost for row in sends),
            before=_before([row for row in earlier if row.mode != "simulate"]),
            aside=sum(
                row.aside and since <= row.at < until and platform in (None, row.platform) for row in self.all_poison
            ),
            unread={},
        )

    def trials(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[TrialRow, ...]:
        return tuple(
            row
            for row in self.all_trials
            if since <= row.judged_at < until and platform in (None, row.platform) and chat in (None, row.chat)
        )

    def samples(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[SampleRow, ...]:
        del since, until, platform, chat
        return tuple(self.all_samples)

    def refreshed(self, year: int) -> Mapping[tuple[int, str], int]:
        del year
        return self.all_answers

    def _posted(self, since: float, until: float, platform: str | None, chat: str | None) -> list[IncidentRow]:
        return [
            row
            for row in self.all_incidents
            if since <= row.posted_at < until and platform in (None, row.platform) and chat in (None, row.chat)
        ]

    def _arrived(
        self, nudges: Iterable[OutboxRow], incidents: Iterable[IncidentRow]
    ) -> list[tuple[OutboxRow, float, IncidentRow]]:
        """The nudges that arrived, when, and the incident that each was made for."""
        known = {incident.id: incident for incident in incidents}
        arrived = {attempt.outbox: attempt.ended_at for attempt in self.all_attempts if attempt.outcome is Result.SENT}
        timed = [row for row in nudges if row.id in arrived and row.incidents and row.incidents[0] in known]
        return [(row, arrived[row.id], known[row.incidents[0]]) for row in timed]

    def _why(self, nudge: OutboxRow) -> str:
        refused = (one.code for one in self.all_attempts if one.outbox == nudge.id and one.outcome is Result.REFUSED)
        return next(refused, "")


def _chats(incidents: Iterable[IncidentRow]) -> tuple[tuple[str, str, int, int], ...]:
    counts = Counter((row.platform, row.chat) for row in incidents)
    still_open = Counter((row.platform, row.chat) for row in incidents if row.state is IncidentState.OPEN)
    return tuple((*place, count, still_open[place]) for place, count in counts.items())


def _lasted(incidents: Iterable[IncidentRow]) -> dict[Resolution, list[float]]:
    lasted: dict[Resolution, list[float]] = {}
    for row in incidents:
        if row.ended_at is not None:
            lasted.setdefault(row.resolution, []).append(row.ended_at - row.opened_at)
    return lasted


def _before(incidents: Iterable[IncidentRow]) -> Before:
    rows = list(incidents)
    cleaned = [row.ended_at - row.opened_at for row in rows if row.resolution in CLEANED and row.ended_at is not None]
    return Before(len(rows), cleaned)


def _variants(nudges: Iterable[tuple[OutboxRow, IncidentRow]]) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for row, incident in nudges:
        some, cleaned = counts.get(row.variant, (0, 0))
        counts[row.variant] = some + 1, cleaned + (incident.resolution in CLEANED)
    return counts
