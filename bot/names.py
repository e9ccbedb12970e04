"""What a group is called: by the config, else by its platform, asked live; a name is never stored."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Protocol


class Naming(Protocol):
    """A platform that knows the titles of its chats."""

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        """Fetch the chat's title; None when it can't be had."""
        ...


class GroupNames:
    """Names of groups. `configured` holds names by `platform:chat`, `*` allowed; `platforms` are asked otherwise."""

    def __init__(self, configured: Mapping[str, str], platforms: Mapping[str, Naming] = MappingProxyType({})) -> None:
        self._configured = configured
        self._platforms = platforms

    def configured(self, platform: str, chat: str) -> str | None:
        """Say how the config calls a group; None when it doesn't."""
        address = f"{platform}:{chat}"
        matches = (name for pattern, name in self._configured.items() if fnmatchcase(address, pattern))
        return self._configured.get(address) or next(matches, None)

    async def name(self, platform: str, workspace: str, chat: str) -> str | None:
        """Find a group's name; None when nobody has one for it."""
        known = self.configured(platform, chat)
        if known or platform not in self._platforms:
            return known
        return await self._platforms[platform].chat_name(workspace, chat)
