"""Everything that is read from the database, as rows or counted."""

import json
from collections.abc import Iterable, Mapping, Sequence

from bot.store import rows as r
from bot.store.breach_reader import BreachReader
from bot.store.counting import Counting
from bot.store.from_rows import chat_row, finding_row, incident_row, outbox_row, revision_row
from bot.store.looks import look_row
from bot.store.readings import Readings, Recipient
from bot.store.removals import WAITING
from bot.store.standing import Standing
from bot.store.tally import Alike, Tally
from bot.store.trials import trial_row
from bot.words import (
    ReachState,
    Result,
    SendKind,
    SendState,
)
from policies.policy import Mute

OUTBOX = """SELECT o.*, b.ref AS replaced_ref, b.rung AS replaced_rung,
    (SELECT json_group_array(incident) FROM (SELECT incident FROM outbox_incident WHERE outbox = o.id ORDER BY rowid) l)
    AS incidents FROM outbox o LEFT JOIN outbox b ON b.id = o.replaces """
"""One outbox row with its incidents, and for a rewrite what it rewrites."""

DUE = """o.platform = ? AND o.state = 'waiting'
    AND (o.replaces IS NULL OR b.state IN ('sent', 'repeated'))"""
"""What may go: a rewrite waits until the send that it rewrites is over."""

WHO_IS_DUE = f"""SELECT DISTINCT o.workspace, o.recipient, CASE WHEN o.recipient = '' THEN o.chat ELSE '' END AS chat
    FROM outbox o LEFT JOIN outbox b ON b.id = o.replaces WHERE {DUE}"""  # noqa: S608 - DUE is ours
"""Who has something to be sent to."""


