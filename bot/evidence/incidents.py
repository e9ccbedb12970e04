"""Incidents, one by one: what was found where, how it was told and how it ended; never a word, and nobody's id unasked.

`senders` says whether the operator lets admins see who wrote ([privacy] admins_see_senders).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import wording
from bot.evidence import table
from bot.reports.text import moment
from bot.store import IncidentRow, Readings
from bot.wording import say
from bot.words import IncidentState, Resolution, SendKind

Where = Callable[[IncidentRow], str]
"""How a group is called."""

COLUMNS = (
    *("id", "posted_at", "opened_at", "platform", "chat", "sender", "types", "rules", "severity", "audience"),
    *("policy", "policy_hash", "mode", "state", "resolution", "reason", "ended_at", "told", "rung", "revisions"),
    *("gathered", "protects", "outside_case", "source"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents: posted in [since, until), of one chat (`platform:chat id`) or all, of one severity or all."""

    since: float
    until: float
    chat: str | None = None
    still_open: bool = False
    severity: str = ""


def chosen(store: Readings, wanted: Wanted) -> tuple[IncidentRow, ...]:
    """The incidents that are wanted, newest first."""
    platform, _, chat = wanted.chat.partition(":") if wanted.chat else (None, "", None)
    found = store.incidents(wanted.since, wanted.until, platform, chat)
    return tuple(
        row
        for row in reversed(found)
        if wanted.severity in ("", row.severity) and not (wanted.still_open and row.state is IncidentState.ENDED)
    )


def record(store: Readings, row: IncidentRow, *, senders: bool) -> dict[str, object]:
    """One incident as codes."""
    told, rung = told_by(store, row.id)
    fields: dict[str, object] = {name: getattr(row, name) for name in COLUMNS if hasattr(row, name)}
    fields |= {name: table.stamp(getattr(row, name)) for name in ("posted_at", "opened_at", "ended_at")}
    fields |= {"sender": row.sender if senders else None, "told": told, "rung": rung, "types": dict(row.types)}
    return {name: fields[name] for name in COLUMNS}


def told_by(store: Readings, incident: str) -> tuple[str, str]:
    """How the newest nudge about it stands, and on which rung; two empty words when nobody was to be told."""
    nudges = [send for send in store.sends_about(incident) if send.kind is SendKind.NUDGE]
    return (nudges[-1].state, nudges[-1].rung) if nudges else ("", "")


def csv(store: Readings, rows: Sequence[IncidentRow], *, senders: bool) -> str:
    """Write incidents for a spreadsheet."""
    return table.csv(COLUMNS, [record(store, row, senders=senders) for row in rows])


def json(store: Readings, rows: Sequence[IncidentRow], *, senders: bool) -> str:
    """Write incidents for programs."""
    return table.json([record(store, row, senders=senders) for row in rows])


def lines(
    store: Readings,
    rows: Sequence[IncidentRow],
    where: Where,
    language: str,
    *,
    senders: bool,
    most: int | None = None,
) -> list[str]:
    """Write a line for each incident, the `most` newest only, under a line that counts all."""
    head = say(language, "incidents.count", count=len(rows)) if rows else say(language, "incidents.none")
    shown = rows[:most]
    told = [line(store, row, where, language, senders=senders) for row in shown]
    hidden = len(rows) - len(shown)
    return [head, *told, *([say(language, "incidents.more", count=hidden)] if hidden else [])]


def line(store: Readings, row: IncidentRow, where: Where, language: str, *, senders: bool) -> str:
    """One incident on a line: when, which, where, what, how grave, by which rules, how it stands, how it was told."""
    told, rung = told_by(store, row.id)
    pieces = [
        moment(row.posted_at),
        row.id,
        where(row),
        types(row, language),
        say(language, f"severity.{row.severity}"),
        ", ".join(row.rules),
        standing(row, language),
        delivery(told, rung, language),
        say(language, "incidents.swept") if row.source else "",
        say(language, "incidents.readers", count=row.audience) if row.audience else "",
        say(language, "incidents.case", number=row.outside_case) if row.outside_case else "",
        say(language, "incidents.sender", user=row.sender) if senders and row.sender else "",
    ]
    return " · ".join(filter(None, pieces))


def types(row: IncidentRow, language: str) -> str:
    """What it held, by kind and number of distinct values."""
    names = [(wording.kinds(language, (name,)), count) for name, count in row.types.items()]
    return wording.listed(language, tuple(f"{name} × {count}" for name, count in names))


def standing(row: IncidentRow, language: str) -> str:
    """How it stands or ended, and why; what a sweep found stands for nobody's answer."""
    if row.source and row.resolution is Resolution.EXPIRED:
        return ""
    state = say(language, f"state.{row.resolution or row.state}")
    key = f"settled.{row.reason}" if row.resolution is Resolution.SETTLED else f"reason.{row.reason}"
    if row.reason and wording.has(key):
        state += f" ({say(language, key)})"
    return f"{state}, {moment(row.ended_at)}" if row.ended_at is not None else state


def delivery(told: str, rung: str, language: str) -> str:
    """How its sender was told."""
    if not told:
        return say(language, "incidents.untold")
    shown = say(language, f"report.{told}") if wording.has(f"report.{told}") else told
    return say(language, "incidents.told", state=shown + (f" ({rung})" if rung else ""))
