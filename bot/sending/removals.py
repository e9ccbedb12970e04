"""Removes what a policy has removed, once its sender was told. Doing it twice harms nobody, so a kill loses nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from bot.message import Deletion
from bot.platform import Platform
from bot.sending.delivery import CALL_SECONDS, PATIENCE, pause
from bot.store import Clock, IncidentRow, Store, StoreError

log = logging.getLogger(__name__)

Happened = Callable[[Sequence[Deletion]], Awaitable[object]]
"""Where a deletion is handed in, like any other: `Guard.handle`."""


class Removals:
    """Takes messages out of chats. `admins` are told of what could not be removed."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        clock: Clock,
        happened: Happened,
        admins: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._happened = happened
        self._admins = admins
        self._news = asyncio.Event()
        self._stopping = asyncio.Event()
        store.subscribe(self._news.set)

    async def run(self) -> None:
        """Remove what is due, as soon as it is due, until stopped."""
        while not self._stopping.is_set():
            self._news.clear()
            try:
                await self.drain()
                due = self._store.next_removal(self._clock())
            except StoreError as error:
                log.error("removals.wait reason=%s", error)  # noqa: TRY400 - the sentence says it
                await pause(self._stopping, PATIENCE)
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), None if due is None else max(due - self._clock(), 0.0))

    def stop(self) -> None:
        """Finish the call in flight and start no more."""
        self._stopping.set()
        self._news.set()

    async def drain(self) -> None:
        """Remove what is due now; one program does that. Raises StoreError."""
        if not self._store.leads():
            return
        for incident in self._store.removals(self._clock()):
            if self._stopping.is_set():
                return
            await self._remove(incident)

    async def _remove(self, row: IncidentRow) -> None:
        if await self._gone(row):
            at = self._clock()
            await self._happened([Deletion(row.platform, row.workspace, row.chat, row.message, at, by_bot=True)])
        else:
            await self._store.not_removed(row.id, self._clock(), self._admins.get(row.platform, ()))

    async def _gone(self, row: IncidentRow) -> bool:
        """Whether the platform confirms that the message is gone."""
        platform = self._platforms.get(row.platform)
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return platform is not None and await platform.remove(row.chat, row.message)
        except Exception as error:  # noqa: BLE001 - platforms fail in many ways; it is tried again
            log.warning("removals.failed platform=%s error=%s", row.platform, type(error).__name__)
            return False
