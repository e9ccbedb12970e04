"""Undelivered updates and the offset that confirms them: https://core.telegram.org/bots/api#getupdates."""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

OPT_IN = {"chat_member", "message_reaction", "message_reaction_count"}
"""getUpdates, `allowed_updates`: an empty list means all update types except these."""


class ConflictError(Exception):
    """A newer getUpdates has taken over."""


class Updates:
    """The queue of one bot.

    An update is confirmed, and forgotten, as soon as getUpdates is called with an offset higher than its update_id;
    until then it is sent again (getUpdates, `offset`).
    """

    def __init__(self) -> None:
        self.waiting: list[Json] = []
        self.confirmed = 0
        self.last: Json = {}
        """What was confirmed last."""
        self.polls = 0
        self.most = 100
        self._allowed: set[str] | None = None
        self._ids = itertools.count(501)
        self._arrival = asyncio.Condition()
        self._poller = 0
        self.on_push: Callable[[], None] = lambda: None

    def push(self, kind: str, content: Json) -> int | None:
        """Queue one update; None when its type is not in the `allowed_updates` given last (getUpdates)."""
        wanted = kind in self._allowed if self._allowed else kind not in OPT_IN
        return self.push_raw({kind: content}) if wanted else None

    def push_raw(self, update: Json) -> int:
        """Queue something as it stands, well-formed or not; returns its update_id."""
        update = {"update_id": next(self._ids), **update}
        self.waiting.append(update)
        self._wake()
        self.on_push()
        return int(update["update_id"])

    async def get(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Json]:
        """Long polling. Raises ConflictError in the older of two calls that run at the same time.

        Source of the conflict: Client.cpp of github.com/tdlib/telegram-bot-api, "terminated by other getUpdates".
        """
        self.allow(allowed)
        self.polls += 1
        self._poller += 1
        mine = self._poller
        self._wake()
        self._confirm(offset)
        if not self.waiting and seconds > 0:
            await self._wait(mine, seconds)
        if mine != self._poller:
            raise ConflictError
        return self.waiting[: min(limit, self.most)]

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds are queued from now on; "if not specified, the previous setting will be used"."""
        if kinds is not None:
            self._allowed = set(kinds)

    def cut(self) -> None:
        """Let every waiting poll go now (the server stops)."""
        self._poller += 1
        self._wake()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            # "A negative offset can be specified to retrieve updates starting from -offset update from the end of the
            # updates queue. All previous updates will be forgotten."
            self.waiting = self.waiting[offset:]
            return
        for update in [update for update in self.waiting if update.get("update_id", 0) < offset]:
            self.confirm(update)

    def confirm(self, update: Json) -> None:
        """Forget an update that was taken."""
        self.waiting.remove(update)
        self.confirmed, self.last = self.confirmed + 1, update

    async def _wait(self, mine: int, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds), self._arrival:
                await self._arrival.wait_for(lambda: self.waiting or mine != self._poller)
        except TimeoutError:
            return

    def _wake(self) -> None:
        async def notify() -> None:
            async with self._arrival:
                self._arrival.notify_all()

        self._waking = asyncio.ensure_future(notify())
