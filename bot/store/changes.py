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

    `rules` empty: clean, unless `muted`: then only muted rules fired, so there is nothing to say and nothing to thank
    for. `types` are the distinct values per entity type; `found` may hold fewer. `mute_days` says for how long a
    "not personal data" answer silences each rule. `admins` are told where the policy wants it or nobody else can be.
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
    muted: bool = False
    types: Mapping[str, int] = field(default_factory=dict)
    found: tuple[Found, ...] = ()
    admins: tuple[str, ...] = ()


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
    """A word to admins: `code` and codes in `detail`; `chat` when it is about one."""

    platform: str
    code: str
    at: float
    admins: tuple[str, ...]
    workspace: str = ""
    chat: str = ""
    detail: Mapping[str, str | int] = field(default_factory=dict)


Change = Judged | SetAside | Alert | Deletion | Press | Ask | Reach | ChatChange
