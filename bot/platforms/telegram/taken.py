"""Which updates were taken, where Telegram posts them: each is remembered by a cursor, committed with what it means.

An update whose answer got lost is posted again. A message is recognised by its ids; a command would be answered twice.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.message import Cursor
from bot.platforms.telegram import NAME
from bot.store import Store

NAMED = "update:"
"""What stands before an update's id in the list of what was set aside."""
REMEMBERED = 4096
"""Updates that are remembered, each in a row that the 4,096th after it takes over. What is not answered well is posted
again at once, then after 120 seconds at most (WebhookActor.cpp of github.com/tdlib/telegram-bot-api)."""
KEPT_SECONDS = 48 * 3600.0
"""Telegram keeps updates for 24 hours; after a quiet week it numbers anew: https://core.telegram.org/bots/api#update."""


class Taken:
    """The updates of one bot account; `offset` is how far they were read by polling, if that still says anything."""

    def __init__(self, store: Store, clock: Callable[[], float], offset: Callable[[], int | None]) -> None:
        self._store, self._clock, self._offset = store, clock, offset

    def has(self, update: Mapping[str, Any]) -> bool:
        """Whether what an update means is committed: posted before, or read before by polling."""
        number, offset = int(update["update_id"]), self._offset()
        return posted(self._store, number, self._clock()) or (offset is not None and number < offset)

    def after(self, update: Mapping[str, Any]) -> Cursor:
        """The cursor that says so."""
        number = int(update["update_id"])
        return Cursor(NAME, _row(number), f"{number} {int(self._clock())}", once=True)

    def is_past(self, name: str) -> bool:
        """Whether an update was taken: what was counted before its attempt says nothing any more."""
        number = name.removeprefix(NAMED)
        return number != name and self.has({"update_id": number})


def posted(store: Store, number: int, now: float) -> bool:
    """Whether an update was posted and taken, lately."""
    known, _, since = (store.cursor(NAME, _row(number)) or "").partition(" ")
    return known == str(number) and now - float(since) < KEPT_SECONDS


def _row(number: int) -> str:
    return f"taken:{number % REMEMBERED}"
