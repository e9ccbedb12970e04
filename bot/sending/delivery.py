"""One delivery: compose, pace, mark, call, settle; walking the ladder of rungs until one takes it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.meter import Meter
from bot.platform import Platform
from bot.send import Later, Outcome, Refused, Send, Unknown
from bot.sending.pacing import Limits, Pacer, narrowest
from bot.store import Clock, OutboxRow, Store, StoreError
from bot.words import ReachState, SendKind

log = logging.getLogger(__name__)

Compose = Callable[[OutboxRow], Awaitable[Send]]
"""Outbox row -> Send (wording, language, figures), just before it goes."""

CALLS = 30
"""Wire calls at a time for a platform, one for each recipient: what a kill may double where nothing is read back."""
CALL_SECONDS = 60.0
"""A wire call that takes longer has an unknown outcome; composing (names are fetched live) has failed."""
CRASH = Unknown("crash")
LAPSED = Later(1.0, "lapsed")
"""It was marked, and then this program stood still for so long that another one may have taken the row over."""
LOOK_AFTER = 2.0
"""Seconds until a platform is asked what became of a call that broke off."""
PATIENCE = 1.0
"""Seconds until a failing store, or a platform that can't be read back, is tried again; doubled up to a minute."""


class Delivery:
    """Delivers the rows of one platform. `stopping` is set when no new call may begin."""

    def __init__(
        self,
        store: Store,
        platform: Platform,
        compose: Compose,
        clock: Clock,
        stopping: asyncio.Event,
        meter: Meter,
    ) -> None:
        self._store = store
        self._platform = platform
        self._compose = compose
        self._clock = clock
        self._stopping = stopping
        self._meter = meter
        self._pacer = Pacer()
        self._calls = asyncio.Semaphore(CALLS)

    async def deliver(self, row: OutboxRow) -> None:
        """Bring a waiting row one step further: sent, refused by every rung, or waiting for later."""
        try:
            send = await self._written(row)
            rungs = self._rungs(row, send)
            limits = {rung: self._platform.limits(rung, send) for rung in rungs}
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - a send that can't be written must not stop the others
            log.error("delivery.not_written row=%d error=%s", row.id, type(error).__name__)  # noqa: TRY400 - a traceback could hold words
            await self._store.spoiled(row.id, self._clock())
            return
        if not rungs and await self._store.sending(row, "", self._clock()):
            await self._store.settled(row.id, Refused("no_rung"), self._clock())
        for rung in rungs:
            if not await self._try(row, rung, send, limits[rung], last=rung == rungs[-1]):
                return

    async def recall(self, row: OutboxRow) -> None:
        """Find out what became of a send that a crash interrupted; one that can't be found out goes once more."""
        send = None
        if self._platform.reads_back and not row.replaces:
            # One that can't be written any more can't be looked for either.
            with suppress(Exception):
                send = await self._written(row)
        if send is not None:
            await self._look(row, row.rung, send, CRASH)
        else:
            await self._settle(row, CRASH, last=True)

    async def _written(self, row: OutboxRow) -> Send:
        async with asyncio.timeout(CALL_SECONDS):
            send = await self._compose(row)
        return replace(send, kind=SendKind.NUDGE, replaces=row.replaced_ref) if row.replaces else send

    def _rungs(self, row: OutboxRow, send: Send) -> tuple[str, ...]:
        """The ladder; a rewrite goes where the send that it rewrites went, and nowhere without a reference to it."""
        if row.replaces:
            return (row.replaced_rung,) if row.replaced_ref else ()
        reach = (
            self._store.person(row.platform, row.workspace, row.recipient).reach
            if row.recipient
            else ReachState.UNKNOWN
        )
        return self._platform.rungs(send, reach)

    async def _try(self, row: OutboxRow, rung: str, send: Send, limits: Limits, *, last: bool) -> bool:
        """Send on one rung; True when the rung refused and the next one should be tried."""
        if not await self._room(limits):
            return False
        async with self._calls:
            marked = await self._marked(row, rung, send)
            if marked is None:
                return False
            outcome = await self._call(rung, marked) if self._store.alive() else LAPSED
            self._meter.sends[row.platform, row.kind, rung, type(outcome).__name__.lower()] += 1
            if isinstance(outcome, Later):
                await self._close(limits, outcome.seconds)
            if isinstance(outcome, Unknown) and self._platform.reads_back and not row.replaces:
                # The call may still be under way at the other end: looking at once could miss it.
                if not await pause(self._stopping, LOOK_AFTER):
                    await self._look(row, rung, marked, outcome)
            else:
                await self._settle(row, outcome, last=last, removes=marked.removes)
        return isinstance(outcome, Refused) and not last

    async def _room(self, limits: Limits) -> bool:
        """Wait until the platform may be written to, also by others over this log; False when it is time to stop."""
        while (seconds := self._pacer.delay(limits) or await self._store.room(self._platform.name, limits)) > 0:
            if await pause(self._stopping, seconds):
                return False
        self._pacer.draw(limits)
        return True

    async def _close(self, limits: Limits, seconds: float) -> None:
        self._pacer.close(limits, seconds)
        if limits and self._store.shared():
            with suppress(StoreError):  # the outcome is still to be written down; others will hear the same "later"
                await self._store.hold_off(self._platform.name, narrowest(limits), seconds)

    async def _marked(self, row: OutboxRow, rung: str, send: Send) -> Send | None:
        """Mark a send just before its call, and return it in the words that hold by now; None when it must not go.

        While it waited for room more may have joined it: giving the room back and waiting anew would never end for
        somebody who goes on writing.
        """
        while not self._stopping.is_set():
            if await self._store.sending(row, rung, self._clock(), send.variant):
                return send
            fresh = self._store.outbox_row(row.id)
            if fresh is None or fresh.body == row.body:
                return None
            row, send = fresh, await self._written(fresh)
        return None

    async def _call(self, rung: str, send: Send) -> Outcome:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await self._platform.deliver(rung, send)
        except TimeoutError:
            return Unknown("timeout")
        except Exception as error:  # noqa: BLE001 - whatever a platform raises, the call may have arrived
            log.error("delivery.broke row=%d error=%s", send.id, type(error).__name__)  # noqa: TRY400 - a traceback could hold words
            return Unknown("error")

    async def _look(self, row: OutboxRow, rung: str, send: Send, why: Unknown) -> None:
        """Ask the platform until it says whether a send arrived; where it can't tell, `why` is the outcome."""

        async def ask() -> None:
            found = await self._platform.find_sent(rung, send)
            if isinstance(found, Unknown):
                await self._store.settled(row.id, why, self._clock())
            else:
                await self._store.found(row.id, found, self._clock(), removes=send.removes)

        await self._insist(ask)

    async def _settle(self, row: OutboxRow, outcome: Outcome, *, last: bool, removes: bool = False) -> None:
        """Write down what became of a call, however long the store needs: only then may anything else go there."""
        await self._insist(lambda: self._store.settled(row.id, outcome, self._clock(), last=last, removes=removes))

    async def _insist(self, work: Callable[[], Awaitable[None]]) -> None:
        """Repeat until it works; when it is time to stop, the row stays in `sending` and the next start recalls it."""
        seconds = PATIENCE
        while True:
            try:
                return await work()
            except Exception as error:  # noqa: BLE001 - the store and platforms fail in many ways
                log.warning("delivery.repeats platform=%s error=%s", self._platform.name, type(error).__name__)
            if await pause(self._stopping, seconds):
                return None
            seconds = min(seconds * 2, 60.0)


async def pause(stopping: asyncio.Event, seconds: float) -> bool:
    """Wait; True as soon as it is time to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()
    return stopping.is_set()
