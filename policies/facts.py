"""What a rule may know of a message besides what was found in it."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a sender is in a chat, as its platform says."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a message stands, how it came there, and who wrote it.

    `audience` is the number of people who can read the chat; None is unknown and counts as large.
    `sender_role` None is unknown, and counts as any role that a rule asks for.
    """

    platform: str = ""
    chat: str = ""
    audience: int | None = None
    sender_role: Role | None = None
    edited: bool = False
    forwarded: bool = False
    external: bool = False

    @property
    def place(self) -> str:
        """The chat as people write it in patterns."""
        return f"{self.platform}:{self.chat}"
