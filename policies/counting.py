"""What a policy has to ask about some findings, worked out once for all messages with findings of the same kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from detectors.finding import Finding
from policies.conditions.condition import Company, Condition, Narrowing
from policies.facts import UNKNOWN

Selection = tuple[Narrowing[Any], ...]
"""The conditions of a rule that choose which findings count."""

MOST = 1024
"""Plans that are remembered; messages of a day bring some dozens."""


class Alike(Protocol):
    """What is asked of a rule here."""

    @property
    def selection(self) -> Selection:
        """Which findings count."""
        ...

    @property
    def company(self) -> tuple[Company[Any], ...]:
        """What else must be found."""
        ...

    @property
    def others(self) -> tuple[Condition[Any], ...]:
        """What else must hold of them."""
        ...

    @property
    def gathers(self) -> bool:
        """Whether it looks at what was found before, so that its own selection is asked again."""
        ...


R = TypeVar("R", bound=Alike)
Placed = tuple[int, R]
"""A rule, and its place among all."""


@dataclass(frozen=True, slots=True)
class Asking(Generic[R]):
    """Rules that count the same of the findings, by position, and ask the same of them: they fire together."""

    rules: tuple[Placed[R], ...]
    positions: tuple[int, ...]


class Plans(Generic[R]):
    """Says what there is to ask. A rule whose findings are none is not asked at all.

    All that a selection and what must be found besides see of a finding is its type, score, traits and part
    (`Narrowing`, `Company`), so findings of the same kinds have the same plan: no place, no value, nothing of a message
    is remembered.
    """

    __slots__ = ("_known", "_selections")

    def __init__(self, rules: Sequence[Placed[R]]) -> None:
        others: dict[object, int] = {}
        self._selections: dict[Selection, list[tuple[int, Placed[R]]]] = {}
        for place, rule in rules:
            asks = others.setdefault((rule.others, place if rule.gathers else None), len(others))
            self._selections.setdefault(rule.selection, []).append((asks, (place, rule)))
        self._known: dict[object, tuple[Asking[R], ...]] = {}

    def of(self, findings: Sequence[Finding]) -> tuple[Asking[R], ...]:
        """Return what is to be asked about these findings."""
        kinds = tuple([(one.type, one.score, one.traits, one.part) for one in findings])
        plan = self._known.get(kinds)
        if plan is None:
            if len(self._known) >= MOST:
                self._known.clear()
            plan = self._known[kinds] = self._plan(findings)
        return plan

    def _plan(self, findings: Sequence[Finding]) -> tuple[Asking[R], ...]:
        together: dict[tuple[int, tuple[int, ...]], list[Placed[R]]] = {}
        for selection, rules in self._selections.items():
            if counted := tuple([place for place, finding in enumerate(findings) if counts(selection, finding)]):
                for asks, placed in rules:
                    if _accompanied(placed[1].company, findings):
                        together.setdefault((asks, counted), []).append(placed)
        return tuple([Asking(tuple(rules), counted) for (_, counted), rules in together.items()])


def counts(selection: Selection, finding: Finding) -> bool:
    """Whether a finding counts for rules with this selection."""
    for condition in selection:  # noqa: SIM110  # a loop: all() takes twice as long
        if not condition.counts(finding):
            return False
    return True


def _accompanied(company: tuple[Company[Any], ...], findings: Sequence[Finding]) -> bool:
    return all(condition.holds(findings, UNKNOWN) for condition in company)
