"""What is wrong with a policy file: one sentence with the file, the place, the reason and the cure."""

import difflib
from collections.abc import Iterable, Sequence
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


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a cure for `word`, which isn't among the `known` ones."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, 1)
    return f"did you mean {near[0]}?" if near else f"use one of {', '.join(words)}"
