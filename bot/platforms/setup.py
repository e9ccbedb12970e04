"""How a platform is set up. Light: a platform's library is imported only where the platform is enabled."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.config import Config, PlatformSection
from bot.platform import Check
from bot.store import Clock, Store

if TYPE_CHECKING:
    from bot.platforms.beside import ChatPlatform

S = TypeVar("S", bound=PlatformSection)


@dataclass(frozen=True, slots=True)
class Setup(Generic[S]):
    """One platform: its name, its section of the configuration, how it is built and how the doctor looks at it."""

    name: str
    section: type[S]
    build: Callable[[Config, S, Store, Clock], "ChatPlatform"]
    """Raises ConfigError when a token is missing."""
    secrets: tuple[str, ...]
    """The variables that its tokens come from, each also as a file (NAME_FILE)."""
    look: Callable[[S, Sequence[str]], Awaitable[list[Check]]]
    """What the doctor finds; the chats are those that the bot was in when it last ran. Raises ConfigError."""
