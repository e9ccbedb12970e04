"""How far Telegram's updates were taken: a cursor, committed with what the updates mean."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.message import Cursor
from bot.platforms.telegram import NAME
from bot.platforms.telegram.taken import NAMED, posted
from bot.store import Store

QUIET_SECONDS = 6 * 24 * 3600.0


class Offset:
    """The `offset` of getUpdates: https://core.telegram.org/bots/api#getupdates."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock

    def __call__(self) -> int | None:
        """Where to go on. After a quiet week Telegram numbers anew, maybe lower: https://core.telegram.org/bots/api#update.

        Then an old offset would confirm what was never read. Without one everything unconfirmed comes, and what was
        committed before is recognised by its message.
        """
        offset, _, since = (self._store.cursor(NAME, "offset") or "").partition(" ")
        stale = since and self._clock() - float(since) > QUIET_SECONDS
        return int(offset) if offset and not stale else None

    def after(self, update: Mapping[str, Any]) -> Cursor:
        """The cursor that confirms an update."""
        return Cursor(NAME, "offset", f"{int(update['update_id']) + 1} {int(self._clock())}")

    def has(self, update: Mapping[str, Any]) -> bool:
        """Whether an update that is unconfirmed was taken all the same: posted, before polling began."""
        return posted(self._store, int(update["update_id"]), self._clock())

    def is_past(self, name: str) -> bool:
        """Whether an update was confirmed: what was counted before its attempt says nothing any more."""
        number, offset = name.removeprefix(NAMED), self()
        return number != name and offset is not None and int(number) < offset
