"""What platforms hand in: messages and other events, and how far they have been read.

Words (message text, file names, titles) live in `Part.text` alone, which is never shown by `repr`.
"""

from dataclasses import dataclass, field

from policies.facts import Role


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a message that holds words; `kind` is text, caption, file_name, poll, contact, quote, ..."""

    kind: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What a platform delivered. An edit is the same `id` with another `revision` (the platform's edit stamp).

    `sender` None means that nobody can be nudged (an anonymous admin, a channel). Times are Unix seconds, UTC.
    `album` joins messages that people posted as one. `audience` is how many people can read it, `sender_role` what its
    author is in the chat; None if unknown.
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
    sender_role: Role | None = None
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
