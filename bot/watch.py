"""Trouble that lasts: admins are told once, and once more when it is over."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.judging.guard import Guard
from bot.platform import Platform, Trouble
from bot.store import Store, StoreError
from bot.store.bodies import STORE
from bot.words import AlertCode, TroubleCode

LASTS = 60.0
"""Seconds that trouble goes on until admins are told."""
OVER = 20.0
"""Seconds without it until it counts as over: what comes and goes is one trouble."""
LOOK_EVERY = 2.0
"""Seconds between two looks."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lasting:
    """One trouble, from when it began to when it was last seen."""

    detail: str
    count: int
    since: float
    seen: float
    logged: bool = False
    told: bool = False

    @property
    def long(self) -> bool:
        return self.seen - self.since >= LASTS


class Watch:
    """Looks at what /status and /readyz show, so nothing is told that they don't show, and nothing else is asked.

    A platform that stopped for good is not its business: that is told at once, by whoever saw it stop.
    """

    def __init__(
        self, platforms: Mapping[str, Platform], store: Store, guard: Guard, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        """Watch these platforms and this store; `ticks` are seconds that no clock jumps in."""
        self._platforms, self._store, self._guard, self._ticks = platforms, store, guard, ticks
        self._lasting: dict[str, _Lasting] = {}

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Look once; tell what has lasted long enough, or has been over long enough."""
        now = self._ticks()
        for name, trouble in (await self._troubles()).items():
            known = self._lasting.setdefault(name, _Lasting("", 0, now, now))
            known.detail, known.count, known.seen = f"{name}.{trouble.code}", max(trouble.count, 1), now
        for name, known in tuple(self._lasting.items()):
            if known.seen == now and known.long and not known.told:
                await self._tell(name, known)
            elif now - known.seen >= OVER:
                await self._is_over(name, known)

    async def _troubles(self) -> dict[str, Trouble]:
        """What keeps us from seeing, storing or telling, the first for each platform."""
        asked = {name: await platform.trouble() for name, platform in self._platforms.items()}
        found = {
            name: next(trouble for trouble in troubles if trouble.told)
            for name, troubles in asked.items()
            if any(trouble.told for trouble in troubles)
            and all(trouble.code is not TroubleCode.STOPPED for trouble in troubles)
        }
        return found | ({STORE: Trouble(TroubleCode.WAITING)} if self._store.trouble() else {})

    async def _tell(self, name: str, known: _Lasting) -> None:
        """Say that it lasts; a store that takes nothing keeps us from saying so until it is over."""
        if not known.logged:
            _log.error("trouble.lasts name=%s seconds=%.0f", name, known.seen - known.since)
            known.logged = True
        known.told = await self._alert(AlertCode.TROUBLE, known.detail, known.count)

    async def _is_over(self, name: str, known: _Lasting) -> None:
        minutes = max(1, round((known.seen - known.since) / 60))
        if known.long and not await self._alert(AlertCode.OVER, name, minutes):
            return  # told at the next look
        if known.long:
            _log.info("trouble.over name=%s minutes=%d", name, minutes)
        del self._lasting[name]

    async def _alert(self, code: AlertCode, detail: str, count: int) -> bool:
        """Tell every admin, on whichever platform: what doesn't work now can't be the only way."""
        try:
            await self._guard.alert(code, detail=detail, count=count)
        except StoreError:
            return False
        return True
