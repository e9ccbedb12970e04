"""The command lists that Telegram's apps show. They are display only: who may ask what is decided when it is asked."""

from telegram.error import TelegramError

from bot import wording
from bot.platforms.telegram.wire import Wire

SCOPES = {
    "all_private_chats": ("help", "privacy", "mydata", "language", "report", "status"),
    "all_group_chats": ("help", "privacy"),
    "all_chat_administrators": ("help", "privacy", "report", "status"),
}
"""https://core.telegram.org/bots/api#botcommandscope"""


async def publish(wire: Wire) -> None:
    """Set the menus in English, and in Chinese for apps in Chinese. A failure is no harm: the commands work anyway."""
    for scope, names in SCOPES.items():
        for language in wording.LANGUAGES:
            listed = [{"command": name, "description": wording.say(language, f"command.{name}")} for name in names]
            try:
                await wire.call(
                    "setMyCommands",
                    commands=listed,
                    scope={"type": scope},
                    language_code=None if language == "en" else language,
                )
            except TelegramError:
                return
