"""The policies in force: a default and per-chat overrides, swapped whole when their files change on disk."""

import hashlib
import logging
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Self

from policies.chats import chosen
from policies.errors import PolicyError, Problem
from policies.files import locate, prove, read
from policies.policy import Policy
from policies.sense import Find
from policies.trial import Trial

Named = tuple[str | Path, Mapping[str, str | Path]]
"""Which policies make a set: the default, and those of chats by pattern."""

Contents = Mapping[Path, bytes | tuple[Problem, ...]]
"""What stands in each file, or why it can't be read."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Which policy judges where. `chats` maps patterns for `platform:chat` to policies, in the order of the config.

    `hash` tells this set from any other: 12 hexadecimal digits over which policy judges where. Each policy carries it
    too, so that every decision says which set was in force. `trial` is a set that judges beside it and does nothing.
    """

    default: Policy
    chats: Mapping[str, Policy]
    hash: str
    trial: "PolicySet | None" = None

    def current(self, platform: str, chat: str) -> Policy:
        """Return the policy of this chat: its own, else that of the first pattern that fits, else the default."""
        return chosen(f"{platform}:{chat}", self.chats, self.default)

    def tried(self, platform: str, chat: str) -> tuple[tuple[Trial, Policy], ...]:
        """Return what is on trial in this chat: its policy with all rules in force, and the one of the trial set."""
        own = self.current(platform, chat).tried
        rules = ((Trial.RULES, own),) if own else ()
        return rules if self.trial is None else (*rules, (Trial.SET, self.trial.current(platform, chat)))


def together(default: Policy, chats: Mapping[str, Policy]) -> PolicySet:
    """Make a set of policies that were loaded one by one."""
    parts = (f"{place} {policy.name} {policy.hash}\n" for place, policy in {"": default, **chats}.items())
    digest = hashlib.sha256("".join(parts).encode()).hexdigest()[:12]
    marked = {pattern: replace(policy, hash=digest) for pattern, policy in chats.items()}
    return PolicySet(replace(default, hash=digest), MappingProxyType(marked), digest)


class Policies:
    """Holds the last good set. `default` and the values of `chats` are file paths or names of shipped policies.

    `trial` names a whole second set, which judges beside it and does nothing; both change together or not at all.
    """

    def __init__(
        self,
        default: str | Path,
        chats: Mapping[str, str | Path],
        find: Find,
        folder: Path = Path(),
        own_types: Set[str] = frozenset(),
        trial: Named | None = None,
    ) -> None:
        """Load every policy; relative paths start at `folder`. Raises PolicyError."""
        self._places = [_Places.of(named, folder) for named in ((default, chats), trial) if named]
        self._find = find
        self.own_types = own_types
        self._seen: Contents = {}
        self._unreported: tuple[Problem, ...] = ()
        self._reported: tuple[Problem, ...] = ()
        self.set = self._build(_Files({}))

    def current(self, platform: str, chat: str) -> Policy:
        """Return the policy in force for this chat."""
        return self.set.current(platform, chat)

    def file(self, platform: str, chat: str) -> Path:
        """Return the file of the policy of this chat."""
        return self._places[0].file(platform, chat)

    def tried(self, platform: str, chat: str) -> tuple[tuple[Trial, Policy], ...]:
        """Return what judges this chat's messages on trial."""
        return self.set.tried(platform, chat)

    def refresh(self) -> tuple[Problem, ...]:
        """Look at the files again; call every second. A good change is in force when this returns.

        A bad change leaves the last good set in force; its problems are logged and returned once. They are held back
        for one call, because an editor's half-saved file is whole a moment later.
        """
        contents = {file: _content(file) for file in self._seen}
        if contents == self._seen:
            return self._tell()
        try:
            self.set = self._build(_Files(contents))
        except PolicyError as error:
            self._unreported = error.problems
            return ()
        self._unreported = self._reported = ()
        _log.info("policies reloaded set=%s", self.set.hash)
        return ()

    def _tell(self) -> tuple[Problem, ...]:
        problems, self._unreported = self._unreported, ()
        if not problems or problems == self._reported:
            return ()
        self._reported = problems
        for problem in problems:
            _log.error("policy change refused, the last good policies stay in force: %s", problem)
        return problems

    def _build(self, files: "_Files") -> PolicySet:
        """Make a set of what the files hold, and remember all that were read, those that others extend included."""
        policies: dict[Path, Policy] = {}
        problems: list[Problem] = []
        for file in dict.fromkeys(file for places in self._places for file in places.files):
            try:
                policies[file] = prove(file, self._find, self.own_types, files.read)
            except PolicyError as error:
                problems += error.problems
        self._seen = files.used
        if problems:
            raise PolicyError(list(dict.fromkeys(problems)))
        in_force, *trials = [places.together(policies) for places in self._places]
        return replace(in_force, trial=trials[0]) if trials else in_force


@dataclass(frozen=True, slots=True)
class _Places:
    """The files of a set."""

    default: Path
    chats: Mapping[str, Path]

    @classmethod
    def of(cls, named: Named, folder: Path) -> Self:
        default, chats = named
        return cls(locate(default, folder), {pattern: locate(name, folder) for pattern, name in chats.items()})

    def file(self, platform: str, chat: str) -> Path:
        return chosen(f"{platform}:{chat}", self.chats, self.default)

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.default, *self.chats.values())

    def together(self, policies: Mapping[Path, Policy]) -> PolicySet:
        return together(policies[self.default], {pattern: policies[file] for pattern, file in self.chats.items()})


class _Files:
    """The files of one look: each is read once, so that all policies of a set are made of the same contents."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self.used: dict[Path, bytes | tuple[Problem, ...]] = {}

    def read(self, file: Path) -> bytes:
        """Return what is in a file. Raises PolicyError."""
        if file not in self.used:
            self.used[file] = self._contents[file] if file in self._contents else _content(file)
        content = self.used[file]
        if not isinstance(content, bytes):
            raise PolicyError(content)
        return content


def _content(file: Path) -> bytes | tuple[Problem, ...]:
    try:
        return read(file)
    except PolicyError as error:
        return error.problems
