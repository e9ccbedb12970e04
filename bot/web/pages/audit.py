"""Who looked at what, who was refused, and what the program did."""

from bot.evidence import audit
from bot.periods import PeriodError, asked, period
from bot.web.page import Page, Visit
from bot.web.sources import Sources

SHOWN = 500
USUAL = "7d"


async def show(sources: Sources, visit: Visit) -> Page:
    """List the newest notes of a period."""
    words, problem = visit.query.get("period", USUAL), ""
    try:
        time = period(asked(words.split()), sources.clock())
    except PeriodError as error:
        time, problem = period(USUAL, sources.clock()), error.said(visit.language)
    rows = sources.store.audits(time.since, time.until)
    head, *lines = audit.lines(rows, visit.language, SHOWN)
    cells = [line.split(" · ") for line in lines]
    return Page("audit.html", {"head": head, "rows": cells, "period": words, "problem": problem})
