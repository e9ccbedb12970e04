"""How it stands now: what is open, what waits and for how long, what was lost, when something was last done."""

from collections.abc import Iterable, Mapping

from bot.store import rows as r
from bot.store.hooks import HOOK
from bot.store.reader import Reader
from bot.words import Act, SendKind, SendState

LOST = "state IN ('refused', 'unreachable')"
"""What nobody got, as its index spells it."""

QUEUES = """SELECT 'sends', platform, COUNT(*), MIN(due_at) FROM outbox
    WHERE state = 'waiting' AND due_at <= ? GROUP BY platform
    UNION ALL SELECT 'files', platform, COUNT(*), MIN(due_at) FROM look
    WHERE state = 'waiting' AND due_at <= ? GROUP BY platform"""
"""What is due and waits."""

NEWEST = (
    ("opened_at", "incident WHERE state = 'open'"),
    ("opened_at", "incident WHERE state = 'ended'"),
    ("created_at", "outbox"),
    ("started_at", "attempt"),
    ("since", "chat"),
    ("at", "audit WHERE platform != 'bot'"),
)
"""Where times stand that only grow: each but the few chats is the last entry of an index."""


class Standing(Reader):
    """Figures of this moment; those of a period are `bot.store.tally`'s."""

    def counts(self) -> r.Counts:
        """Figures for `status`; incidents of a policy on trial are open to nobody's answer and don't count."""
        sql = f"SELECT kind, state, COUNT(*) AS n FROM outbox WHERE {LOST} GROUP BY kind, state"  # noqa: S608 - LOST is ours
        lost = self._rows(sql)
        return r.Counts(
            open=self._number(
                "SELECT COUNT(*) FROM incident WHERE state = 'open' AND mode = 'enforce' AND source = ''"
            ),
            waiting=sum(
                self._number(f"SELECT COUNT(*) FROM outbox WHERE state = '{state}' AND kind != 'reply'")  # noqa: S608 - ours
                for state in (SendState.WAITING, SendState.SENDING)
            ),
            unreachable=sum(row["n"] for row in lost if row["state"] == SendState.UNREACHABLE),
            aside=self._number("SELECT COUNT(*) FROM poison WHERE aside = 1"),
            alerts=sum(row["n"] for row in lost if row["kind"] == SendKind.ALERT),
            files=self._number("SELECT COUNT(*) FROM look WHERE state = 'waiting'"),
            unread=self._number("SELECT COUNT(*) FROM look WHERE state = 'unread'"),
            hooks=self._number(f"SELECT COUNT(*) FROM outbox WHERE platform = '{HOOK}' AND state = 'waiting'"),  # noqa: S608 - ours
            given_up=self._number(f"SELECT COUNT(*) FROM outbox WHERE platform = '{HOOK}' AND state = 'cancelled'"),  # noqa: S608 - ours
        )

    def editions(self) -> Mapping[str, int]:
        """How many programs over this log judge by which edition of the policies; none where one runs alone."""
        rows = self._rows(
            "SELECT edition, COUNT(*) AS n FROM replica WHERE edition != '' GROUP BY edition ORDER BY n DESC"
        )
        return {row["edition"]: row["n"] for row in rows}

    def queues(self, now: float) -> tuple[r.QueueRow, ...]:
        """What is due and waits, by queue and platform."""
        return tuple(r.QueueRow(*row) for row in self._rows(QUEUES, (now, now)))

    def last(self, acts: Iterable[Act]) -> dict[Act, float]:
        """When each was last noted in the audit table; what never was is left out."""
        found = {
            act: self._one("SELECT at FROM audit WHERE action = ? ORDER BY at DESC LIMIT 1", (act,)) for act in acts
        }
        return {act: float(row["at"]) for act, row in found.items() if row}

    def newest(self) -> float:
        """When the newest entry of the log was made, a try to send by its beginning; 0 when there is none.

        What the program notes of itself doesn't count: at a start with a wrong clock that would be the newest for good.
        """
        return max(self._rows(f"SELECT MAX({column}) FROM {table}")[0][0] or 0.0 for column, table in NEWEST)  # noqa: S608 - ours

    def _number(self, sql: str) -> int:
        return int(self._rows(sql)[0][0])
