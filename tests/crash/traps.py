"""Where a life of the bot may end itself: traps around what must not be torn."""

import os
import signal
from collections.abc import Sequence

from bot.message import Cursor
from bot.send import Outcome, Sent
from bot.store import Change, Store
from bot.words import PressCode


class Trap:
    """Ends the process when `point` is reached for the `count`th time, as a power cut would: no handler runs."""

    def __init__(self, point: str, count: int) -> None:
        self._point = point
        self._left = count

    def reach(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class TrappedStore(Store):
    """The real store with traps around what must not be torn."""

    trap: Trap

    async def commit(self, changes: Sequence[Change], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
        if changes:
            self.trap.reach("before_commit")
        codes = await super().commit(changes, cursor)
        if changes:
            self.trap.reach("after_commit")
        return codes

    async def settled(
        self, row_id: int, outcome: Outcome, now: float, *, last: bool = True, removes: bool = False
    ) -> None:
        if isinstance(outcome, Sent):
            self.trap.reach("before_outcome")
        await super().settled(row_id, outcome, now, last=last, removes=removes)
