"""What can be read from a store, whatever engine keeps it: synchronous and cheap.

Times are Unix seconds. Whoever only reads asks for this, not for the store.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.store import rows as r
from bot.store.tally import Alike, Tally
from bot.words import Act, SendKind, SendState
from policies.policy import Mute

Recipient = tuple[str, str, str]
"""Workspace, person, chat: a person, or with person '' the chat itself."""


class Log(Protocol):
    """What reports count; none of it grows with the incidents but numbers."""

    def alike(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[Alike, ...]:
        """The incidents posted in [since, until), counted by all that reports count by."""
        ...

    def tally(
        self,
        since: float,
        until: float,
        platform: str | None = None,
        chat: str | None = None,
        before: tuple[float, float] | None = None,
    ) -> Tally:
        """What happened in [since, until), counted, all of one moment; `before` is what it is compared with."""
        ...

    def trials(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[r.TrialRow, ...]:
        """What was judged on trial in [since, until), oldest first."""
        ...

    def samples(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[r.SampleRow, ...]:
        """The incidents of samples, posted in [since, until), that an admin has judged."""
        ...

    def refreshed(self, year: int) -> Mapping[tuple[int, str], int]:
        """How often each answer was given to each question of a year's refresher."""
        ...


class Readings(Log, Protocol):
    """The reading half of a store."""

    def cursor(self, platform: str, name: str) -> str | None:
        """How far `name` of a platform was read; None when it never was."""
        ...

    def cursors(self, platform: str) -> dict[str, str]:
        """Every cursor of a platform, by name."""
        ...

    def incident(self, incident: str) -> r.IncidentRow | None:
        """One incident by its id."""
        ...

    def incident_at(self, platform: str, workspace: str, chat: str, message: str) -> r.IncidentRow | None:
        """The incident of a message, if it has one."""
        ...

    def incidents(
        self,
        since: float,
        until: float,
        platform: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
    ) -> tuple[r.IncidentRow, ...]:
        """Incidents whose message was posted in [since, until), oldest first."""
        ...

    def drawn(self, since: float, until: float, most: int, platforms: Sequence[str]) -> tuple[str, ...]:
        """Draw at random so many incidents posted in [since, until) on these platforms whose sender was to be told."""
        ...

    def together(self, incident: str) -> tuple[r.IncidentRow, ...]:
        """The incidents that the newest nudge about this one names, this one included; a button under it means all."""
        ...

    def revisions(self, incident: str) -> tuple[r.RevisionRow, ...]:
        """The judged revisions of an incident, oldest first."""
        ...

    def findings(self, incident: str) -> tuple[r.FindingRow, ...]:
        """The findings of every revision of an incident."""
        ...

    def muted(self, platform: str, workspace: str, chat: str, sender: str, now: float) -> frozenset[Mute]:
        """The rules that are silent for a sender in a chat, each with its type."""
        ...

    def person(self, platform: str, workspace: str, user: str) -> r.PersonRow:
        """What is known of a person; an empty row when nothing is."""
        ...

    def chats(self, platform: str | None = None) -> tuple[r.ChatRow, ...]:
        """The chats that the bot is or was in."""
        ...

    def chat(self, platform: str, workspace: str, chat: str) -> r.ChatRow | None:
        """One chat; None when the bot never heard of it."""
        ...

    def outbox_row(self, row_id: int) -> r.OutboxRow | None:
        """One send."""
        ...

    def nudge(self, incident: str) -> r.OutboxRow | None:
        """The newest nudge about an incident; None when there is none."""
        ...

    def outbox(
        self,
        since: float = 0.0,
        until: float = float("inf"),
        platform: str | None = None,
        kind: SendKind | None = None,
        states: Iterable[SendState] = (),
    ) -> tuple[r.OutboxRow, ...]:
        """Sends created in [since, until), oldest first."""
        ...

    def attempts(
        self, since: float = 0.0, until: float = float("inf"), outbox: int | None = None
    ) -> tuple[r.AttemptRow, ...]:
        """Tries that began in [since, until), oldest first; of one send if given."""
        ...

    def poison(self, platform: str | None = None) -> tuple[r.PoisonRow, ...]:
        """What could not be parsed or judged."""
        ...

    def due(self, platform: str, now: float, limit: int = 500) -> tuple[Recipient, ...]:
        """Who has something to be sent to now; the longest due first."""
        ...

    def next_for(self, platform: str, recipient: Recipient, now: float) -> r.OutboxRow | None:
        """The send that goes to somebody next; None when nothing is due."""
        ...

    def under_way(self, platform: str) -> tuple[r.OutboxRow, ...]:
        """Sends that are marked `sending`; at start these are the ones that a crash interrupted."""
        ...

    def next_due(self, platform: str, after: float) -> float | None:
        """When the next send becomes due after a time; None when nothing waits."""
        ...

    def sends_about(self, incident: str) -> tuple[r.OutboxRow, ...]:
        """Every send about an incident, oldest first."""
        ...

    def sent_to(self, platform: str, workspace: str, user: str) -> tuple[r.OutboxRow, ...]:
        """Every send to a person, oldest first."""
        ...

    def mutes(self, platform: str, workspace: str, user: str) -> tuple[r.MuteRow, ...]:
        """The rules that are, or were until lately, silent for a person."""
        ...

    def removals(self, until: float) -> tuple[r.IncidentRow, ...]:
        """The incidents whose messages are to be removed by then, their senders having been told; oldest first."""
        ...

    def next_removal(self, after: float) -> float | None:
        """When the next message is to be removed after a time; None when none waits."""
        ...

    def looks(self, platform: str, now: float, limit: int = 100) -> tuple[r.LookRow, ...]:
        """A platform's files that are to be read now, the longest due first."""
        ...

    def next_look(self, platform: str, after: float) -> float | None:
        """When the next file of a platform is to be read after a time; None when none waits."""
        ...

    def audits(
        self,
        since: float = 0.0,
        until: float = float("inf"),
        platform: str | None = None,
        user: str | None = None,
        about: str | None = None,
    ) -> tuple[r.AuditRow, ...]:
        """The audit table in [since, until), oldest first; of one person, or about one incident or case, if given."""
        ...

    def breaches(self) -> tuple[r.BreachRow, ...]:
        """All breaches that are kept, the newest first."""
        ...

    def breach(self, number: int) -> r.BreachRow | None:
        """One breach; None when there is none (any more)."""
        ...

    def breach_of(self, incident: str) -> r.BreachRow | None:
        """The open breach that an incident is in; None when it is in none."""
        ...

    def counts(self) -> r.Counts:
        """Figures for `status`; incidents of a policy on trial are open to nobody's answer and don't count."""
        ...

    def queues(self, now: float) -> tuple[r.QueueRow, ...]:
        """What is due and waits, by queue and platform."""
        ...

    def last(self, acts: Iterable[Act]) -> dict[Act, float]:
        """When each was last noted in the audit table; what never was is left out."""
        ...

    def newest(self) -> float:
        """When the newest entry of the log was made; 0 when there is none."""
        ...
