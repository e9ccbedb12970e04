"""Delivers the outbox: who is written to when. `bot.sending.delivery` has one delivery from pacing to outcome."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from contextlib import suppress

from bot.meter import Meter
from bot.platform import Platform
from bot.sending.delivery import PATIENCE, Compose, Delivery, pause
from bot.sending.outage import OVER, Outage
from bot.sending.removals import Removals
from bot.store import Clock, OutboxRow, Recipient, Store, StoreError

log = logging.getLogger(__name__)


class Courier:
    """Delivers what waits in the outbox, a lane for each platform, and has done what was announced (`removals`)."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        compose: Compose,
        clock: Clock,
        removals: Removals | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._removals = removals
        meter = meter or Meter()
        self._lanes = [Lane(store, platform, compose, clock, meter) for platform in platforms.values()]
        store.subscribe(self._wake)

    async def run(self) -> None:
        """Deliver until `stop` is called; when cancelled, the calls in flight are finished first."""
        try:
            removing = [self._removals.run()] if self._removals else []
            await asyncio.gather(*(lane.run() for lane in self._lanes), *removing)
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Finish the calls in flight and start no more."""
        if self._removals:
            self._removals.stop()
        await asyncio.gather(*(lane.stop() for lane in self._lanes))

    async def drain(self) -> None:
        """Deliver until nothing is due any more; for the demo and tests, beside `run` or without it."""
        await self._deliver()
        if self._removals:
            await self._removals.drain()
            await self._deliver()

    async def _deliver(self) -> None:
        await asyncio.gather(*(lane.drain() for lane in self._lanes))

    def _wake(self) -> None:
        for lane in self._lanes:
            lane.wake()


class Lane:
    """One platform's deliveries: one at a time for each recipient, several recipients side by side."""

    def __init__(self, store: Store, platform: Platform, compose: Compose, clock: Clock, meter: Meter) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._delivery = Delivery(store, platform, compose, clock, self._stopping, meter)
        self._interrupted: list[OutboxRow] = []
        self._recalled = -1
        self._busy: dict[Recipient, asyncio.Task[None]] = {}
        self._outage = Outage()

    def wake(self) -> None:
        """Something may be due."""
        self._news.set()

    async def run(self) -> None:
        """Deliver what is due, as soon as it is due, until stopped."""
        while not self._stopping.is_set():
            self._news.clear()
            await self._rest(self._start_all())

    async def stop(self) -> None:
        """Finish the calls in flight and start no more."""
        self._stopping.set()
        self._news.set()
        while self._busy:
            await asyncio.wait(self._busy.values())

    async def drain(self) -> None:
        """Deliver until nothing is due any more."""
        while True:
            self._start_all()
            if not self._busy:
                return
            await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)

    def _start_all(self) -> float | None:
        """Begin with everybody who has something due; returns the seconds until somebody else has, None for never."""
        try:
            self._recall()
            now = self._clock()
            for recipient in self._store.due(self._platform.name, now):
                self._start(recipient, self._serve(recipient))
            due = self._store.next_due(self._platform.name, now)
        except StoreError as error:
            self._waits(error)
            return PATIENCE
        self._goes_on()
        rest = None if due is None else max(due - now, 0.0)
        return min(OVER if rest is None else rest, OVER) if self._outage.lasts else rest

    def _waits(self, error: StoreError) -> None:
        """Say that the store keeps us from writing to people: once, then at growing pauses."""
        if self._outage.seen(str(error)):
            log.error("courier.waits platform=%s reason=%s", self._platform.name, error)  # the sentence says it all

    def _goes_on(self) -> None:
        seconds = self._outage.over()
        if seconds is not None:
            log.info("courier.goes_on platform=%s seconds=%.0f", self._platform.name, seconds)

    def _recall(self) -> None:
        """What a crash, ours or another program's, left in `sending` comes first, so that nothing overtakes it."""
        if self._recalled != (adoptions := self._store.adoptions()):
            self._interrupted = list(self._store.under_way(self._platform.name))
            self._recalled = adoptions
        rows = self._interrupted
        self._interrupted = [row for row in rows if not self._start(recipient_of(row), self._delivery.recall(row))]

    def _start(self, recipient: Recipient, work: Coroutine[None, None, None]) -> bool:
        """Write to somebody unless somebody is being written to already; returns whether it began."""
        if recipient in self._busy:
            work.close()
            return False
        self._busy[recipient] = asyncio.create_task(self._guarded(recipient, work))
        return True

    async def _guarded(self, recipient: Recipient, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except StoreError as error:
            self._waits(error)
            await pause(self._stopping, PATIENCE)
        except Exception as error:  # noqa: BLE001 - one recipient's trouble must not stop the others
            log.error("courier.failed platform=%s error=%s", self._platform.name, type(error).__name__)  # noqa: TRY400 - a traceback could hold words
            await pause(self._stopping, PATIENCE)
        finally:
            del self._busy[recipient]
            self._news.set()

    async def _serve(self, recipient: Recipient) -> None:
        while not self._stopping.is_set():
            row = self._store.next_for(self._platform.name, recipient, self._clock())
            if row is None:
                return
            await self._delivery.deliver(row)

    async def _rest(self, seconds: float | None) -> None:
        # Not `wait_for`: before Python 3.12 it swallows a cancellation that comes together with the news.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()


def recipient_of(row: OutboxRow) -> Recipient:
    """Who a send goes to."""
    return (row.workspace, row.recipient, "" if row.recipient else row.chat)
