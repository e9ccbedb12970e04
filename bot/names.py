"""What a group is called: by the config, else by its platform, asked live; a name is never stored.

Names are somebody's words: they come in here, are made harmless here, and whoever shows one gets it from here.
"""

import logging
import unicodedata
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Protocol

from detectors.finding import Finding
from detectors.types import of

LONGEST = 80
"""Characters of a name that are shown; Slack's are no longer, Telegram's may have 128."""
_MOST = 1_000
"""Characters of a name that are read at all."""

SURE = 0.5
HARMLESS = frozenset({"business", "mild", "sample"})
"""What the shipped policies let pass."""

Find = Callable[[str], tuple[Finding, ...]]

_log = logging.getLogger(__name__)


def clean(text: str) -> str:
    """One line without what no reader sees: no control characters, no marks that turn the direction of writing."""
    kept = (" " if char.isspace() else char for char in text if char.isspace() or unicodedata.category(char)[0] != "C")
    return " ".join("".join(kept).split())


def counts(finding: Finding) -> bool:
    """Tell whether a finding is personal data to the shipped policies."""
    return finding.score >= SURE and finding.traits.isdisjoint(HARMLESS)


class Naming(Protocol):
    """A platform that knows the titles of its chats."""

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        """Fetch the chat's title; None when it can't be had."""
        ...


class GroupNames:
    """Names of groups. `configured` holds names by `platform:chat`, `*` allowed; `platforms` are asked otherwise.

    A name in which `find` sees personal data is nobody's to repeat: such a group has no name, whoever gave it.
    """

    def __init__(
        self, find: Find, configured: Mapping[str, str], platforms: Mapping[str, Naming] = MappingProxyType({})
    ) -> None:
        self.find = find
        self._configured = configured
        self._platforms = platforms

    def configured(self, platform: str, chat: str) -> str | None:
        """Say how the config calls a group; None when it doesn't."""
        return self._shown(self._written(platform, chat))

    async def name(self, platform: str, workspace: str, chat: str) -> str | None:
        """Find a group's name; None when nobody has one for it."""
        written = self._written(platform, chat)
        if written or platform not in self._platforms:
            return self._shown(written)
        return self._shown(await self._platforms[platform].chat_name(workspace, chat))

    def _written(self, platform: str, chat: str) -> str | None:
        address = f"{platform}:{chat}"
        matches = (name for pattern, name in self._configured.items() if fnmatchcase(address, pattern))
        return self._configured.get(address) or next(matches, None)

    def _shown(self, name: str | None) -> str | None:
        """Read the whole name, show the beginning: half a value would be a value too."""
        line = clean((name or "")[:_MOST])
        if not line or self._tells(line):
            return None
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

    def _tells(self, line: str) -> bool:
        try:
            found = self.find(line.removeprefix("#"))  # Slack's sign for a channel is no part of its words
            return any(counts(finding) and not of(finding.type).beside for finding in found)
        except Exception as error:  # noqa: BLE001  # a name that can't be judged must not cost the nudge: it goes without
            _log.warning("name.unread error=%s", type(error).__name__)
            return True
