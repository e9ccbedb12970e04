"""The App Home tab: members see what is stored about them and the privacy text, admins also the report.

docs.slack.dev/surfaces/app-home, docs.slack.dev/reference/methods/views.publish
"""

from collections.abc import Callable
from typing import Any

from bot.message import Ask
from bot.platforms.beside import Inbound
from bot.platforms.slack import NAME
from bot.platforms.slack.shape import sections
from bot.wording import say
from bot.words import Command

_BLOCKS = 95
"""A view takes a hundred."""


async def home(inbound: Inbound, workspace: str, user: str, code: str, clock: Callable[[], float]) -> dict[str, Any]:
    """Make one person's view; `code` is their Slack locale. Looks at the log are audited."""
    language = inbound.languages.of(NAME, workspace, user, code)
    names = [Command.MYDATA, Command.PRIVACY]
    if inbound.commands.is_admin(NAME, user):
        names = [Command.REPORT, Command.STATUS, *names]
    blocks: list[dict[str, Any]] = []
    for name in names:
        ask = Ask(NAME, workspace, user, "", name, (), clock(), code)
        answer = await inbound.commands.answer(ask)
        title = say(language, f"home.{name}")
        blocks += [{"type": "header", "text": {"type": "plain_text", "text": title}}, *sections(answer.text)]
    return {"type": "home", "blocks": blocks[:_BLOCKS]}
