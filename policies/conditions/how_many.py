"""How much there must be of what counts."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from detectors.finding import Finding
from policies.conditions.condition import Condition
from policies.facts import Facts

Count = Annotated[int, Field(ge=1, le=1000)]


class MinCount(Condition[int]):
    """How many different values there must be."""

    field = "min_count"
    written = Annotated[Count, Field(description="a whole number from 1 to 1000: so many different values")]
    default = 1

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return sum(distinct(findings).values()) >= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it wants {self.wanted} values, there are {sum(distinct(findings).values())}"


class MinTypes(Condition[int]):
    """How many different entity types there must be."""

    field = "min_types"
    written = Annotated[Count, Field(description="a whole number from 1 to the number of types in this rule")]
    default = 1

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return len({finding.type for finding in findings}) >= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it wants {self.wanted} types, there are {len({finding.type for finding in findings})}"


class MinPeople(Condition[int]):
    """How many people there must seem to be.

    One row of a list holds one value of each type, so the most frequent type tells how many rows there are; values that
    are plainly one person's (six telephone numbers behind one name) count once.
    """

    field = "min_people"
    written = Annotated[Count, Field(description="a whole number from 1 to 1000: so many people or rows")]
    default = 1

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return people(findings) >= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it wants {self.wanted} people or rows, there may be {people(findings)}"


def people(findings: Sequence[Finding]) -> int:
    """How many people there seem to be; at least one finding is needed."""
    whose = {(one.type, one.part, one.person): one for one in findings if one.person}
    return max(distinct([*(one for one in findings if not one.person), *whose.values()]).values())


def distinct(findings: Iterable[Finding]) -> dict[str, int]:
    """How many different values of each entity type there are: equal keys are one, a finding without key is its own."""
    counts: dict[str, int] = {}
    seen: set[tuple[str, bytes]] = set()
    for finding in findings:
        value = (finding.type, finding.key)
        if not finding.key or value not in seen:
            counts[finding.type] = counts.get(finding.type, 0) + 1
            seen.add(value)
    return counts
