"""A policy as its TOML says it, alone or on top of the policy that it extends, and where each piece of it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policies.errors import Problem
from policies.places import Lines, Step, place

Steps = tuple[Step, ...]
"""Keys and list indexes, from the top of a file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece was written."""

    source: "Source"
    steps: Steps


@dataclass(frozen=True, slots=True)
class Source:
    """What a policy says as TOML; `shown` is how problems call its file.

    `hash` tells its text, and that of all below it, from any other: 12 hexadecimal digits.
    `origins` holds what stands elsewhere than in this file: the pieces that it inherits, by their place in `raw`.
    `base` is the policy that it extends.
    """

    shown: str
    raw: Mapping[str, Any]
    lines: Lines
    hash: str = ""
    origins: Mapping[Steps, Origin] = field(default_factory=dict)
    base: "Source | None" = None

    def problem(self, steps: Sequence[Step], reason: str, cure: str) -> Problem:
        """Return a problem at the place where `steps` lead to, in whichever file that is."""
        origin = self.origin(steps)
        source, written = origin.source, origin.steps
        return Problem(source.shown, place(written, source.raw, source.lines), reason, cure)

    def origin(self, steps: Sequence[Step]) -> Origin:
        """Return the file and the place in it where the piece at `steps` was written."""
        for size in range(len(steps), 0, -1):
            if found := self.origins.get((*steps[:size],)):
                return found.source.origin((*found.steps, *steps[size:]))
        return Origin(self, (*steps,))

    def line(self, steps: Sequence[Step]) -> int | None:
        """Return the line of a piece in its own file; None where it is written as nobody usually does."""
        origin = self.origin(steps)
        sizes = range(len(origin.steps), 0, -1)
        return next((line for size in sizes if (line := origin.source.lines.get((*origin.steps[:size],)))), None)

    def at(self, steps: Sequence[Step]) -> Any:
        """Return what stands there; None where `steps` lead nowhere."""
        found: Any = self.raw
        for step in steps:
            try:
                found = found[step]
            except (LookupError, TypeError):
                return None
        return found

    def chain(self) -> "Iterator[Source]":
        """Give this policy, what it extends, what that extends, and so on."""
        one: Source | None = self
        while one is not None:
            yield one
            one = one.base
