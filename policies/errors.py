"""What is wrong with a policy file: one sentence with the file, the place, the reason and the cure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `place` says where in the file, e.g. `rule "hkid", field min_score, line 12`; '' = all of it.

    Never holds the text of an example.
    """

    file: str
    place: str
    reason: str
    cure: str

    def __str__(self) -> str:
        """Say it in one sentence."""
        return f"{': '.join(filter(None, (self.file, self.place, self.reason)))}; {self.cure}"


class PolicyError(ValueError):
    """A policy can't be used; says everything that was found wrong with it, a line for each problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Carry `problems`, at least one."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

    @property
    def first(self) -> Problem:
        """The problem to mend first: its file, place, reason and cure."""
        return self.problems[0]
