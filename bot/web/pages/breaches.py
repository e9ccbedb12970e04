"""Breaches: their clocks and checklists, what is left to do, the drafts to send, and what an editor does to them."""

import asyncio

from bot.breach import called, number
from bot.evidence import breach, draft, handling
from bot.judging.asked import codes
from bot.misuse import InputError
from bot.store import BreachRow, Noted
from bot.web.page import File, Onward, Page, Visit
from bot.web.sources import Sources
from bot.wording import LANGUAGES
from bot.words import Act, BreachEnding, BreachStep, Command, Form


async def show(sources: Sources, visit: Visit) -> Page:
    """List all breaches that are kept, the newest first."""
    now = sources.clock()
    rows = [_summary(row, visit.language, now) for row in sources.store.breaches()]
    return Page("breaches.html", {"rows": rows})


async def one(sources: Sources, visit: Visit) -> Page:
    """Show one: its clock, the steps done and left, what was counted, its incidents."""
    row = _found(sources, visit)
    if row is None:
        return Page("gone.html", {}, status=404)
    now = sources.clock()
    return Page(
        "breach.html",
        {
            **_summary(row, visit.language, now),
            "counted": breach.counted(row.figures, visit.language),
            "incidents": row.incidents,
            "steps": [(step, step in row.ticked) for step in BreachStep],
            "checklist": dict(zip(BreachStep, breach.checklist(row, visit.language), strict=True)),
            "lines": breach.page(sources.store, row, visit.language, now).splitlines(),
            "endings": tuple(BreachEnding),
            "drafts": [(form, kind, code) for form in Form for code in LANGUAGES for kind in draft.WRITERS],
        },
    )


async def handle(sources: Sources, visit: Visit) -> Page | Onward:
    """Tick, untick, add, write an edition, close or reopen, as the form asks; or open one with an incident."""
    case, act = visit.path.get("case", ""), visit.form.get("act", "")
    given = visit.form.get("code", "").split()
    _, words = codes(Command.BREACH, (case, act, *given) if case else tuple(given))
    by = (visit.visitor.platform, visit.visitor.user)
    understood = words and "?" not in words
    change = handling.asked(words, sources.clock(), by, sources.config) if understood else None
    if change is None:
        return Page("gone.html", {}, status=400)
    said = await handling.done(sources.store, change, visit.language, "/")
    row = sources.store.breach(number(case.lower()) or 0) if case else sources.store.breach_of(change.incidents[0])
    if row is None:
        return Page("gone.html", {}, status=400)
    return Onward(f"/breaches/{called(row.id)}?said={'done' if said.done else 'stood'}")


async def drafted(sources: Sources, visit: Visit) -> Page | File:
    """Hand out a draft notification as a file."""
    row = _found(sources, visit)
    form, kind, code = visit.query.get("form", ""), visit.query.get("kind", ""), visit.query.get("language", "")
    if row is None or form not in tuple(Form) or kind not in draft.WRITERS or code not in LANGUAGES:
        return Page("gone.html", {}, status=404)
    written = draft.drafted(row, Form(form), code, sources.config.privacy, sources.clock())
    try:
        content = await asyncio.to_thread(draft.WRITERS[kind], written)
    except InputError as error:
        return Page("breach_lacks.html", {"problem": str(error)}, status=409)
    note = Noted(
        visit.visitor.platform, visit.visitor.user, Act.BREACH_DRAFT, sources.clock(), f"{form} {kind} {code}",
        called(row.id),
    )  # fmt: skip
    await sources.store.commit([note])
    return File(draft.file_name(row, Form(form), code, kind), content)


def _found(sources: Sources, visit: Visit) -> BreachRow | None:
    return sources.store.breach(number(visit.path["case"].lower()) or 0)


def _summary(row: BreachRow, language: str, now: float) -> dict[str, object]:
    return {
        "case": called(row.id),
        "open": row.closed_at is None,
        "count": row.figures.incidents,
        "done": len(row.ticked),
        "all": len(BreachStep),
        "clock": breach.clock(row, language, now),
        "late": row.closed_at is None and row.due_at is not None and row.due_at < now,
    }
