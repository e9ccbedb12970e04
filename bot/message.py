"""What platforms hand in: messages and other events, and how far they have been read.

Words (message text, file names, titles) live in `Part.text` alone, which is never shown by `repr`.
"""

from dataclasses import dataclass, field, replace

from bot.words import Action, ChatState, PartKind, ReachState
from policies.facts import Role


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a message that holds words."""

    kind: PartKind
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hangs on a message, to be read later. Its name is a part of the message and never here.

    `id` tells it from the message's other files, whatever the message's revision; `ref` is what fetches it. Both are
    the platform's ids. `ending` is one of `ENDINGS` or empty, `size` its bytes, None if unknown.
    """

    id: str
    ref: str
    ending: str = ""
    size: int | None = None


ENDINGS = frozenset({
    "csv", "docx", "doc", "eml", "gif", "heic", "htm", "html", "jpeg", "jpg", "md", "msg", "ods", "odt", "pdf", "png",
    "pptx", "ppt", "rtf", "tif", "tiff", "tsv", "txt", "vcf", "webp", "xls", "xlsx", "zip",
})  # fmt: skip
"""Endings of names that say what a file is where its bytes leave it open; any other is a word of somebody's."""


def ending(name: object) -> str:
    """The ending of a file's name, if it is one of those that are known."""
    said = name.rpartition(".")[2].lower() if isinstance(name, str) else ""
    return said if said in ENDINGS else ""


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
    attachments: tuple[Attachment, ...] = ()


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
    """Somebody pressed a button under a nudge; `choice` is what they picked for REASON (unchecked), else empty.

    `language` is the code of their app's language, '' when it is not known.
    """

    platform: str
    workspace: str
    user: str
    incident: str
    action: Action
    at: float
    choice: str = ""
    language: str = ""

    @property
    def opens(self) -> bool:
        """Whether it only opens something to read or to choose from: then there is nothing to record."""
        return self.action in (Action.READ, Action.SAFER) or (self.action is Action.REASON and not self.choice)


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
    """Whether the bot may write to a person privately: STARTED or BLOCKED."""

    platform: str
    workspace: str
    user: str
    state: ReachState
    at: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class ChatChange:
    """The bot's place in a chat changed; for MOVED, `to` is the chat's new id."""

    platform: str
    workspace: str
    chat: str
    state: ChatState
    at: float
    to: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody came into a chat that the bot is in, and may be written to privately."""

    platform: str
    workspace: str
    chat: str
    user: str
    at: float
    language: str = ""


Event = Message | Deletion | Press | Ask | Reach | ChatChange | Joined


def when(said: object, now: float) -> float:
    """Read a time that a platform says, in Unix seconds; what is none, or lies in the future, is now."""
    try:
        at = float(said)  # type: ignore[arg-type]  # whatever isn't a number is answered below
    except (TypeError, ValueError, OverflowError):
        return now
    return at if 0.0 <= at <= now else now


def just_said(said: object, now: float) -> float:
    """Read the time of what was just said. No platform hands it in a day later; who says so has no clock."""
    at = when(said, now)
    return at if now - at <= 86_400.0 else now


def in_time(event: Event, now: float) -> Event:
    """The same event, at a time that can be: a computer's clock may be behind, and a platform may say anything."""
    if isinstance(event, Message):
        return replace(event, sent_at=when(event.sent_at, now))
    return replace(event, at=when(event.at, now))


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a platform has been read; committed in the same transaction as what was read.

    `once`: it names one event, up to the first space of `value`. Where that is written down already nothing else is:
    another program over the same log was handed the same event at the same time.
    """

    platform: str
    name: str
    value: str
    once: bool = False
