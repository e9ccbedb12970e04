"""Which findings count: by their type, score and traits."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from detectors.finding import Finding
from policies.conditions.condition import Company, Narrowing
from policies.facts import PARTS, Facts

Trait = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Traits = Annotated[frozenset[Trait], Field(strict=False)]

SURE = 0.5
"""Findings with a lower score are guesses."""


class Types(Narrowing[frozenset[str]]):
    """Which entity types count."""

    field = "types"
    written = Annotated[
        frozenset[str],
        Field(strict=False, min_length=1, description='one or more entity types, such as ["HKID", "PHONE_NUMBER"]'),
    ]
    default = ...  # it must be there

    def counts(self, finding: Finding) -> bool:
        return finding.type in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return "nothing of its types was found"


class TogetherWith(Company[frozenset[str]]):
    """Only where one of these types is found in the message too, whatever else the rule counts."""

    field = "together_with"
    written = Annotated[
        frozenset[str], Field(strict=False, description='a list of entity types, such as ["HOSTILE_WORDS"]')
    ]
    default = frozenset()

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return any(finding.type in self.wanted and finding.score >= SURE for finding in findings)

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it wants {' or '.join(sorted(self.wanted))} in the message too"


class MinScore(Narrowing[float]):
    """How sure the detector must be."""

    field = "min_score"
    written = Annotated[float, Field(ge=0, le=1, description="a number from 0 to 1, such as 0.75")]
    default = SURE

    @classmethod
    def of(cls, wanted: float) -> Self:
        """Return the condition also where nobody wrote it: weaker findings are guesses."""
        return cls(wanted)

    def counts(self, finding: Finding) -> bool:
        return finding.score >= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"every score is below {self.wanted:g}"


class TraitsAny(Narrowing[frozenset[str]]):
    """Findings with none of these traits don't count."""

    field = "traits_any"
    written = Annotated[Traits, Field(description='a list of traits, such as ["own"]')]
    default = frozenset()

    def counts(self, finding: Finding) -> bool:
        return not self.wanted.isdisjoint(finding.traits)

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        one = "the trait" if len(self.wanted) == 1 else "one of the traits"
        return f"it wants {one} {', '.join(sorted(self.wanted))}"


class TraitsAll(Narrowing[frozenset[str]]):
    """Findings without all of these traits don't count."""

    field = "traits_all"
    written = Annotated[Traits, Field(description='a list of traits, such as ["own"]')]
    default = frozenset()

    def counts(self, finding: Finding) -> bool:
        return self.wanted <= finding.traits

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        missing = min((self.wanted - finding.traits for finding in findings), key=len)
        return f"it wants the trait{'s' if len(missing) > 1 else ''} {' and '.join(sorted(missing))}"


class TraitsNone(Narrowing[frozenset[str]]):
    """Findings with one of these traits don't count."""

    field = "traits_none"
    written = Annotated[Traits, Field(description='a list of traits, such as ["business", "sample"]')]
    default = frozenset()

    def counts(self, finding: Finding) -> bool:
        return self.wanted.isdisjoint(finding.traits)

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        found = frozenset[str]().union(*(finding.traits for finding in findings))
        return f"it leaves out what is {' or '.join(sorted(self.wanted & found))}"


class Parts(Narrowing[frozenset[str]]):
    """Only what stands there in the message; where nobody says so, it may stand anywhere."""

    field = "parts"
    written = Annotated[
        frozenset[Literal[PARTS]],  # type: ignore[valid-type]  # the words are data
        Field(strict=False, description='a list of parts of a message, such as ["file_name", "caption"]'),
    ]
    default = frozenset()

    def counts(self, finding: Finding) -> bool:
        return not finding.part or finding.part in self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        found = dict.fromkeys(finding.part for finding in findings)
        return f"it stands in the {' and the '.join(found)}, it wants the {' or the '.join(sorted(self.wanted))}"
