"""What goes on beside the events: connecting again, catching up, marking how far everything was handled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_sdk.errors import SlackApiError

from bot.platform import PlatformStopped
from bot.platforms.slack.adapters import SocketAdapter
from bot.platforms.slack.catchup import CatchUp
from bot.platforms.slack.listener import Listener
from bot.platforms.slack.starting import sentence
from bot.platforms.slack.wire import TOKEN_LOST, code_of

HEARTBEAT = 20
"""Seconds between two marks."""

AGAIN = 5.0
"""Seconds until catching up is tried again."""

UNPROVEN = 600.0
"""Seconds between two readings of the history where nothing else shows that events arrive."""

_log = logging.getLogger(__name__)


async def keep_connected(socket: SocketAdapter, listener: Listener) -> None:
    """Connect again whenever the connection is lost. Raises PlatformStopped when the app token is refused."""
    pause = 1.0
    while True:
        await socket.lost()
        _log.warning("socket.lost")
        try:
            await socket.connect()
        except Exception as error:  # noqa: BLE001  # whatever it is, the other platform goes on, and so do we
            code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            if code in TOKEN_LOST:
                raise PlatformStopped(sentence(code, "app")) from None
            _log.warning("socket.waits code=%s seconds=%s", code, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60.0)
            continue
        pause = 1.0
        _log.info("socket.connected")
        listener.troubled = True


async def keep_up(
    listener: Listener, catchup: CatchUp, clock: Callable[[], float], connected: Callable[[], Awaitable[bool]] | None
) -> None:
    """Catch up at the start and after trouble; else mark how far everything was handled. Raises PlatformStopped.

    `connected` None: nothing proves that Slack reaches us (HTTP), so the history is read again every few minutes.
    """
    listener.troubled = True
    read_at = 0.0
    while True:
        now = clock()
        try:
            if listener.troubled or (connected is None and now - read_at >= UNPROVEN):
                listener.troubled = False
                await catchup.run(now)
                read_at = now
            elif connected is not None and await connected():
                await catchup.mark(now)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is tried again
            listener.troubled = True
            code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            if code in TOKEN_LOST:
                raise PlatformStopped(sentence(code, "bot")) from None
            _log.warning("catchup.waits code=%s", code)
            await asyncio.sleep(AGAIN)
        for _ in range(HEARTBEAT):
            await asyncio.sleep(1.0)
            if listener.troubled and (connected is None or await connected()):
                break
