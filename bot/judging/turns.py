"""The order of what happens to one message, when a platform hands in its events side by side or out of order."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.incident import newer
from bot.message import Deletion, Event, Message

REMEMBERED = 10_000
"""How many edited or deleted messages are remembered; a few hours of a busy workplace."""

Key = tuple[str, str, str, str]


class Turns:
    """One event at a time for each message, and a memory (ids only) of edits and deletions for late first posts.

    A message whose clean edit or deletion came first has no incident that could tell so: without this memory the late
    first post would open one that nothing ends.
    """

    def __init__(self) -> None:
        self._locks: dict[Key, tuple[asyncio.Lock, int]] = {}
        self._seen: OrderedDict[Key, str | None] = OrderedDict()

    @asynccontextmanager
    async def of(self, events: Sequence[Event]) -> AsyncIterator[None]:
        """Wait until no other call has one of these messages. Sorted, so that two calls never wait for each other."""
        keys = sorted({key for event in events if (key := key_of(event)) is not None})
        async with AsyncExitStack() as stack:
            for key in keys:
                await stack.enter_async_context(self._one(key))
            yield

    def overtaken(self, event: Event) -> bool:
        """Whether a newer revision of this message, or its deletion, was handled before."""
        key = key_of(event)
        if key is None or not isinstance(event, Message) or key not in self._seen:
            return False
        seen = self._seen[key]
        return seen is None or newer(seen, event.revision)

    def done(self, events: Sequence[Event]) -> None:
        """Remember what was committed."""
        for event in events:
            key = key_of(event)
            if key is None or self.overtaken(event) or (isinstance(event, Message) and not event.revision):
                continue
            self._seen[key] = event.revision if isinstance(event, Message) else None
            self._seen.move_to_end(key)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    @asynccontextmanager
    async def _one(self, key: Key) -> AsyncIterator[None]:
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)


def key_of(event: Event) -> Key | None:
    """The message that an event is about, if it is about one."""
    if isinstance(event, Message | Deletion):
        return (event.platform, event.workspace, event.chat, event.id)
    return None
