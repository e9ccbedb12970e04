"""Who somebody is, as Slack says it: docs.slack.dev/reference/objects/user-object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.facts import Role

_RANKS = (
    ("is_bot", Role.BOT),
    ("is_primary_owner", Role.OWNER),
    ("is_owner", Role.OWNER),
    ("is_admin", Role.ADMIN),
    ("is_ultra_restricted", Role.GUEST),
    ("is_restricted", Role.GUEST),
    ("is_stranger", Role.GUEST),
)
"""The first flag that is set counts: a primary owner is an owner and an administrator too."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes. `language` is a locale like en-US or zh-HK, empty when unknown.

    `rank` is what they are in their own workspace, None when unknown; `homes` are the ids of their workspaces and of
    their organisation.
    """

    language: str = ""
    rank: Role | None = None
    homes: frozenset[str] = frozenset()

    def role(self, workspace: str) -> Role | None:
        """Tell what they are in this workspace or organisation: people of another one are guests."""
        elsewhere = bool(self.homes) and workspace not in self.homes
        return Role.GUEST if elsewhere and self.rank is not Role.BOT else self.rank


def read(told: Mapping[str, Any]) -> Person:
    """Read a user object, which keeps no name."""
    rank = next((role for flag, role in _RANKS if told.get(flag)), Role.MEMBER)
    wide = told.get("enterprise_user")
    wide = wide if isinstance(wide, Mapping) else {}
    homes = {told.get("team_id"), wide.get("enterprise_id"), *(wide.get("teams") or ())}
    return Person(str(told.get("locale") or ""), rank, frozenset(str(home) for home in homes if home))
