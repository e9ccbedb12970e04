"""What a platform must offer, and how it says that it can't go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.message import Attachment
from bot.send import Later, Outcome, Send, Sent, Unknown
from bot.words import LookCode, ReachState, TroubleCode


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong with a running platform, and how often it happened where that can be counted."""

    code: TroubleCode
    count: int = 0

    @property
    def blind(self) -> bool:
        """Whether the platform may be seeing nothing."""
        return self.code not in (TroubleCode.TURNED_AWAY, TroubleCode.UNHEARD)

    @property
    def told(self) -> bool:
        """Whether admins are told of it when it lasts."""
        return self.code is not TroubleCode.TURNED_AWAY


class Platform(Protocol):
    """What a platform offers to those who write to it. One instance serves one bot account."""

    name: str
    reads_back: bool
    """Whether `find_sent` can tell what became of a send whose outcome is unknown."""
    knocks: bool
    """Whether people must press Start before the bot may write to them."""
    slash: str
    """What stands before a command's name."""
    reminder_days: int
    """Days between two reminders in a group that the bot is there; 0 for none."""

    @property
    def files(self) -> bool:
        """Whether a `Document` arrives as a file; else its content stands below the text."""
        ...

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:
        """The ladder for this send, best rung first."""
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

    async def fetch(self, file: Attachment, most: int) -> "Fetched | Unfetched | Later":
        """A file of at most so many bytes, into memory alone; Later when nobody answers now. Raises nothing."""
        ...

    async def trouble(self) -> tuple[Trouble, ...]:
        """What is wrong right now; nothing when all is well."""
        ...

    async def remove(self, chat: str, message: str) -> bool:
        """Delete somebody's message at their wish; True only when the platform confirms that it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file's bytes; `name` is as much of its name as says what it is."""

    content: bytes = field(repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A file that can't be had, for good; `code` None: it is gone, and nobody misses it."""

    code: LookCode | None = None


class PlatformRefused(Exception):
    """A platform can't start: one sentence with the reason and the cure."""


class PlatformStopped(Exception):
    """A running platform is lost for good (token revoked): one sentence with the reason and the cure."""


@dataclass(frozen=True, slots=True)
class Cure:
    """What can be done about it without a question: `says` what, and `do` does it. Raises OSError, StoreError."""

    says: str
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Check:
    """`name` says what was looked at, `good` whether it is as it should be, `advice` what to do when it isn't.

    A good check may carry advice too: something worth knowing that stops nothing. `cure` is what `doctor --fix` does.
    """

    name: str
    good: bool
    advice: str = ""
    cure: Cure | None = None

    @classmethod
    def missing(cls, platform: str, variable: str) -> "Check":
        """A token that isn't there."""
        advice = f"set {variable} (or {variable}_FILE) in the environment"
        return cls(f"{platform} token", good=False, advice=advice)
