"""The audit table shown: who looked at what, who was refused, purges and their proof, editions, starts and gaps."""

from collections.abc import Sequence
from itertools import pairwise

from bot.evidence import table
from bot.reports.text import moment
from bot.store import BOT, AuditRow
from bot.wording import say
from bot.words import Act

COLUMNS = ("at", "platform", "user", "action", "detail", "about", "allowed")


def record(row: AuditRow) -> dict[str, object]:
    """One note as codes."""
    return {name: getattr(row, name) for name in COLUMNS} | {"at": table.stamp(row.at)}


def csv(rows: Sequence[AuditRow]) -> str:
    """Write the notes for a spreadsheet."""
    return table.csv(COLUMNS, [record(row) for row in rows])


def json(rows: Sequence[AuditRow]) -> str:
    """Write the notes for programs."""
    return table.json([record(row) for row in rows])


def lines(rows: Sequence[AuditRow], language: str, most: int | None = None) -> list[str]:
    """Write a line for each note, newest first, the `most` newest only."""
    told = [_line(row, row in crashes(rows), language) for row in rows][::-1]
    hidden = 0 if most is None else max(0, len(told) - most)
    head = say(language, "audit.count", count=len(rows)) if rows else say(language, "audit.none")
    return [head, *told[:most], *([say(language, "incidents.more", count=hidden)] if hidden else [])]


def crashes(rows: Sequence[AuditRow]) -> tuple[AuditRow, ...]:
    """The starts before which the program had not been stopped, as far as these notes tell."""
    runs = [row for row in rows if row.platform == BOT and row.action in (Act.START, Act.STOP)]
    return tuple(later for earlier, later in pairwise(runs) if earlier.action == later.action == Act.START)


def _line(row: AuditRow, crashed: bool, language: str) -> str:  # noqa: FBT001 - a fact about the row
    who = say(language, "audit.bot") if row.platform == BOT else f"{row.platform}:{row.user}"
    pieces = [moment(row.at), who, row.action, row.detail, row.about]
    pieces += [] if row.allowed else [say(language, "audit.refused")]
    pieces += [say(language, "audit.crashed")] if crashed else []
    return " · ".join(filter(None, pieces))
