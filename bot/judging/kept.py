"""Messages that a nudge speaks of, where the platform can't show them again: in memory alone, few and not for long.

They are there for "Show me a safer text" and for nothing else, and are gone when the process ends.
"""

from collections import OrderedDict
from collections.abc import Callable

from bot.message import Message

SECONDS = 3600.0
"""How long a message is kept: who is told reads it within minutes, or asks again."""
MESSAGES, CHARACTERS = 500, 1_000_000
"""How many are kept at most, and how long all of them together; the oldest go first."""

Place = tuple[str, str, str, str]
"""Platform, workspace, chat and message."""


class Kept:
    """A short memory of words. `clock` tells seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._messages: OrderedDict[Place, tuple[float, Message]] = OrderedDict()

    def __repr__(self) -> str:
        return f"Kept({len(self._messages)} messages)"

    def keep(self, message: Message) -> None:
        """Keep a message in place of its earlier revision."""
        place = (message.platform, message.workspace, message.chat, message.id)
        self._messages.pop(place, None)
        self._messages[place] = (self._clock(), message)
        self.tidy()

    def get(self, place: Place) -> Message | None:
        """Return a message that is still there."""
        self.tidy()
        found = self._messages.get(place)
        return found[1] if found else None

    def forget(self, place: Place) -> None:
        """Let go of a message: it is gone, or nothing is said of it any more."""
        self._messages.pop(place, None)

    def tidy(self) -> None:
        """Let go of what is too old or too much."""
        since = self._clock() - SECONDS
        size = sum(map(_size, (message for _, message in self._messages.values())))
        while self._messages:
            at, oldest = next(iter(self._messages.values()))
            if at > since and len(self._messages) <= MESSAGES and size <= CHARACTERS:
                return
            size -= _size(oldest)
            self._messages.popitem(last=False)


def _size(message: Message) -> int:
    return sum(len(part.text) for part in message.parts)
