"""How many messages a second are judged and committed, by the bot's own guard and store, in batches like Telegram's."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import small_talk
from bot.judging.guard import Guard
from bot.message import Cursor, Message, Part
from bot.store import Store
from bot.words import PartKind
from detectors.detector import Detector
from policies.reload import Policies

BATCH = 100
"""Messages that Telegram hands over at most at a time."""
RATE = 200.0
"""Messages a second by the bot's clock, which is put forward between batches."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is written: into so many groups, by so many members, one message in `every` a leak (0: none)."""

    groups: int = 1
    members: int = 100
    every: int = 10

    def batches(self, count: int, first: int, now: float) -> Iterator[list[Message]]:
        """So many messages, in batches."""
        for begin in range(first, first + count, BATCH):
            yield [self._message(number, now) for number in range(begin, min(begin + BATCH, first + count))]

    def _message(self, number: int, now: float) -> Message:
        return Message(
            platform="telegram",
            workspace="",
            chat=f"-100{number * 7919 % self.groups}",
            id=f"live-{number}",
            sender=f"{5000 + number * 104_729 % self.members}",
            sent_at=now,
            parts=(Part(PartKind.TEXT, small_talk.text(number, self.every)),),
            audience=47,
        )


class Live:
    """A bot without a wire: what comes in is judged and committed."""

    def __init__(self, store: Store, detector: Detector, now: float) -> None:
        self.now = now
        self._guard = Guard(detector, Policies("hr-default", {}, detector.find), store, self.clock, {})
        self._written = 0

    def clock(self) -> float:
        """The time of what is written."""
        return self.now

    async def take(self, traffic: Traffic, count: int) -> float:
        """Judge and commit so many messages; returns how many that were a second."""
        began = time.perf_counter()
        for batch in traffic.batches(count, self._written, self.now):
            self.now += len(batch) / RATE
            await self._guard.handle(batch, Cursor("telegram", "offset", str(self._written)))
            self._written += len(batch)
        return count / (time.perf_counter() - began)
