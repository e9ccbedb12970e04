"""Telegram's row in the composition."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.config import Config, secret, wanted
from bot.platform import Check
from bot.platforms import needs_extra
from bot.platforms.setup import Setup
from bot.platforms.telegram import NAME
from bot.platforms.telegram.settings import Telegram
from bot.store import Clock, Store

if TYPE_CHECKING:
    from bot.platforms.beside import ChatPlatform

TOKEN = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the name of the variable


def build(config: Config, section: Telegram, store: Store, clock: Clock) -> "ChatPlatform":
    """Make the platform."""
    with needs_extra(NAME):
        from bot.platforms.telegram.platform import TelegramPlatform

    _needs_server(section)
    return TelegramPlatform(section, wanted(TOKEN, NAME), store, clock, admins=config.admins.get(NAME, ()))


async def look(section: Telegram, chats: Sequence[str]) -> list[Check]:
    """Look at the token and the groups."""
    with needs_extra(NAME):
        from bot.platforms.telegram.doctor import doctor

    _needs_server(section)
    token = secret(TOKEN)
    if not token:
        return [Check.missing(NAME, TOKEN)]
    return await doctor(section, token, tuple(chats))


def _needs_server(section: Telegram) -> None:
    """What a webhook is served with: a lack of it is told before anything begins."""
    if section.webhook:
        with needs_extra(NAME, "web", "take webhook out of [telegram]"):
            import aiohttp  # noqa: F401  # the library that is looked for


SETUP = Setup(NAME, Telegram, build, (TOKEN,), look)
