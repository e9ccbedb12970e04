"""Incidents: the list with a filter, one whole, and what an editor does to it."""

from collections.abc import Sequence

from bot.breach import called
from bot.evidence import incident, incidents
from bot.evidence.incidents import Wanted
from bot.judging.asked import codes, harmless
from bot.reports.text import moment
from bot.store import Handled, IncidentRow
from bot.web.asking import asked_time
from bot.web.page import Onward, Page, Visit
from bot.web.sources import Sources
from bot.words import Act, Command, PressCode, Settlement
from policies.policy import SEVERITIES

SHOWN = 200
"""Rows of a page; the filter narrows, and commands write all of them as a file."""
USUAL = "30d"


async def show(sources: Sources, visit: Visit) -> Page:
    """List the newest incidents that the filter wants."""
    asked = asked_time(visit, USUAL, sources.clock())
    severity = visit.query.get("severity", "")
    wanted = Wanted(
        asked.time.since,
        asked.time.until,
        _chat(visit.query.get("chat", "")),
        still_open="open" in visit.query,
        severity=severity if severity in SEVERITIES else "",
    )
    rows = incidents.chosen(sources.store, wanted)
    return Page(
        "incidents.html",
        {
            "rows": [await _row(sources, row, visit.language) for row in rows[:SHOWN]],
            "count": len(rows),
            "hidden": max(0, len(rows) - SHOWN),
            "severities": SEVERITIES,
            "wanted": wanted,
            "chats": await _chats(sources),
            "period": asked.words,
            "problem": asked.problem,
        },
    )


async def one(sources: Sources, visit: Visit) -> Page:
    """Show one incident whole."""
    row = sources.store.incident(visit.path["incident"])
    if row is None:
        return Page("gone.html", {}, status=404)
    name = await sources.group(row.platform, row.workspace, row.chat)
    senders = sources.config.privacy.admins_see_senders
    return Page(
        "incident.html",
        {
            "id": row.id,
            "standing": incidents.standing(row, visit.language),
            "lines": incident.page(sources.store, row, lambda _: name, visit.language, senders=senders).splitlines(),
            "settlements": tuple(Settlement),
            "ended": row.ended_at is not None,
            "case": row.outside_case,
            "breach": called(found.id) if (found := sources.store.breach_of(row.id)) else "",
            "breaches": [called(one.id) for one in sources.store.breaches() if one.closed_at is None],
        },
    )


async def handle(sources: Sources, visit: Visit) -> Page | Onward:
    """Settle, reopen or number an incident, as its form asks."""
    known, act, code = visit.path["incident"], visit.form.get("act", ""), visit.form.get("code", "").strip()
    change = _change(sources, visit, known, act, code)
    if change is None or sources.store.incident(known) is None:
        return Page("gone.html", {}, status=400)
    [answer] = await sources.store.commit([change])
    done = "done" if answer is PressCode.THANKS else "stood"
    return Onward(f"/incidents/{known}?said={done}")


def _change(sources: Sources, visit: Visit, known: str, act: str, code: str) -> Handled | None:
    """What is to be done; None where a chat would not understand it either, or the number tells of a person."""
    words = tuple(filter(None, (known, act, code)))
    _, args = harmless(*codes(Command.INCIDENT, words), sources.find)
    by = (visit.visitor.platform, visit.visitor.user)
    match args:
        case (_, Act.SETTLE | Act.CASE, "?"):
            return None
        case (_, Act.SETTLE, reason):
            return Handled(known, Act.SETTLE, sources.clock(), *by, reason)
        case (_, Act.CASE, number):
            return Handled(known, Act.CASE, sources.clock(), *by, number.upper())
        case (_, Act.REOPEN):
            return Handled(known, Act.REOPEN, sources.clock(), *by)
    return None


async def _row(sources: Sources, row: IncidentRow, language: str) -> dict[str, object]:
    told, rung = incidents.told_by(sources.store, row.id)
    return {
        "id": row.id,
        "posted": moment(row.posted_at),
        "group": await sources.group(row.platform, row.workspace, row.chat),
        "types": incidents.types(row, language),
        "rules": ", ".join(row.rules),
        "severity": row.severity,
        "standing": incidents.standing(row, language),
        "told": incidents.delivery(told, rung, language),
        "readers": row.audience or "",
    }


def _chat(address: str) -> str | None:
    return address if all(address.partition(":")) else None


async def _chats(sources: Sources) -> Sequence[tuple[str, str]]:
    """The groups that the filter offers: address and name."""
    found = [(f"{one.platform}:{one.chat}", one) for one in sources.store.chats()]
    return [(address, await sources.group(one.platform, one.workspace, one.chat)) for address, one in found]
