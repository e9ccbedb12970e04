"""What a rule may know of a message besides what was found in it."""

from dataclasses import dataclass, field
from enum import StrEnum

from detectors.finding import Finding


class Role(StrEnum):
    """What a sender is in a chat, as its platform says."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"


PARTS = (
    "text", "caption", "file_name", "poll", "contact", "quote", "link", "venue", "checklist", "topic", "purpose",
    "title", "block", "attachment", "preview", "file", "picture",
)  # fmt: skip
"""Where in a message something can stand."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier message of the same sender in a chat: what was found in it, how many seconds and messages ago."""

    findings: tuple[Finding, ...] = field(repr=False)
    ago: float
    back: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a message stands, how it came there, and who wrote it.

    `audience` is the number of people who can read the chat; None is unknown and counts as large.
    `sender_role` None is unknown, and counts as any role that a rule asks for; so do `sender`, the id of its author
    there, and `at`, when it was written (Unix seconds).
    `earlier` is what the sender wrote there lately, where a rule looks back.
    `file_kind` is what an attachment is by its bytes (`detectors.documents.DocumentKind`), empty for a message's words;
    `file_size` its bytes; `protected` whether it, or a file in it, is encrypted.
    `place` and `person` are the chat and the sender as people write them in patterns.
    """

    platform: str = ""
    chat: str = ""
    audience: int | None = None
    sender_role: Role | None = None
    edited: bool = False
    forwarded: bool = False
    external: bool = False
    sender: str | None = None
    at: float | None = None
    earlier: tuple[Earlier, ...] = field(default=(), repr=False)
    file_kind: str = ""
    file_size: int | None = None
    protected: bool = False
    place: str = field(init=False, repr=False, compare=False)
    person: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Write the place and the person once, not for each rule that asks."""
        object.__setattr__(self, "place", f"{self.platform}:{self.chat}")
        object.__setattr__(self, "person", f"{self.platform}:{self.sender}")


UNKNOWN = Facts()
"""What is known of a message of which nobody says anything."""
