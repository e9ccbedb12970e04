"""What a policy says about each of its own examples: which rules fire, and whether that is what the example says."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.policy import Policy
from policies.schema import ExampleTable, PolicyTable
from policies.sense import Find, judged
from policies.source import Source


@dataclass(frozen=True, slots=True)
class Tested:
    """One example, named by its number and line: its words are not repeated.

    `facts` is what it says of itself besides its words, `found` the entity types in it, `fires` the rules that fire or
    are excused; `missing` should have fired, `extra` should not.
    """

    number: int
    line: int | None
    facts: str
    found: tuple[str, ...]
    fires: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the policy says what the example says."""
        return not (self.missing or self.extra)


def tested(source: Source, written: PolicyTable, policy: Policy, find: Find) -> Iterator[Tested]:
    """Judge each example of a policy that was understood (`policies.files.understood`)."""
    for index, example in enumerate(written.example):
        decision = judged(policy.tried or policy, example, find)
        wanted, fired = {*example.rules}, {*decision.rules}
        yield Tested(
            index + 1,
            source.line(("example", index)),
            ", ".join(_facts(source, index)),
            tuple(dict.fromkeys(finding.type for finding in find(example.text))),
            (*decision.rules, *decision.excused),
            tuple(sorted(wanted - fired)),
            tuple(sorted(fired - wanted)),
        )


def _facts(source: Source, index: int) -> Iterator[str]:
    for name, value in source.at(("example", index)).items():
        if name in ExampleTable.model_fields and name not in ("text", "rules"):
            yield f"{name} {value}"
