"""What can be committed. Events that hold ids only are changes as they are; a message becomes a `Judged`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.message import Ask, ChatChange, Deletion, Press, Reach


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is stored; `value` numbers the distinct values of the message from 1."""

    type: str
    score: float
    recognizer: str
    traits: tuple[str, ...]
    evidence: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One revision of a message and what the policy said about it.

    `rules` empty: clean, unless `quiet`: then only muted rules fired, so there is nothing to say and nothing to thank for.
    """

    platform: str
    workspace: str
    chat: str
    message: str
    revision: str
    at: float
    posted_at: float
    sender: str | None = None
    thread: str = ""
    album: str = ""
    audience: int | None = None
    language: str = ""
    rules: tuple[str, ...] = ()
    severity: str = ""
    effects: frozenset[str] = frozenset()
    wording: tuple[str, ...] = ()
    mute_days: Mapping[str, int] = field(default_factory=dict)
    policy: str = ""
    policy_hash: str = ""
    mode: str = "enforce"
    own: bool = False
    quiet: bool = False
    found: tuple[Found, ...] = ()

    @property
    def types(self) -> dict[str, int]:
        """Distinct values per entity type."""
        values: dict[str, set[int]] = {}
        for found in self.found:
            values.setdefault(found.type, set()).add(found.value)
        return {kind: len(values[kind]) for kind in sorted(values)}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be judged after `attempts` tries; `name` is made of its ids."""

    platform: str
    name: str
    attempts: int
    code: str
    at: float


@dataclass(frozen=True, slots=True)
class Alert:
    """A word to admins: `code` and codes in `detail`."""

    platform: str
    workspace: str
    code: str
    at: float
    detail: Mapping[str, str | int] = field(default_factory=dict)


Change = Judged | SetAside | Alert | Deletion | Press | Ask | Reach | ChatChange
