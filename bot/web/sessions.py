"""Who may look at the page: invitations that the bot hands out privately, and the sessions that they open.

All of it lives in memory: a restart ends every session, and nothing on disk can open one.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

_Value = TypeVar("_Value")

INVITED_SECONDS = 300.0
"""How long an invitation can be used, once."""
SESSION_SECONDS = 12 * 3_600.0
"""How long a session lasts, however much it is used."""
MOST = 200
"""Invitations, and sessions, that are kept; the oldest makes room for a new one."""


class WebRole(StrEnum):
    """What somebody may do on the page: look, or also change."""

    VIEWER = "viewer"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asked for the page: an admin, by platform and user id, and what they may do there."""

    platform: str
    workspace: str
    user: str
    language: str
    role: WebRole


@dataclass(frozen=True, slots=True)
class Session:
    """A visit. `token` stands in each of its forms, so that nobody else's page can send one."""

    visitor: Visitor
    ends_at: float
    token: str = field(repr=False)


class Sessions:
    """Invitations and sessions by the digest of their secret: what is in memory opens nothing either.

    `ticks` are seconds that nobody can set.
    """

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._invited: dict[bytes, tuple[Visitor, float]] = {}
        self._open: dict[bytes, Session] = {}

    def invite(self, visitor: Visitor) -> str:
        """Return the secret of a new invitation; an earlier one of the same person is void."""
        self._invited = {key: one for key, one in self._invited.items() if not _same(one[0], visitor)}
        secret = secrets.token_urlsafe(32)
        _put(self._invited, _digest(secret), (visitor, self._ticks() + INVITED_SECONDS))
        return secret

    def begin(self, invitation: str) -> str | None:
        """Use an invitation up and return the secret of the session that it opens; None when it opens none."""
        visitor, until = self._invited.pop(_digest(invitation), (None, 0.0))
        if visitor is None or self._ticks() >= until:
            return None
        secret = secrets.token_urlsafe(32)
        session = Session(visitor, self._ticks() + SESSION_SECONDS, secrets.token_urlsafe(16))
        _put(self._open, _digest(secret), session)
        return secret

    def session(self, secret: str) -> Session | None:
        """Return the session that a cookie names; None when there is none, or none any more."""
        found = self._open.get(_digest(secret))
        if found is not None and self._ticks() >= found.ends_at:
            del self._open[_digest(secret)]
            return None
        return found

    def end(self, platform: str, user: str) -> int:
        """End all visits of somebody, invitations too; returns how many sessions there were."""
        mine = {key for key, one in self._open.items() if (one.visitor.platform, one.visitor.user) == (platform, user)}
        self._open = {key: one for key, one in self._open.items() if key not in mine}
        self._invited = {
            key: one for key, one in self._invited.items() if (one[0].platform, one[0].user) != (platform, user)
        }
        return len(mine)


def _same(one: Visitor, other: Visitor) -> bool:
    return (one.platform, one.workspace, one.user) == (other.platform, other.workspace, other.user)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _put(kept: dict[bytes, _Value], key: bytes, value: _Value) -> None:
    while len(kept) >= MOST:
        del kept[next(iter(kept))]
    kept[key] = value
