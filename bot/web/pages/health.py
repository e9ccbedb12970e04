"""Whether it works: what is wrong with which platform, what waits, what was lost, when it was cleaned and copied."""

from bot.reports.text import moment
from bot.web.page import Page, Visit
from bot.web.sources import Sources
from bot.wording import say
from bot.words import Act, ChatState

PROVEN = (Act.START, Act.PURGE, Act.BACKUP)


async def show(sources: Sources, visit: Visit) -> Page:
    """Show how it is now."""
    language, store = visit.language, sources.store
    counts = store.counts()
    troubles = [(name, one) for name, platform in sources.platforms.items() for one in await platform.trouble()]
    lines = [
        say(language, "status.trouble", platform=name.capitalize(), trouble=_said(language, one.code, one.count))
        for name, one in troubles
    ]
    lines += [say(language, "status.clock")] if sources.clock.doubted else []
    joined = [chat for chat in store.chats() if chat.state is ChatState.JOINED]
    figures = {
        "groups": len(joined),
        "open": counts.open,
        "waiting": counts.waiting,
        "unreachable": counts.unreachable,
        "alerts": counts.alerts,
        "aside": counts.aside,
        **({"files": counts.files, "unread": counts.unread} if sources.config.files.enabled else {}),
    }
    return Page(
        "health.html",
        {
            "well": not any(one.blind for _, one in troubles) and not store.trouble(),
            "troubles": lines,
            "figures": [say(language, f"status.{name}", count=count) for name, count in figures.items()],
            "platforms": tuple(sources.platforms),
            "last": [(act, moment(at)) for act, at in store.last(PROVEN).items()],
            "edition": sources.policies.set.hash,
        },
    )


def _said(language: str, code: str, count: int) -> str:
    return say(language, f"trouble.{code}", count=count)
