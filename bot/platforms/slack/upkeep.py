"""What goes on beside the events: connecting again, catching up, marking how far everything was handled."""

import asyncio
import logging
import time
from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.platform import PlatformStopped
from bot.platforms.slack.adapters import SocketAdapter
from bot.platforms.slack.catchup import CatchUp
from bot.platforms.slack.listener import Listener
from bot.platforms.slack.starting import sentence
from bot.platforms.slack.wire import TOKEN_LOST, code_of, longest

HEARTBEAT = 20
"""Seconds between two marks."""

AGAIN = 5.0
"""Seconds until catching up is tried again."""

STEADY = 30.0
"""Seconds that a connection must hold, or the next one is made after a pause too."""

UNPROVEN = 600.0
"""Seconds between two readings of the history where nothing else shows that events arrive."""

_log = logging.getLogger(__name__)


class Upkeep:
    """One run of the work beside the events. `socket` None: events come in over HTTP."""

    def __init__(
        self, listener: Listener, catchup: CatchUp, clock: Callable[[], float], socket: SocketAdapter | None
    ) -> None:
        self._listener, self._catchup, self._clock, self._socket = listener, catchup, clock, socket
        self._led, self._well_until = False, float("inf")
        self.failing = False
        """Whether the last try to catch up, or to mark how far everything was handled, came to nothing."""

    async def keep_connected(self, socket: SocketAdapter) -> None:
        """Connect again whenever the connection is lost. Raises PlatformStopped when the app token is refused."""
        pause = 0.0
        while True:
            since = time.monotonic()
            await socket.lost()
            _log.warning("socket.lost")
            pause = 0.0 if time.monotonic() - since > STEADY else pause
            await asyncio.sleep(pause)
            pause = min(max(pause * 2, 1.0), 60.0)
            while not self._catchup.alive():  # noqa: ASYNC110 - it is a clock that tells
                await asyncio.sleep(1.0)
            while (code := await _connected(socket)) is not None:
                _log.warning("socket.waits code=%s seconds=%s", code, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, longest(code))
            _log.info("socket.connected")
            self._listener.troubled = True

    async def keep_up(self) -> None:
        """Catch up at the start and after trouble; else mark how far everything was handled. Raises PlatformStopped.

        Over HTTP nothing proves that Slack reaches us, so the history is read again every few minutes. Of several
        programs over one log one does that, also for what another was handed when it ended, and each after trouble of
        its own.
        """
        read_at = float("-inf")
        while True:
            try:
                read_at = await self._go_on(read_at)
                self.failing = False
            except Exception as error:  # noqa: BLE001  # whatever it is, it is tried again
                self._listener.troubled = self.failing = True
                code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
                if code in TOKEN_LOST:
                    raise PlatformStopped(sentence(code, "bot")) from None
                _log.warning("catchup.waits code=%s", code)
                await asyncio.sleep(AGAIN)
            for _ in range(HEARTBEAT):
                await asyncio.sleep(1.0)
                await self._step_aside()
                if self._listener.troubled and await self._line_is_up():
                    break

    async def _go_on(self, read_at: float) -> float:
        """One turn, and when (by no clock that can be set) the history was read last."""
        now, tick, leads = self._clock(), time.monotonic(), self._catchup.leads()
        if leads and not self._led:
            await self._catchup.begin(now)
            self._listener.troubled = True
        self._led = leads
        if self._listener.troubled or (self._unproven and leads and tick - read_at >= UNPROVEN):
            self._listener.troubled = False
            await self._catchup.run(now, self._well_until)
            self._well_until = now
            return tick
        if await self._line_is_up():
            self._well_until = now
            if self._socket is not None and leads:
                await self._catchup.mark(now)
        return read_at

    async def _step_aside(self) -> None:
        """Who is cut off from the log lets others over it have the events: what it is handed it can only refuse."""
        if self._socket is not None and not self._catchup.alive() and await self._socket.connected():
            _log.warning("socket.hung_up reason=the log can't be reached, others may")
            await self._socket.close()

    @property
    def _unproven(self) -> bool:
        """Whether events may get lost without a sign: over HTTP, or with another program when that ends."""
        return self._socket is None or self._catchup.shared()

    async def _line_is_up(self) -> bool:
        return self._socket is None or await self._socket.connected()


async def _connected(socket: SocketAdapter) -> str | None:
    """Connect; returns why not, as a code. Raises PlatformStopped."""
    try:
        await socket.connect()
    except Exception as error:  # noqa: BLE001  # whatever it is, the other platform goes on, and so do we
        code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
        if code in TOKEN_LOST:
            raise PlatformStopped(sentence(code, "app")) from None
        return code
    return None
