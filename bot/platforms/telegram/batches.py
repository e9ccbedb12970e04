"""A batch of updates: parsed, judged, committed with the offset that confirms it.

The first batch after a start, and any batch that made trouble, goes one update at a time with each attempt written
down before it is made: what fails three times, or ends the process again and again, is set aside by its id.
(What comes by webhook goes side by side from the start, unless an attempt at it went badly: `webhook.py`.)
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from bot.judging.guard import Guard
from bot.message import Cursor
from bot.platforms.telegram import NAME
from bot.platforms.telegram.completion import Completion
from bot.platforms.telegram.parse import Me, Parsed, parse
from bot.platforms.telegram.presence import Presence
from bot.platforms.telegram.taken import NAMED
from bot.platforms.telegram.wire import GarbageError, whole
from bot.store import Store, StoreError
from bot.words import AlertCode, PressCode

TRIES = 3
"""How often an update may fail in one life of the process before it is set aside."""
LIVES = 5
"""In how many lives it may be the last thing that was begun: an operator's kill is no fault of the update's."""

Committed = Callable[[Parsed, tuple[PressCode, ...]], None]
"""Called for each update that was committed, with the guard's code for each of its events."""

_log = logging.getLogger(__name__)


class Mark(Protocol):
    """How it is written down that updates were taken: the offset of polling, or each of them."""

    def has(self, update: Mapping[str, Any]) -> bool:
        """Whether this one, which is here once more, was taken."""
        ...

    def after(self, update: Mapping[str, Any]) -> Cursor:
        """What says that this one was taken, and with an offset all before it."""
        ...

    def is_past(self, name: str) -> bool:
        """Whether what is called so in the list of what was set aside was taken."""
        ...


class Batches:
    """Takes what one bot account was sent."""

    def __init__(
        self, guard: Guard, store: Store, complete: Completion, mark: Mark, presence: Presence,
        committed: Committed,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._guard = guard
        self._store = store
        self._complete = complete
        self._mark, self._presence = mark, presence
        self._committed = committed
        self._clock = clock
        self._careful = True

    async def take(self, updates: list[Any], me: Me, *, careful: bool = False) -> None:
        """Commit what these updates mean. Raises StoreError, and GarbageError for what are no updates.

        `careful`: one at a time, also where nothing has made trouble yet.
        """
        known = [update for update in updates if isinstance(update, dict) and numbered(update)]
        known.sort(key=lambda update: int(update["update_id"]))
        if not known:
            raise GarbageError("updates without an id")
        fresh = [update for update in known if not self._mark.has(update)]
        if not fresh:
            await self._guard.handle((), self._mark.after(known[-1]))
            return
        await self._take(fresh, me, careful=careful or self._careful)

    def stumbled(self, update: Mapping[str, Any]) -> bool:
        """Whether an attempt at this one was begun, in this life or an earlier one, and came to no good end."""
        name = _name(update)
        return any(row.name == name and not row.aside for row in self._store.poison(NAME))

    async def _take(self, known: list[Any], me: Me, *, careful: bool) -> None:
        if not careful:
            try:
                await self._commit(known, me)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001  # whatever one update can do must not stop the others
                _log.warning("telegram.batch_failed error=%s: going on one update at a time", type(error).__name__)
                self._careful = True
            else:
                return
        for update in known:
            await self._one(update, me)
        self._careful = False
        await self._store.recovered(NAME, self._mark.is_past)

    async def _one(self, update: Mapping[str, Any], me: Me) -> None:
        """Three attempts, each of them counted before it is made; then past it."""
        name, code = _name(update), "crash"
        for _ in range(TRIES):
            if await self._store.stumble(NAME, name, code, limit=LIVES + 1):
                break
            try:
                await self._commit([update], me)
            except StoreError:
                with suppress(StoreError):  # the store's failure is not the update's: this attempt doesn't count
                    await self._store.recovered(NAME, lambda stumbled: stumbled == name)
                raise
            except Exception as error:  # noqa: BLE001  # see above; the words of the error may be somebody's
                code = type(error).__name__
            else:
                return
        else:
            await self._store.stumble(NAME, name, code, limit=1)
        _log.error("telegram.set_aside update=%s error=%s", update["update_id"], code)
        await self._guard.handle((), self._mark.after(update))
        await self._guard.alert(AlertCode.POISON, platform=NAME)

    async def _commit(self, updates: list[Any], me: Me) -> None:
        """Judge and commit these updates, and the offset that confirms them, in one transaction."""
        reads_files = self._guard.reads_files
        parsed = [parse(update, me, self._clock(), reads_files=reads_files) for update in updates]
        self._presence.compare_clocks(updates[-1])
        ready = await asyncio.gather(*(self._complete(one) for one in parsed))
        events = [event for one in ready for event in one.events]
        codes = await self._guard.handle(events, self._mark.after(updates[-1]))
        start = 0
        for one in ready:
            end = start + len(one.events)
            self._committed(one, tuple(codes[start:end]))
            start = end


def _name(update: Mapping[str, Any]) -> str:
    return f"{NAMED}{update['update_id']}"


def numbered(update: Mapping[str, Any]) -> bool:
    """Whether an update can be confirmed: https://core.telegram.org/bots/api#update, update_id, a positive number."""
    number = whole(update.get("update_id"))
    return number is not None and number > 0
