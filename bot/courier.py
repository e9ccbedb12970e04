"""Paces and delivers the outbox."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.message import Platform, Send
from bot.store import Clock, OutboxRow, Store

Compose = Callable[[OutboxRow], Awaitable[Send]]
"""Outbox row -> Send (wording, language, figures), just before it goes. The courier fills in `replaces`."""


class Courier:
    """Delivers what waits in the outbox, one task for each platform."""

    def __init__(self, store: Store, platforms: Mapping[str, Platform], compose: Compose, clock: Clock) -> None:
        raise NotImplementedError

    async def run(self) -> None:
        """Deliver until cancelled or stopped."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Finish the calls in flight and start no more."""
        raise NotImplementedError

    async def drain(self) -> None:
        """Deliver until nothing is due any more; for the demo and tests."""
        raise NotImplementedError


_ = asyncio
