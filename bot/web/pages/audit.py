"""Who looked at what, who was refused, and what the program did."""

from bot.evidence import audit
from bot.web.asking import asked_time
from bot.web.page import Page, Visit
from bot.web.sources import Sources

SHOWN = 500
USUAL = "7d"


async def show(sources: Sources, visit: Visit) -> Page:
    """List the newest notes of a period."""
    asked = asked_time(visit, USUAL, sources.clock())
    rows = sources.store.audits(asked.time.since, asked.time.until)
    head, *lines = audit.lines(rows, visit.language, SHOWN)
    cells = [line.split(" · ") for line in lines]
    return Page("audit.html", {"head": head, "rows": cells, "period": asked.words, "problem": asked.problem})
