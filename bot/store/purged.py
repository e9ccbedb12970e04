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


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted, per table, and the proof: rows older than asked that remain, and bytes left in the WAL.

    Revisions, findings and attempts go with their incidents and sends and aren't counted apart. `forgotten` people
    were forgotten before; their bytes are overwritten now.
    """

    counts: Mapping[str, int]
    remaining: int
    wal_bytes: int

    @property
    def codes(self) -> str:
        """The same for the audit table."""
        counts = [f"{table}={count}" for table, count in self.counts.items() if count]
        return " ".join([*counts, f"remaining={self.remaining}", f"wal={self.wal_bytes}"])

    def __str__(self) -> str:
        """One line for the operator."""
        deleted = ", ".join(f"{PURGED[table]} {count}" for table, count in self.counts.items())
        return f"deleted: {deleted}; older rows that remain: {self.remaining}; bytes in the WAL: {self.wal_bytes}"
