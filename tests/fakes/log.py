"""Rows as the store gives them, made up; and a log in memory that hands them out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.store import AttemptRow, IncidentRow, Log, NudgeBody, OutboxRow, PoisonRow, TrialRow
from bot.words import IncidentState, Resolution, SendKind, SendState

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
    """What a report reads, from lists."""

    all_incidents: Sequence[IncidentRow] = ()
    all_sends: Sequence[OutboxRow] = ()
    all_attempts: Sequence[AttemptRow] = ()
    all_poison: Sequence[PoisonRow] = ()
    all_trials: Sequence[TrialRow] = ()

    def incidents(
        self,
        since: float,
        until: float,
        platform: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
    ) -> tuple[IncidentRow, ...]:
        return tuple(
            incident
            for incident in self.all_incidents
            if since <= incident.posted_at < until
            and platform in (None, incident.platform)
            and chat in (None, incident.chat)
            and sender in (None, incident.sender)
        )

    def count(self, since: float, until: float, platform: str | None = None, chat: str | None = None) -> int:
        return sum(incident.mode != "simulate" for incident in self.incidents(since, until, platform, chat))

    def outbox(
        self,
        since: float = 0.0,
        until: float = float("inf"),
        platform: str | None = None,
        kind: SendKind | None = None,
        states: Iterable[SendState] = (),
    ) -> tuple[OutboxRow, ...]:
        wanted = tuple(states) or tuple(SendState)
        return tuple(
            row
            for row in self.all_sends
            if since <= row.created_at < until
            and platform in (None, row.platform)
            and kind in (None, row.kind)
            and row.state in wanted
        )

    def attempts(
        self, since: float = 0.0, until: float = float("inf"), outbox: int | None = None
    ) -> tuple[AttemptRow, ...]:
        return tuple(
            attempt
            for attempt in self.all_attempts
            if since <= attempt.started_at < until and outbox in (None, attempt.outbox)
        )

    def trials(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[TrialRow, ...]:
        return tuple(
            row
            for row in self.all_trials
            if since <= row.judged_at < until and platform in (None, row.platform) and chat in (None, row.chat)
        )

    def poison(self, platform: str | None = None) -> tuple[PoisonRow, ...]:
        return tuple(row for row in self.all_poison if platform in (None, row.platform))
