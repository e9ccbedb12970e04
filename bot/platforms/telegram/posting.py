"""Has Telegram post updates to us, and hears from it how that goes: setWebhook, getWebhookInfo.

https://core.telegram.org/bots/api#setwebhook, #webhookinfo. Nothing is ever dropped (`drop_pending_updates`).
"""

import asyncio
import logging
import re

from telegram.error import TelegramError

from bot.platform import PlatformRefused, PlatformStopped, Trouble
from bot.platforms.telegram.line import CONFLICT, LOST, complain, lost, patience, reason
from bot.platforms.telegram.presence import Presence
from bot.platforms.telegram.wire import RefusalError, Wire
from bot.words import TroubleCode

LOOK_SECONDS = 30.0
"""Between two looks at how it goes."""
REFUSED = (
    "Telegram does not take the address in [telegram] webhook ({reason}): it must be https, on port 443, 80, 88 or "
    "8443, of a machine that the internet reaches"
)
UNRESOLVED = "resolve host"
"""What Telegram says when a name is not known to it, maybe not yet."""

_log = logging.getLogger(__name__)


class Posting:
    """Sees to it that updates of these kinds are posted to this address, each with this proof."""

    def __init__(self, wire: Wire, presence: Presence, url: str, proof: str, kinds: tuple[str, ...]) -> None:
        self._wire, self._presence = wire, presence
        self._url, self._proof, self._kinds = url, proof, kinds
        self._set = False
        self._failures = 0
        self._arrived = False
        self._waiting = 0
        self._undelivered = 0

    def arrived(self) -> None:
        """An update was posted and taken."""
        self._arrived, self._undelivered = True, 0

    def trouble(self) -> tuple[Trouble, ...]:
        """Whether nobody posts, or what waits can't be posted."""
        if not self._set or self._failures:
            return (Trouble(TroubleCode.WAITING),)
        return (Trouble(TroubleCode.UNDELIVERED, self._undelivered),) if self._undelivered else ()

    async def begin(self) -> None:
        """Ask for it; without a connection it is tried again. Raises PlatformRefused when Telegram says never."""
        try:
            await self._ask()
        except RefusalError as error:
            if error.code == 400 and UNRESOLVED not in error.description:
                raise PlatformRefused(REFUSED.format(reason=_printable(error.description))) from None
        except TelegramError:
            pass

    async def run(self) -> None:
        """Look after it until cancelled. Raises PlatformStopped when the token is revoked."""
        while True:
            try:
                await (self._look() if self._set else self._ask())
                self._failures, pause = 0, LOOK_SECONDS
            except Exception as error:  # noqa: BLE001  # what Telegram answers must not end the process
                if await lost(error, self._wire):
                    raise PlatformStopped(LOST) from None
                pause = self._failed(error)
            await asyncio.sleep(pause)

    def _failed(self, error: Exception) -> float:
        """Seconds to wait."""
        self._failures += 1
        wait = patience(self._failures, error)
        complain(self._failures, wait, reason(error))
        return wait

    async def _ask(self) -> None:
        """Taken away first and set anew, what waits is posted at once and not minutes later (WebhookActor.cpp)."""
        await self._wire.end_posting()
        await self._wire.begin_posting(self._url, self._proof, self._kinds)
        self._set = True

    async def _look(self) -> None:
        """Ask how it goes. Two looks that find something waiting, and nothing posted between them, are trouble."""
        status = await self._wire.posting()
        if status.url != self._url:
            _log.warning("telegram.webhook: %s", CONFLICT)
            await self._ask()
        stuck = status.waiting if status.failed_at and not self._arrived else 0
        self._undelivered = stuck if self._waiting else 0
        if self._undelivered:
            _log.warning(
                "telegram.undelivered waiting=%d: Telegram can't reach the address in [telegram] webhook; `thinktwice "
                "doctor` tells what it says of it",
                self._undelivered,
            )
        else:
            await self._presence.heard()
        self._waiting, self._arrived = stuck, False


def _printable(said: str) -> str:
    """What Telegram says of an address of ours."""
    return re.sub(r"[^ -~]", "?", said.removeprefix("bad request: ").removeprefix("bad webhook: "))[:100]
