"""Reads the files that wait: fetched, read, judged and merged, a few at a time, beside the messages.

A row goes only in the transaction that merges what was found, so after a crash a file is read again, and what it holds
is told once.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress

from bot.judging.guard import Guard
from bot.looks.reader import FileReader
from bot.message import Attachment
from bot.platform import Fetched, Platform, Unfetched
from bot.send import Later
from bot.store import Clock, LookRow, Store, StoreError
from bot.words import LookCode
from detectors.documents.document import Unread

AT_ONCE = 3
"""Files that are held in memory at a time; how many of them are read at a time is the sandbox's affair."""
LIVES = 4
"""How often reading a file may begin and not end before it is given up: the first may have been an operator's kill."""
SHORTEST, LONGEST = 3.0, 3072.0
"""Seconds until a file that could not be had is asked for again: as long as it waits already, within these."""
STORE_PAUSE = 1.0
"""Seconds until a failing store is asked again."""

_log = logging.getLogger(__name__)


class Looks:
    """The worker. `drain` for the demo and tests, `run` for a bot."""

    def __init__(
        self, store: Store, guard: Guard, platforms: Mapping[str, Platform], reader: FileReader, clock: Clock
    ) -> None:
        self._store, self._guard, self._platforms, self._reader = store, guard, platforms, reader
        self._clock = clock
        self._news = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        store.subscribe(self._news.set)

    async def run(self) -> None:
        """Read until cancelled; what is under way then is read again by the next life."""
        try:
            while True:
                self._news.clear()
                await self._rest(self._start_all())
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Drop what is under way."""
        tasks = tuple(self._busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._reader.close()

    async def drain(self) -> None:
        """Read until nothing is due any more."""
        while True:
            self._start_all()
            if not self._busy:
                return
            await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)

    def _start_all(self) -> float | None:
        """Begin with as many as there is room for; returns the seconds until another is due, None for never."""
        try:
            now = self._clock()
            waiting = [row for name in self._platforms for row in self._store.looks(name, now, AT_ONCE * 2)]
            for row in sorted(waiting, key=lambda row: (row.due_at, row.id)):
                if len(self._busy) < AT_ONCE and row.id not in self._busy:
                    self._busy[row.id] = asyncio.create_task(self._guarded(row))
            due = min(filter(None, (self._store.next_look(name, now) for name in self._platforms)), default=None)
        except StoreError as error:
            _log.error("looks.wait reason=%s", error)
            return STORE_PAUSE
        return None if due is None else max(due - now, 0.0)

    async def _guarded(self, row: LookRow) -> None:
        """One file; whatever it does must not stop the others."""
        try:
            await self._look(row)
        except StoreError as error:
            _log.error("looks.waits look=%d reason=%s", row.id, error)
            await asyncio.sleep(STORE_PAUSE)
        except Exception as error:  # noqa: BLE001 - see above; the words of the error may be somebody's
            _log.error("looks.failed look=%d error=%s", row.id, type(error).__name__)
            with suppress(StoreError):
                await self._store.look_later(row.id, self._clock() + SHORTEST, counts=True)
        finally:
            del self._busy[row.id]
            self._news.set()

    async def _look(self, row: LookRow) -> None:
        if row.tries >= LIVES:
            await self._guard.unread(row, LookCode.CRASHED)
            return
        await self._store.look_began(row.id)
        file = Attachment(row.file, row.ref, row.ending, row.size)
        fetched = await self._platforms[row.platform].fetch(file, self._reader.most)
        match fetched:
            case Unfetched(code):
                await self._guard.unread(row, code or "")
            case Later(seconds, _):
                await self._wait(row, seconds)
            case Fetched(content, name):
                await self._read(row, content, name)

    async def _read(self, row: LookRow, content: bytes, name: str) -> None:
        found = await self._reader.read(content, name)
        if found.unread is Unread.NO_PROCESS:  # the machine's trouble, not the file's
            await self._wait(row, SHORTEST)
        else:
            await self._guard.looked(row, found)

    async def _wait(self, row: LookRow, seconds: float) -> None:
        now = self._clock()
        pause = max(seconds, SHORTEST, min(now - row.created_at, LONGEST))
        await self._store.look_later(row.id, now + pause, counts=False)

    async def _rest(self, seconds: float | None) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
