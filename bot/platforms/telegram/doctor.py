"""What `thinktwice doctor` looks at on Telegram's side."""

import time
from datetime import UTC, datetime

from telegram.error import TelegramError

from bot import wording
from bot.platform import Check
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.permissions import check
from bot.platforms.telegram.settings import Telegram
from bot.platforms.telegram.wire import MOVED, RefusalError, WebhookStatus, Wire

TOKEN = "copy the token from BotFather (/mybots, your bot, API Token) into TELEGRAM_BOT_TOKEN"  # noqa: S105  # advice, no token


INLINE = {
    True: "inline = true in [telegram] needs inline mode: turn it on with BotFather (/setinline)",
    False: "inline mode is on with BotFather and goes unanswered: set inline = true in [telegram], or turn it off",
}


STARTS = "the address in [telegram] webhook is set when the bot starts"


async def doctor(config: Telegram, token: str, chats: tuple[str, ...] = ()) -> list[Check]:
    """Look at the token, privacy mode and the bot's rights in the groups that are listed or known."""
    wire = Wire(token, config.api_base_url)
    try:
        me = await wire.me()
    except RefusalError as error:
        later = MOVED if error.logged_out else f"Telegram refused with {error.code}; try again later"
        advice = TOKEN if error.token_lost else later
        return [Check("telegram token", good=False, advice=advice)]
    except TelegramError:
        advice = f"no connection to {config.api_base_url}; check the network and [telegram] api_base_url"
        return [Check("telegram connection", good=False, advice=advice)]
    else:
        return [
            Check(f"telegram token, bot @{me.get('username', '?')}", good=True),
            *await _rest(config, wire, me, chats),
        ]
    finally:
        await wire.hang_up()


async def _rest(config: Telegram, wire: Wire, me: dict[str, object], chats: tuple[str, ...]) -> list[Check]:
    reads_all = bool(me.get("can_read_all_group_messages"))
    advice = "" if reads_all else "privacy mode is on: make the bot an admin of each group, or turn it off in BotFather"
    checks = [Check("telegram privacy mode", good=True, advice=advice)]
    if config.groups == "any":
        warning = 'anybody can add the bot to a group: list your groups in [telegram] groups instead of "any"'
        checks.append(Check("telegram groups", good=True, advice=warning))
    checks.append(await _way(config, wire))
    if config.inline != bool(me.get("supports_inline_queries")):
        checks.append(Check("telegram inline mode", good=not config.inline, advice=INLINE[config.inline]))
    if config.local_files is not None and not config.local_files.is_dir():
        advice = (
            f"there is no folder {config.local_files}: set local_files in [telegram] to that of your Bot API server"
        )
        checks.append(Check("telegram local files", good=False, advice=advice))
    listed = () if config.groups == "any" else tuple(map(str, config.groups))
    membership = Membership(wire, time.time)
    for chat in dict.fromkeys((*listed, *chats)):
        codes = await check(membership, chat, int(str(me["id"])), reads_all=reads_all)
        advice = "; ".join(wording.say("en", f"permission.{code}") for code in codes)
        checks.append(
            Check(f"telegram group {chat}", good=not {"privacy_mode", "not_admin"} & set(codes), advice=advice)
        )
    return checks


async def _way(config: Telegram, wire: Wire) -> Check:
    """How updates come: what Telegram says of its webhook. Before the first `run` there is none, and that is well."""
    name = "telegram webhook" if config.webhook else "telegram polling"
    try:
        status = await wire.posting()
    except TelegramError:
        return Check(name, good=False, advice="Telegram does not say how updates come; try again")
    return _posted(config.webhook, name, status) if config.webhook else _polled(name, status)


def _polled(name: str, status: WebhookStatus) -> Check:
    advice = "Telegram posts this bot's messages to a webhook now; the bot takes that away when it starts"
    return Check(name, good=True, advice=advice if status.url else "")


def _posted(url: str, name: str, status: WebhookStatus) -> Check:
    if status.url != url:
        other = f"Telegram posts to another address; {STARTS}" if status.url else STARTS
        return Check(name, good=True, advice=f"{other}; {status.waiting} wait")
    if not status.failed_at:
        return Check(name, good=True, advice=f"{status.waiting} wait" if status.waiting else "")
    at = datetime.fromtimestamp(status.failed_at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    said = f"at {at} Telegram could not post: {status.said}; {status.waiting} wait"
    if not status.waiting:
        return Check(name, good=True, advice=said)
    return Check(name, good=False, advice=f"{said}; look that the bot runs, and that the address leads to its listen")
