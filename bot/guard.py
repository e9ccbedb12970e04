"""The one path that a message takes: see, judge, commit. No network call is made here."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.message import Cursor, Event, Press
from bot.store import Clock, Store
from detectors.finding import Finding
from policies.policy import Decision, Facts


class Detector(Protocol):
    """Finds personal data in a text."""

    def find(self, text: str) -> tuple[Finding, ...]:
        """The findings, in bounded time and memory."""
        ...


class Judge(Protocol):
    """The policy of one chat."""

    def decide(self, findings: Sequence[Finding], facts: Facts, muted: frozenset[str] = ...) -> Decision:
        """What to do; rules in `muted` don't fire."""
        ...


class Policies(Protocol):
    """The policies in force."""

    def current(self, platform: str, chat: str) -> Judge:
        """The policy for a chat."""
        ...


class Guard:
    """Judges what platforms hand in and commits it."""

    def __init__(
        self,
        detector: Detector,
        policies: Policies,
        store: Store,
        clock: Clock,
        admins: Mapping[str, tuple[str, ...]],
    ) -> None:
        raise NotImplementedError

    async def handle(self, events: Sequence[Event], cursor: Cursor | None = None) -> tuple[str, ...]:
        """Judge and commit events in order, with the cursor, in one transaction; when it returns they are safe.

        Returns a code for each event (see `Store.commit`; "" where there is nothing to answer).
        Raises StoreError when the store fails: then nothing advanced and the platform must not confirm.
        """
        raise NotImplementedError

    async def press(self, press: Press) -> str:
        """Handle a button: thanks, stale, not_yours, unknown, refused, why or delete tells how to answer politely."""
        raise NotImplementedError

    async def alert(self, code: str, **detail: str | int) -> None:
        """Tell every admin something that no message caused (a bad policy edit); codes only."""
        raise NotImplementedError
