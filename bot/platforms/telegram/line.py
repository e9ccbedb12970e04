"""How updates come in: read by polling, or posted by Telegram. And what both know of Telegram's refusals."""

import logging
import random
from typing import Protocol

from telegram.error import NetworkError, TelegramError

from bot.platform import Trouble
from bot.platforms.telegram.parse import Me
from bot.platforms.telegram.wire import GarbageError, RefusalError, Wire, never_left
from bot.store import StoreError

CONFLICT = "another program uses this bot's token; stop it, or make a bot of its own with BotFather"
LOST = (
    "Telegram no longer accepts the token; get the current one from BotFather, set TELEGRAM_BOT_TOKEN and start again"
)

FIRST = 1.0
"""Seconds until the second try at most, doubled for each one after it."""
LONGEST, LONGEST_ALONE = 60.0, 8.0
"""Seconds between two tries at most; and where nothing takes the connection, so that asking is no burden to anybody."""

_log = logging.getLogger(__name__)


class Line(Protocol):
    """Where the updates of one bot account come in."""

    way: str
    """How, for the operator; '' for the usual way."""

    async def open(self) -> None:
        """Get ready, before anything is asked of Telegram. Raises PlatformRefused."""
        ...

    async def begin(self, me: Me) -> None:
        """Telegram knows us: tell it which way updates come. Raises PlatformRefused when it says never."""
        ...

    async def run(self, me: Me) -> None:
        """See to it that updates come, until cancelled. Raises PlatformStopped when the token is revoked."""
        ...

    def trouble(self) -> tuple[Trouble, ...]:
        """What is wrong with it right now."""
        ...

    async def close(self) -> None:
        """Let nothing more in; what is under way is finished."""
        ...


async def lost(error: Exception, wire: Wire) -> bool:
    """Whether a refusal is about the token: one that Telegram can't read is not found (404), as other things are."""
    if not isinstance(error, RefusalError) or not error.token_lost:
        return False
    if error.code == 401:
        return True
    try:
        await wire.me()
    except RefusalError as said:
        return said.token_lost
    except TelegramError:
        return False
    return False


async def lacking(error: Exception, wire: Wire) -> bool:
    """Whether the server does not know the method: it says "not found" as of a token, and knows the token all the same.

    Servers of one's own may be older than a method; those of tests know a handful.
    """
    if not isinstance(error, RefusalError) or error.code != 404 or not error.explained:
        return False
    try:
        await wire.me()
    except TelegramError:
        return False
    return True


def patience(failures: int, error: Exception | None = None) -> float:
    """Seconds until the next try: as Telegram asks, else longer each time and never in step with others."""
    if isinstance(error, RefusalError) and error.retry_after:
        return error.retry_after
    most = LONGEST_ALONE if isinstance(error, NetworkError) and never_left(error) else LONGEST
    return min(most, FIRST * 2.0 ** min(failures - 1, 6)) * random.uniform(0.5, 1.0)  # noqa: S311  # jitter is no secret


def reason(error: Exception) -> str:
    """What went wrong, in words for the log that are nobody's."""
    match error:
        case RefusalError(code=409):
            return f"refused: {CONFLICT}"
        case RefusalError():
            return f"refused with {error.code}"
        case StoreError():
            return f"store: {error}"
        case GarbageError():
            return "what answers does not speak as Telegram does"
        case TelegramError():
            return f"no connection to Telegram ({type(error.__cause__ or error).__name__})"
        case _:
            return f"unexpected {type(error).__name__}"


def complain(failures: int, seconds: float, why: str) -> None:
    """Tell the log of the first failures in a row, then of one in twenty."""
    if failures in (1, 5) or failures % 20 == 0:
        _log.warning("telegram.waiting seconds=%.1f reason=%s", seconds, why)
