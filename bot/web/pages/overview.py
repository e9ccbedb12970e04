"""The first page: a period in figures and charts, as the report has them."""

import asyncio

from markupsafe import Markup

from bot.periods import Period
from bot.reports import figures_of, html
from bot.web.asking import asked_time
from bot.web.page import Page, Visit
from bot.web.sources import Sources

USUAL = "7d"


async def show(sources: Sources, visit: Visit) -> Page:
    """Show the figures of the period that is asked for, of all groups or one."""
    asked, chat = asked_time(visit, USUAL, sources.clock()), visit.query.get("chat", "")
    known = {f"{one.platform}:{one.chat}" for one in sources.store.chats()}
    body = await asyncio.to_thread(_body, sources, asked.time, chat if chat in known else None, visit.language)
    drawn = Markup(body)  # noqa: S704 - the report escapes what it writes
    return Page("overview.html", {"body": drawn, "period": asked.words, "problem": asked.problem})


def _body(sources: Sources, time: Period, chat: str | None, language: str) -> str:
    """Count beside the event loop: a year of a large organisation takes seconds."""
    figures = figures_of(sources.store, time.since, time.until, groups=sources.groups, chat=chat, before=time.before)
    return html.body(figures, language)
