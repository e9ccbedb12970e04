"""What a platform must offer, and how it says that it can't go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.send import Outcome, Send, Sent, Unknown


class Platform(Protocol):
    """What a platform must offer. One instance serves one bot account."""

    name: str
    reads_back: bool
    """Whether `find_sent` can tell what became of a send whose outcome is unknown."""

    async def open(self) -> str:
        """Check the token and get ready; returns one line for the operator. Raises PlatformRefused with the cure."""
        ...

    async def receive(self) -> None:
        """Hand events to the guard until cancelled. Raises PlatformStopped when the platform is lost for good."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...

    def rungs(self, send: Send, reach: str) -> tuple[str, ...]:
        """The ladder for this send, best rung first; `reach` of the recipient is started, blocked or '' (unknown)."""
        ...

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """Pacing: for each bucket that this send draws from, how many sends in how many seconds."""
        ...

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """One wire call (or what the rung needs); never retries by itself."""
        ...

    async def find_sent(self, rung: str, send: Send) -> Sent | Unknown | None:
        """Look whether the send of unknown outcome arrived; None: it did not. Only called where `reads_back`.

        Unknown for a rung that leaves no trace: then the send goes once more, and its row says so. Raises when the
        platform doesn't answer: it is asked again later.
        """
        ...

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        """The chat's title, fetched live for a report; None when it can't be had."""
        ...

    def may_delete(self, workspace: str, chat: str) -> bool:
        """Whether a nudge about this chat can offer "Delete it for me"."""
        ...


class PlatformRefused(Exception):
    """A platform can't start: one sentence with the reason and the cure."""


class PlatformStopped(Exception):
    """A running platform is lost for good (token revoked): one sentence with the reason and the cure."""


@dataclass(frozen=True, slots=True)
class Check:
    """`name` says what was looked at, `good` whether it is as it should be, `advice` what to do when it isn't.

    A good check may carry advice too: something worth knowing that stops nothing.
    """

    name: str
    good: bool
    advice: str = ""
