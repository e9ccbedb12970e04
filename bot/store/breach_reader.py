"""Breaches as rows, with all that hangs on them."""

from typing import Any

from bot.store import breaches
from bot.store import rows as r
from bot.store.engine import Row
from bot.store.reader import Reader
from bot.words import BreachEnding, BreachStep


class BreachReader(Reader):
    """The readings that are about breaches."""

    def breaches(self) -> tuple[r.BreachRow, ...]:
        """All breaches that are kept, the newest first."""
        return tuple(self._whole(row) for row in self._rows("SELECT * FROM breach ORDER BY id DESC"))

    def breach(self, number: int) -> r.BreachRow | None:
        """One breach; None when there is none (any more)."""
        row = self._one("SELECT * FROM breach WHERE id = ?", (number,))
        return self._whole(row) if row else None

    def breach_of(self, incident: str) -> r.BreachRow | None:
        """The open breach that an incident is in; None when it is in none."""
        sql = """SELECT b.* FROM breach_incident l JOIN breach b ON b.id = l.breach
            WHERE l.incident = ? AND b.closed_at IS NULL"""
        row = self._one(sql, (incident,))
        return self._whole(row) if row else None

    def _whole(self, row: Row) -> r.BreachRow:
        """A breach with all that hangs on it."""
        held = self._rows(breaches.OF, (row["id"],))
        steps = self._rows(
            "SELECT step, at, platform, user FROM breach_step WHERE breach = ? ORDER BY at, rowid", (row["id"],)
        )
        sql = "SELECT number, at, platform, user, figures FROM breach_edition WHERE breach = ? ORDER BY number"
        editions = self._rows(sql, (row["id"],))
        values: dict[str, Any] = dict(row)
        values["figures"] = breaches.figures(held) if row["closed_at"] is None else breaches.read(row["figures"])
        return r.BreachRow(
            **(values | {"ending": BreachEnding(row["ending"]) if row["ending"] else None}),
            incidents=tuple(one["id"] for one in held),
            steps=tuple(r.Ticked(**(dict(one) | {"step": BreachStep(one["step"])})) for one in steps),
            editions=tuple(r.Edition(**(dict(one) | {"figures": breaches.read(one["figures"])})) for one in editions),
        )
