"""What platforms hand in, what they must offer, and what is handed back to them.

Words (message text, file names, titles) live in `Part.text` and `Send.text` alone, and neither is shown by `repr`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a message that holds words; `kind` is text, caption, file_name, poll, contact, quote, ..."""

    kind: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What a platform delivered. An edit is the same `id` with another `revision` (the platform's edit stamp).

    `sender` None means that nobody can be nudged (an anonymous admin, a channel). Times are Unix seconds, UTC.
    `album` joins messages that people posted as one. `audience` is how many people can read it, None if unknown.
    """

    platform: str
    workspace: str
    chat: str
    id: str
    sender: str | None
    sent_at: float
    parts: tuple[Part, ...] = field(repr=False)
    revision: str = ""
    thread: str = ""
    album: str = ""
    audience: int | None = None
    language: str = ""
    sender_role: str = "member"
    forwarded: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    """A message is gone; `by_bot` when the bot removed it at its sender's wish."""

    platform: str
    workspace: str
    chat: str
    id: str
    at: float
    by_bot: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed a button under a nudge.

    `action` is removed, reason, false_alarm, why or delete; `choice` is a reason code for `reason`, else empty.
    """

    platform: str
    workspace: str
    user: str
    incident: str
    action: str
    at: float
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody asked the bot something; `name` is a command name, `private` when asked in a private chat."""

    platform: str
    workspace: str
    user: str
    chat: str
    name: str
    args: tuple[str, ...]
    at: float
    language: str = ""
    private: bool = True


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether the bot may write to a person privately: `started` or `blocked`."""

    platform: str
    workspace: str
    user: str
    state: str
    at: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class ChatChange:
    """The bot's place in a chat changed: `joined`, `left`, or `moved` (then `to` is the chat's new id)."""

    platform: str
    workspace: str
    chat: str
    state: str
    at: float
    to: str = ""
    by: str = ""


Event = Message | Deletion | Press | Ask | Reach | ChatChange


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a platform has been read; committed in the same transaction as what was read."""

    platform: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a send: an action on the incident (`action`, `choice`) or a link (`url`)."""

    label: str
    action: str = ""
    choice: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a reply: a report, which holds codes and counts only."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Send:
    """One outgoing message, rendered just before it goes.

    `kind` is nudge, alert, notice or reply. `recipient` is a person's id, or empty when the chat itself is meant.
    `replaces` is the platform's reference (ids only) of an earlier send that this one rewrites in place: a nudge that
    becomes a thank-you or that more messages joined. A rewrite may be repeated without harm.
    """

    id: int
    kind: str
    platform: str
    workspace: str
    chat: str
    recipient: str
    text: str = field(repr=False)
    incident: str = ""
    message: str = ""
    thread: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    replaces: str = ""
    created_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform accepted the send; `ref` is its reference as a JSON object of ids."""

    ref: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """This rung is closed for this send, for good: go on to the next one. `code` says why, in one word."""

    code: str


@dataclass(frozen=True, slots=True)
class Later:
    """Certainly not accepted: try the same rung again after `seconds`."""

    seconds: float
    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived or not (timeout, connection lost while waiting for the answer)."""

    code: str


Outcome = Sent | Refused | Later | Unknown


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
