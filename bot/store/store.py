"""The store as the rest of the bot sees it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.message import Cursor, Outcome
from bot.store.changes import Change
from bot.store.reading import Reading
from bot.store.rows import OutboxRow, Purged

Clock = Callable[[], float]
"""Unix seconds, like `time.time`."""


class Store(Reading):
    """The incident log, the outbox and the cursors in one SQLite file. Everything that writes is awaitable."""

    @classmethod
    def open(cls, path: str | Path, clock: Clock, *, hold: bool = False, create: bool = True) -> "Store":
        """Open the file (made when `create`), bring its tables up to date. Raises StoreError with the cure.

        `hold` is for `run`: one holder at a time; others may read, audit and purge beside it.
        """
        raise NotImplementedError

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Call `wake` (in the event loop) after every commit that may have put something into the outbox."""
        raise NotImplementedError

    async def commit(self, changes: Sequence[Change], cursor: Cursor | None = None) -> tuple[str, ...]:
        """Write all changes and the cursor in one transaction, or none of them. Returns a code for each change.

        For a Press: thanks, stale, not_yours, unknown, refused (a choice that is not offered), why, delete.
        """
        raise NotImplementedError

    async def sending(self, row_id: int, rung: str, now: float) -> bool:
        """Mark a waiting row as `sending` just before the wire call; False when it must not go any more."""
        raise NotImplementedError

    async def settled(self, row_id: int, rung: str, outcome: Outcome, now: float, *, last: bool = True) -> None:
        """Write down what became of a wire call; `last`: there is no further rung after this one."""
        raise NotImplementedError

    async def recall(self, platform: str) -> tuple[OutboxRow, ...]:
        """Rows left in `sending` by a crash."""
        raise NotImplementedError

    async def audit(self, platform: str, user: str, action: str, detail: str, *, allowed: bool) -> None:
        """Append to the audit log; `detail` is codes and ids."""
        raise NotImplementedError

    async def set_person(
        self, platform: str, workspace: str, user: str, *, language: str | None = None, reach: str | None = None
    ) -> None:
        """Remember what is known of a person; None leaves a value as it is."""
        raise NotImplementedError

    async def set_chat(
        self, platform: str, workspace: str, chat: str, *, ephemeral: str | None = None, audience: int | None = None
    ) -> None:
        """Remember what is known of a chat; None leaves a value as it is."""
        raise NotImplementedError

    async def remind(self, platform: str, workspace: str, chat: str) -> None:
        """Queue the scheduled reminder (never caused by a message) for a chat."""
        raise NotImplementedError

    async def stumble(self, platform: str, name: str, code: str, *, limit: int = 3) -> bool:
        """Count a failed parse or judgement of `name` (made of ids); True when it is now set aside."""
        raise NotImplementedError

    async def expire(self, now: float) -> int:
        """End incidents that were open for 7 days and sends that are too late; returns how many incidents."""
        raise NotImplementedError

    async def purge(self, before: float, now: float) -> Purged:
        """Delete ended incidents older than `before` with all that hangs on them, and leave nothing in the WAL."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish what is queued and let go of the file."""
        raise NotImplementedError
