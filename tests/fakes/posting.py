"""A courier over stub platforms, and waiting for what it does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from bot.sending.courier import Courier
from bot.store import Store
from tests.fakes.stub_platform import StubPlatform, compose


def courier(store: Store, clock: Callable[[], float], *platforms: StubPlatform) -> Courier:
    """A courier that writes codes instead of words."""
    return Courier(store, {platform.name: platform for platform in platforms}, compose, clock)


def states(store: Store) -> list[str]:
    """How all sends stand, oldest first."""
    return [row.state for row in store.outbox()]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what other tasks and the store's thread do."""
    while not condition():  # noqa: ASYNC110 - the store has no event for what it wrote
        await asyncio.sleep(0.001)


@asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[asyncio.Task[None]]:
    """Let a courier work while the block runs."""
    task = asyncio.create_task(courier.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
