"""What the pages draw from: the same readings, figures and settings as commands in a chat."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Protocol

from bot.clocks import WallClock
from bot.config import Config
from bot.names import GroupNames
from bot.platform import Platform
from bot.store import Store
from detectors.finding import Finding
from policies.policy import Policy
from policies.reload import PolicySet


class Policies(Protocol):
    """The policies in force."""

    set: PolicySet
    own_types: Set[str]
    """The entity types of the organisation's own recognizers."""

    def current(self, platform: str, chat: str) -> Policy:
        """The policy of a chat."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a page may ask."""

    config: Config
    store: Store
    policies: Policies
    groups: GroupNames
    platforms: Mapping[str, Platform]
    clock: WallClock
    find: Callable[[str], tuple[Finding, ...]]

    async def group(self, platform: str, workspace: str, chat: str) -> str:
        """What a group is called, fetched live; by its address where it has no name."""
        return await self.groups.name(platform, workspace, chat) or f"{platform}:{chat}"
