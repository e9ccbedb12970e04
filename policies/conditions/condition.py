"""What a condition is: one thing that a rule asks for, how people write it, and what it says when it isn't so."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from detectors.finding import Finding
from policies.facts import Facts

Wanted = TypeVar("Wanted")


@dataclass(frozen=True, slots=True)
class Condition(ABC, Generic[Wanted]):
    """One thing that a rule asks for. A kind of condition is one class, and one line in `CONDITIONS`.

    `wanted` is what somebody wrote in the field `field` of a `[[rule]]`. `written` is that field's type for pydantic,
    with its limits and a description that finishes the sentence "write ..."; `default` is meant when it is left out.
    `needs` names the facts (fields of `Facts`) that platforms ask for only where a condition needs them.
    `logged`: the log keeps all that the condition looks at, so that `thinktwice policy whatif` can ask it again.
    """

    wanted: Wanted
    field: ClassVar[str]
    written: ClassVar[Any]
    default: ClassVar[Any]
    needs: ClassVar[frozenset[str]] = frozenset()
    logged: ClassVar[bool] = True

    @classmethod
    def of(cls, wanted: Wanted) -> Self | None:
        """Return the condition that `wanted` makes; None where it is the default, which asks for nothing."""
        return None if wanted == cls.default else cls(wanted)

    def knowing(self, people: Mapping[str, Sequence[str]]) -> Self:  # most conditions are about no people
        """Return the same condition, the groups of `people` that it names put in their place."""
        return self

    @abstractmethod
    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        """Whether it is so. `findings` are those that count, at least one. More findings never undo a yes."""

    @abstractmethod
    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        """Say why it does not hold, for whoever edits the policy; speaks of types, scores, traits and facts only."""

    def left(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Those of `findings` that go on counting."""
        return findings


class Narrowing(Condition[Wanted]):
    """A condition that chooses which findings count, each for itself."""

    @abstractmethod
    def counts(self, finding: Finding) -> bool:
        """Whether the rule is about such a finding."""

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:  # facts change no finding
        """Whether any finding goes on counting."""
        return any(map(self.counts, findings))

    def left(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Those of `findings` that it counts."""
        return [finding for finding in findings if self.counts(finding)]


class Company(Condition[Wanted]):
    """A condition about all findings of the message at hand, also those that the rule does not count.

    Like a `Narrowing` it looks at their kinds alone (type, score, traits, part), and at no facts.
    """
