"""Handing events to the app until it acknowledges them, over whichever wire is open.

Retries follow https://docs.slack.dev/apis/events-api/#retries: an event that isn't acknowledged within three seconds is
sent three more times: at once, after one minute, after five minutes, with the attempt's number and reason.
UNVERIFIED for Socket Mode: the field names `retry_attempt` and `retry_reason` are those that slack_sdk reads
(slack_sdk/socket_mode/request.py); that an event without an open socket uses up its attempts is inferred.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Wire = Callable[[Json, int, str], Awaitable[str]]
"""Sends a payload (with the retry number and reason): '' when acknowledged, else why not."""


@dataclass
class Delivery:
    """One event on its way. `attempts` counts tries, `done` is set when it was acknowledged or given up."""

    payload: Json
    attempts: int = 0
    acknowledged: bool = False
    reasons: list[str] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Post:
    """Delivers in the order of posting; retries do not hold up what comes after."""

    def __init__(self, wire: Wire, retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)) -> None:
        self.wire = wire
        self.retry_after = retry_after
        self.sent: list[Delivery] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, payload: Json) -> Delivery:
        """Start delivering; await `.done.wait()` of what is returned to see the end of it."""
        delivery = Delivery(payload)
        self.sent.append(delivery)
        task = asyncio.ensure_future(self._deliver(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def _deliver(self, delivery: Delivery) -> None:
        for pause in (None, *self.retry_after):
            if pause:
                await asyncio.sleep(pause)
            reason = delivery.reasons[-1] if delivery.reasons else ""
            delivery.attempts += 1
            reason = await self.wire(delivery.payload, delivery.attempts - 1, reason)
            if not reason:
                delivery.acknowledged = True
                break
            delivery.reasons.append(reason)
        delivery.done.set()

    def unacknowledged(self) -> list[Delivery]:
        """Events that the app has not acknowledged so far."""
        return [delivery for delivery in self.sent if not delivery.acknowledged]

    async def stop(self) -> None:
        """Give up on everything that is on its way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
