"""The command lists that Telegram's apps show. They are display only: who may ask what is decided when it is asked."""

from telegram.error import TelegramError

from bot import wording
from bot.platforms.telegram.wire import Wire

PRIVATE = ("help", "check", "privacy", "notice", "mydata", "forgetme", "language", "refresher", "whoami")
FOR_ADMINS = ("report", "incidents", "incident", "breach", "audit", "status", "web")
SCOPES = {
    "all_private_chats": PRIVATE,
    "all_group_chats": ("help", "privacy", "refresher"),
    "all_chat_administrators": ("help", "privacy", "refresher", *FOR_ADMINS),
}
"""Scopes: https://core.telegram.org/bots/api#botcommandscope."""


async def publish(wire: Wire, admins: tuple[str, ...]) -> None:
    """Set the menus in English, and in Chinese for apps in Chinese; in the private chats of `admins` with theirs.

    A failure is no harm (an admin who has not pressed Start has no private chat): the commands work anyway.
    """
    for scope, names in SCOPES.items():
        await _set(wire, {"type": scope}, names)
    for admin in admins:
        await _set(wire, {"type": "chat", "chat_id": int(admin)}, (*FOR_ADMINS, *PRIVATE))


async def _set(wire: Wire, scope: dict[str, str | int], names: tuple[str, ...]) -> None:
    for language in wording.languages():
        listed = [{"command": name, "description": wording.say(language, f"command.{name}")} for name in names]
        code = None if language == "en" else language
        try:
            await wire.call("setMyCommands", commands=listed, scope=scope, language_code=code)
        except TelegramError:
            return
