"""Slack's row in the composition."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.config import Config, secret, wanted
from bot.platform import Check
from bot.platforms import needs_extra
from bot.platforms.setup import Setup
from bot.platforms.slack import NAME
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.tokens import Tokens
from bot.store import Clock, Store

if TYPE_CHECKING:
    from bot.platforms.beside import ChatPlatform

BOT, APP = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
SIGNING, ADMIN = "SLACK_SIGNING_SECRET", "SLACK_ADMIN_USER_TOKEN"


def build(_config: Config, section: Slack, store: Store, clock: Clock) -> "ChatPlatform":
    """Make the platform."""
    with needs_extra(NAME):
        from bot.platforms.slack.platform import SlackPlatform

    tokens = Tokens(
        bot=wanted(BOT, NAME),
        app=wanted(APP, NAME) if section.mode == "socket" else "",
        signing_secret=wanted(SIGNING, NAME) if section.mode == "http" else "",
        admin_user=secret(ADMIN) or "",
    )
    return SlackPlatform(section, tokens, store, clock)


async def look(section: Slack, _chats: Sequence[str]) -> list[Check]:
    """Look at the tokens and the scopes."""
    with needs_extra(NAME):
        from bot.platforms.slack.doctor import doctor

    bot = secret(BOT)
    if not bot:
        return [Check.missing(NAME, BOT)]
    return await doctor(section, Tokens(bot, secret(APP) or "", secret(SIGNING) or "", secret(ADMIN) or ""))


SETUP = Setup(NAME, Slack, build, (BOT, APP, SIGNING, ADMIN), look)
