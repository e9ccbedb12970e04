"""Judging a history that may hold a message which ends the process: without it, every start would end there.

What is judged next is written down with what was judged before. A start that finds such a mark knows what the last life
ended on: it goes one message at a time, and what several lives ended on is set aside by its ids.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.judging.guard import Guard, name
from bot.message import Cursor, Message
from bot.platforms.slack import NAME
from bot.platforms.slack.history import PAGE
from bot.store import Store, StoreError
from bot.words import AlertCode

LIVES = 3
"""How many lives may end on one message: the first may have been an operator's kill."""
JUDGING = "judging"
"""Cursor: the ids of the message that is being judged; SEVERAL while it is a page of them; empty between."""
SEVERAL = "several"


class Checkpoint:
    """Hands messages of the history to the guard."""

    def __init__(self, guard: Guard, store: Store) -> None:
        self._guard, self._store = guard, store
        self._careful = False

    async def begin(self) -> None:
        """Count what the last life ended on."""
        last = self._store.cursor(NAME, JUDGING)
        if not last:
            return
        self._careful = True
        if last != SEVERAL and await self._store.stumble(NAME, last, "crash", limit=LIVES):
            await self._guard.alert(AlertCode.POISON, platform=NAME)
        await self._guard.handle([], Cursor(NAME, JUDGING, ""))

    def over(self) -> None:
        """The whole history was judged: whatever ended the last life isn't in it any more."""
        self._careful = False

    async def judge(self, messages: Sequence[Message]) -> None:
        """Judge and commit these in order, without those that were set aside. Raises StoreError."""
        aside = {row.name for row in self._store.poison(NAME) if row.aside}
        wanted = [message for message in messages if name(message) not in aside]
        step = 1 if self._careful else PAGE
        pages = [wanted[start : start + step] for start in range(0, len(wanted), step)]
        if not pages:
            return
        try:
            await self._commit(pages)
        except (StoreError, asyncio.CancelledError):
            # Neither the store's failure nor being told to stop is the message's: no life has ended on it.
            with suppress(StoreError):  # told twice to stop, we go, and this is written nevertheless
                await asyncio.shield(self._guard.handle([], self._mark([])))
            raise
        well = {name(message) for message in wanted}
        await self._store.recovered(NAME, well.__contains__)

    async def _commit(self, pages: Sequence[Sequence[Message]]) -> None:
        """Page by page, each in one transaction with the mark of the next."""
        await self._guard.handle([], self._mark(pages[0]))
        for page, following in zip(pages, [*pages[1:], []], strict=True):
            await self._guard.handle(page, self._mark(following))

    def _mark(self, page: Sequence[Message]) -> Cursor | None:
        """Only who reads the history at its start could end there again and again."""
        return _cursor(page) if self._store.leads() else None


def _cursor(page: Sequence[Message]) -> Cursor:
    return Cursor(NAME, JUDGING, "" if not page else name(page[0]) if len(page) == 1 else SEVERAL)
