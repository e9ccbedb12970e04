"""What a purge deleted, with its proof, for the operator and for the audit table."""

from collections.abc import Mapping
from dataclasses import dataclass

PURGED = {
    "incident": "incidents",
    "outbox": "sends",
    "mute": "mutes",
    "poison": "unreadable messages",
    "look": "unread files",
    "chat": "groups left",
    "trial": "messages judged on trial",
    "breach": "closed breaches",
    "audit": "audit entries",
    "forgotten": "people forgotten since the last time",
}
"""What the operator calls what a table holds."""

BEHIND = {
    "wal": "bytes in the WAL",
    "dead": "dead rows that VACUUM left",
    "unwritten": "tables that were not written anew",
}
"""What may be left of deleted rows."""
BYTES = "unwritten"
"""Of these no row is left that anybody could ask for; only their bytes, until new rows take the room."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted, per table, and the proof: rows older than asked that remain, and what is left behind.

    Revisions, findings and attempts go with their incidents and sends and aren't counted apart. `forgotten` people
    were forgotten before; their bytes are overwritten now.

    `behind` is of SQLite `wal`: bytes in the write-ahead log; of PostgreSQL `dead`: rows that VACUUM had to leave,
    because somebody still reads; and `unwritten`: tables too large to be written anew beside a running bot.
    """

    counts: Mapping[str, int]
    remaining: int
    behind: Mapping[str, int]

    @property
    def clean(self) -> bool:
        """Whether nothing is left."""
        return not (self.remaining or self.held_up)

    @property
    def held_up(self) -> bool:
        """Whether another program that reads kept something from going."""
        return any(count for what, count in self.behind.items() if what != BYTES)

    @property
    def unwritten(self) -> int:
        """In how many tables the bytes of deleted rows stay until new rows take their room."""
        return self.behind.get(BYTES, 0)

    @property
    def codes(self) -> str:
        """The same for the audit table."""
        counts = [f"{table}={count}" for table, count in self.counts.items() if count]
        left = [f"{what}={count}" for what, count in self.behind.items()]
        return " ".join([*counts, f"remaining={self.remaining}", *left])

    def __str__(self) -> str:
        """One line for the operator."""
        deleted = ", ".join(f"{PURGED[table]} {count}" for table, count in self.counts.items())
        left = "; ".join(f"{BEHIND[what]}: {count}" for what, count in self.behind.items())
        return f"deleted: {deleted}; older rows that remain: {self.remaining}; {left}"