class StoredReadings(BreachReader, Standing, Readings):
    """The readings of a log, whatever engine keeps it."""

    def _mine(self, table: str) -> str:  # noqa: ARG002 - for the store
        """What holds of the rows that this program is to see to; all of them where it runs alone."""
        return ""

    def cursor(self, platform: str, name: str) -> str | None:
        """How far `name` of a platform was read; None when it never was."""
        row = self._one("SELECT value FROM cursor WHERE platform = ? AND name = ?", (platform, name))
        return str(row["value"]) if row else None

    def cursors(self, platform: str) -> dict[str, str]:
        """Every cursor of a platform, by name."""
        rows = self._rows("SELECT name, value FROM cursor WHERE platform = ? ORDER BY name", (platform,))
        return {row["name"]: row["value"] for row in rows}

    def incident(self, incident: str) -> r.IncidentRow | None:
        """One incident by its id."""
        row = self._one("SELECT * FROM incident WHERE id = ?", (incident,))
        return incident_row(row) if row else None

    def incident_at(self, platform: str, workspace: str, chat: str, message: str) -> r.IncidentRow | None:
        """The incident of a message, if it has one."""
        sql = "SELECT * FROM incident WHERE platform = ? AND workspace = ? AND chat = ? AND message = ?"
        row = self._one(sql, (platform, workspace, chat, message))
        return incident_row(row) if row else None

    def incidents(
        self,
        since: float,
        until: float,
        platform: str | None = None,
        chat: str | None = None,
        sender: str | None = None,
    ) -> tuple[r.IncidentRow, ...]:
        """Incidents whose message was posted in [since, until), oldest first."""
        where, values = "posted_at >= ? AND posted_at < ?", [since, until]
        more, given = matching(platform=platform, chat=chat, sender=sender)
        sql = f"SELECT * FROM incident WHERE {where}{more} ORDER BY posted_at, id"  # noqa: S608 - column names are ours
        return tuple(incident_row(row) for row in self._rows(sql, [*values, *given]))

    def alike(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[Alike, ...]:
        """The incidents posted in [since, until), counted by all that reports count by."""
        return Counting(self._each, since, until, platform, chat).alike()

    def tally(
        self,
        since: float,
        until: float,
        platform: str | None = None,
        chat: str | None = None,
        before: tuple[float, float] | None = None,
    ) -> Tally:
        """What happened in [since, until), of one moment: what is written meanwhile is not in it."""
        with self._still():
            return Counting(self._each, since, until, platform, chat, before).tally()

    def trials(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[r.TrialRow, ...]:
        """What was judged on trial in [since, until), oldest first."""
        more, given = matching(platform=platform, chat=chat)
        sql = f"SELECT * FROM trial WHERE judged_at >= ? AND judged_at < ?{more} ORDER BY judged_at, rowid"  # noqa: S608 - column names are ours
        return tuple(trial_row(row) for row in self._rows(sql, [since, until, *given]))

    def samples(
        self, since: float, until: float, platform: str | None = None, chat: str | None = None
    ) -> tuple[r.SampleRow, ...]:
        """The incidents of samples, posted in [since, until), that an admin has judged."""
        more, given = matching(platform=platform, chat=chat)
        sql = f"""SELECT i.rules, s.verdict FROM sample s JOIN incident i ON i.id = s.incident WHERE s.verdict != ''
            AND i.posted_at >= ? AND i.posted_at < ?{more} ORDER BY s.answered_at"""  # noqa: S608 - column names are ours
        rows = self._rows(sql, [since, until, *given])
        return tuple(r.SampleRow(tuple(json.loads(row["rules"])), row["verdict"] == "right") for row in rows)

    def refreshed(self, year: int) -> Mapping[tuple[int, str], int]:
        """How often each answer was given to each question of a year's refresher."""
        rows = self._rows("SELECT question, answer, given FROM refresher WHERE year = ?", (year,))
        return {(row["question"], row["answer"]): row["given"] for row in rows}

    def drawn(self, since: float, until: float, most: int, platforms: Sequence[str]) -> tuple[str, ...]:
        """Draw at random so many incidents posted in [since, until) on these platforms whose sender was to be told."""
        sql = """SELECT id FROM incident i WHERE posted_at >= ? AND posted_at < ? AND mode = 'enforce'
            AND source = '' AND platform IN (SELECT value FROM json_each(?)) AND wording != '[]'
            AND NOT EXISTS (SELECT 1 FROM sample s WHERE s.incident = i.id) ORDER BY random() LIMIT ?"""
        rows = self._rows(sql, (since, until, json.dumps([*platforms]), most))
        return tuple(row["id"] for row in rows)

    def together(self, incident: str) -> tuple[r.IncidentRow, ...]:
        """The incidents that the newest nudge about this one names, this one included; a button under it means all."""
        sql = """SELECT i.* FROM outbox_incident l JOIN incident i ON i.id = l.incident
            WHERE l.outbox = (SELECT MAX(o.id) FROM outbox o JOIN outbox_incident m ON m.outbox = o.id
                              WHERE m.incident = ? AND o.kind = 'nudge') ORDER BY l.rowid"""
        found = tuple(incident_row(row) for row in self._rows(sql, (incident,)))
        alone = self.incident(incident)
        return found or ((alone,) if alone else ())

    def revisions(self, incident: str) -> tuple[r.RevisionRow, ...]:
        """The judged revisions of an incident, oldest first."""
        rows = self._rows("SELECT * FROM revision WHERE incident = ? ORDER BY number", (incident,))
        return tuple(revision_row(row) for row in rows)

    def findings(self, incident: str) -> tuple[r.FindingRow, ...]:
        """The findings of every revision of an incident."""
        rows = self._rows("SELECT * FROM finding WHERE incident = ? ORDER BY number, rowid", (incident,))
        return tuple(finding_row(row) for row in rows)

    def muted(self, platform: str, workspace: str, chat: str, sender: str, now: float) -> frozenset[Mute]:
        """The rules that are silent for a sender in a chat, each with its type."""
        sql = (
            "SELECT rule, type FROM mute WHERE platform = ? AND workspace = ? AND chat = ? AND sender = ? AND until > ?"
        )
        return frozenset(
            (row["rule"], row["type"]) for row in self._rows(sql, (platform, workspace, chat, sender, now))
        )

    def person(self, platform: str, workspace: str, user: str) -> r.PersonRow:
        """What is known of a person; an empty row when nothing is."""
        sql = "SELECT * FROM person WHERE platform = ? AND workspace = ? AND user = ?"
        row = self._one(sql, (platform, workspace, user))
        return (
            r.PersonRow(**(dict(row) | {"reach": ReachState(row["reach"])}))
            if row
            else r.PersonRow(platform, workspace, user)
        )

    def chats(self, platform: str | None = None) -> tuple[r.ChatRow, ...]:
        """The chats that the bot is or was in."""
        more, given = matching(platform=platform)
        sql = f"SELECT * FROM chat WHERE 1 = 1{more} ORDER BY platform, workspace, chat"  # noqa: S608 - column names are ours
        return tuple(chat_row(row) for row in self._rows(sql, given))

    def chat(self, platform: str, workspace: str, chat: str) -> r.ChatRow | None:
        """One chat; None when the bot never heard of it."""
        sql = "SELECT * FROM chat WHERE platform = ? AND workspace = ? AND chat = ?"
        row = self._one(sql, (platform, workspace, chat))
        return chat_row(row) if row else None

    def outbox_row(self, row_id: int) -> r.OutboxRow | None:
        """One send."""
        row = self._one(OUTBOX + "WHERE o.id = ?", (row_id,))
        return outbox_row(row) if row else None

    def nudge(self, incident: str) -> r.OutboxRow | None:
        """The newest nudge about an incident; None when there is none."""
        sql = f"""{OUTBOX}WHERE o.id = (SELECT MAX(n.id) FROM outbox_incident l JOIN outbox n ON n.id = l.outbox
            WHERE l.incident = ? AND n.kind = 'nudge')"""  # noqa: S608 - OUTBOX is ours
        row = self._one(sql, (incident,))
        return outbox_row(row) if row else None

    def outbox(
        self,
        since: float = 0.0,
        until: float = float("inf"),
        platform: str | None = None,
        kind: SendKind | None = None,
        states: Iterable[SendState] = (),
    ) -> tuple[r.OutboxRow, ...]:
        """Sends created in [since, until), oldest first."""
        more, given = matching("o.", platform=platform, kind=kind)
        wanted = tuple(states)
        marks = f" AND o.state IN ({', '.join('?' * len(wanted))})" if wanted else ""
        sql = f"{OUTBOX}WHERE o.created_at >= ? AND o.created_at < ?{more}{marks} ORDER BY o.id"
        return tuple(outbox_row(row) for row in self._rows(sql, [since, until, *given, *wanted]))

    def due(self, platform: str, now: float, limit: int = 500) -> tuple[Recipient, ...]:
        """Who has something to be sent to now; the longest due first.

        It is read in that order and only as far as it is wanted, however much waits.
        """
        sql = f"{WHO_IS_DUE}{self._mine('o')} AND o.due_at <= ? ORDER BY o.due_at, o.id LIMIT ?"
        return tuple(tuple(row) for row in self._rows(sql, (platform, now, limit)))

    def next_for(self, platform: str, recipient: Recipient, now: float) -> r.OutboxRow | None:
        """The send that goes to somebody next; None when nothing is due."""
        sql = f"""{OUTBOX}WHERE {DUE}{self._mine("o")} AND o.due_at <= ? AND o.workspace = ? AND o.recipient = ?
            AND (o.recipient != '' OR o.chat = ?) ORDER BY o.due_at, o.id LIMIT 1"""
        row = self._one(sql, (platform, now, *recipient))
        return outbox_row(row) if row else None

    def under_way(self, platform: str) -> tuple[r.OutboxRow, ...]:
        """Sends that are marked `sending`; at start these are the ones that a crash interrupted."""
        sql = f"{OUTBOX}WHERE o.platform = ? AND o.state = 'sending'{self._mine('o')} ORDER BY o.id"
        return tuple(outbox_row(row) for row in self._rows(sql, (platform,)))

    def next_due(self, platform: str, after: float) -> float | None:
        """When the next send becomes due after a time; None when nothing waits."""
        sql = f"""SELECT MIN(due_at) AS due FROM outbox WHERE platform = ? AND state = 'waiting'
            AND due_at > ?{self._mine("outbox")}"""  # noqa: S608 - ours
        row = self._one(sql, (platform, after))
        return row["due"] if row else None

    def removals(self, until: float) -> tuple[r.IncidentRow, ...]:
        """The incidents whose messages are to be removed by then, their senders having been told; oldest first."""
        sql = f"""SELECT i.* FROM removal w JOIN incident i ON i.id = w.incident
            WHERE w.due_at <= ? AND {WAITING} ORDER BY w.due_at"""  # noqa: S608 - WAITING is ours
        return tuple(incident_row(row) for row in self._rows(sql, (until,)))

    def next_removal(self, after: float) -> float | None:
        """When the next message is to be removed after a time; None when none waits."""
        row = self._one("SELECT MIN(due_at) AS due FROM removal WHERE due_at > ?", (after,))
        return row["due"] if row else None

    def attempts(
        self, since: float = 0.0, until: float = float("inf"), outbox: int | None = None
    ) -> tuple[r.AttemptRow, ...]:
        """Tries that began in [since, until), oldest first; of one send if given."""
        more, given = matching(outbox=outbox)
        sql = f"SELECT * FROM attempt WHERE started_at >= ? AND started_at < ?{more} ORDER BY rowid"  # noqa: S608 - column names are ours
        return tuple(
            r.AttemptRow(**(dict(row) | {"outcome": Result(row["outcome"])}))
            for row in self._rows(sql, [since, until, *given])
        )

    def poison(self, platform: str | None = None) -> tuple[r.PoisonRow, ...]:
        """What could not be parsed or judged."""
        more, given = matching(platform=platform)
        sql = f"SELECT * FROM poison WHERE 1 = 1{more} ORDER BY at"  # noqa: S608 - column names are ours
        return tuple(r.PoisonRow(**(dict(row) | {"aside": bool(row["aside"])})) for row in self._rows(sql, given))

    def sends_about(self, incident: str) -> tuple[r.OutboxRow, ...]:
        """Every send about an incident, oldest first."""
        sql = OUTBOX + "JOIN outbox_incident m ON m.outbox = o.id WHERE m.incident = ? ORDER BY o.id"
        return tuple(outbox_row(row) for row in self._rows(sql, (incident,)))

    def sent_to(self, platform: str, workspace: str, user: str) -> tuple[r.OutboxRow, ...]:
        """Every send to a person, oldest first."""
        sql = OUTBOX + "WHERE o.platform = ? AND o.workspace = ? AND o.recipient = ? ORDER BY o.id"
        return tuple(outbox_row(row) for row in self._rows(sql, (platform, workspace, user)))

    def mutes(self, platform: str, workspace: str, user: str) -> tuple[r.MuteRow, ...]:
        """The rules that are, or were until lately, silent for a person."""
        sql = """SELECT chat, rule, type, until FROM mute WHERE platform = ? AND workspace = ? AND sender = ?
            ORDER BY until"""
        return tuple(r.MuteRow(**dict(row)) for row in self._rows(sql, (platform, workspace, user)))

    def looks(self, platform: str, now: float, limit: int = 100) -> tuple[r.LookRow, ...]:
        """A platform's files that are to be read now, the longest due first."""
        sql = f"""SELECT * FROM look WHERE state = 'waiting' AND platform = ? AND due_at <= ?{self._mine("look")}
            ORDER BY due_at, id LIMIT ?"""  # noqa: S608 - ours
        return tuple(look_row(row) for row in self._rows(sql, (platform, now, limit)))

    def next_look(self, platform: str, after: float) -> float | None:
        """When the next file of a platform is to be read after a time; None when none waits."""
        sql = f"""SELECT MIN(due_at) AS due FROM look WHERE state = 'waiting' AND platform = ?
            AND due_at > ?{self._mine("look")}"""  # noqa: S608 - ours
        row = self._one(sql, (platform, after))
        return row["due"] if row else None

    def audits(
        self,
        since: float = 0.0,
        until: float = float("inf"),
        platform: str | None = None,
        user: str | None = None,
        about: str | None = None,
    ) -> tuple[r.AuditRow, ...]:
        """The audit table in [since, until), oldest first; of one person, or about one incident or case, if given."""
        more, given = matching(platform=platform, user=user, about=about)
        sql = f"SELECT * FROM audit WHERE at >= ? AND at < ?{more} ORDER BY rowid"  # noqa: S608 - column names are ours
        rows = self._rows(sql, [since, until, *given])
        return tuple(r.AuditRow(**(dict(row) | {"allowed": bool(row["allowed"])})) for row in rows)


def matching(prefix: str = "", **columns: str | int | None) -> tuple[str, list[str | int]]:
    """The conditions for the columns that are given, as SQL and values."""
    given = {name: value for name, value in columns.items() if value is not None}
    return "".join(f" AND {prefix}{name} = ?" for name in given), list(given.values())
