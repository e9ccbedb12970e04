"""The first page: a period in figures and charts, as the report has them."""

from markupsafe import Markup

from bot.reports import html
from bot.reports.live import live
from bot.web.asking import asked_time
from bot.web.page import Page, Visit
from bot.web.sources import Sources

USUAL = "7d"


async def show(sources: Sources, visit: Visit) -> Page:
    """Show the figures of the period that is asked for, of all groups or one."""
    asked, chat = asked_time(visit, USUAL, sources.clock()), visit.query.get("chat", "")
    known = {f"{one.platform}:{one.chat}" for one in sources.store.chats()}
    time, wanted = asked.time, chat if chat in known else None
    figures = await live(sources.store, sources.groups, sources.config.privacy, time, sources.clock(), wanted)
    drawn = Markup(html.body(figures, visit.language))  # noqa: S704 - the report escapes what it writes
    return Page("overview.html", {"body": drawn, "period": asked.words, "problem": asked.problem})
