"""The first page: a period in figures and charts, as the report has them."""

import asyncio

from markupsafe import Markup

from bot.periods import Period, PeriodError, asked, period
from bot.reports import figures_of, html
from bot.web.page import Page, Visit
from bot.web.sources import Sources

USUAL = "7d"


async def show(sources: Sources, visit: Visit) -> Page:
    """Show the figures of the period that is asked for, of all groups or one."""
    words, chat = visit.query.get("period", USUAL), visit.query.get("chat") or None
    known = [chat.chat for chat in sources.store.chats()]
    problem, time = "", period(USUAL, sources.clock())
    try:
        time = period(asked(words.split()), sources.clock())
    except PeriodError as error:
        problem = error.said(visit.language)
    body = await asyncio.to_thread(_body, sources, time, chat if chat and _there(chat, known) else None, visit.language)
    drawn = Markup(body)  # noqa: S704 - the report escapes what it writes
    return Page("overview.html", {"body": drawn, "period": words, "problem": problem})


def _there(address: str, chats: list[str]) -> bool:
    return address.partition(":")[2] in chats


def _body(sources: Sources, time: Period, chat: str | None, language: str) -> str:
    """Count beside the event loop: a year of a large organisation takes seconds."""
    figures = figures_of(sources.store, time.since, time.until, groups=sources.groups, chat=chat, before=time.before)
    return html.body(figures, language)
