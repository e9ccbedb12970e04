"""The App Home tab: members see what is stored about them and the privacy text, admins also the report.

docs.slack.dev/surfaces/app-home, docs.slack.dev/reference/methods/views.publish
"""

from collections.abc import Callable
from typing import Any

from bot.message import Ask
from bot.platforms.slack.shape import sections
from bot.talk.commands import Commands
from bot.wording import say

_BLOCKS = 95
"""A view takes a hundred."""


async def home(commands: Commands, workspace: str, user: str, code: str, clock: Callable[[], float]) -> dict[str, Any]:
    """Make one person's view; `code` is their Slack locale. Looks at the log are audited by `commands`."""
    language = commands.language("slack", workspace, user, code)
    names = ["mydata", "privacy"]
    if commands.is_admin("slack", user):
        names = ["report", "status", *names]
    blocks: list[dict[str, Any]] = []
    for name in names:
        ask = Ask("slack", workspace, user, "", name, (), clock(), code)
        answer = await commands.answer(ask)
        title = say(language, f"home.{name}")
        blocks += [{"type": "header", "text": {"type": "plain_text", "text": title}}, *sections(answer.text)]
    return {"type": "home", "blocks": blocks[:_BLOCKS]}
