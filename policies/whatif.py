"""What a policy would have said of a message, by what the log kept of it: codes, counts and scores.

What the log does not hold is tried every way that it may have been: where all ways end alike the answer is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from detectors.finding import Finding
from policies.conditions.condition import Condition
from policies.conditions.file import FILE_KINDS, OfFile
from policies.conditions.how_many import MinCount, MinPeople, MinTypes
from policies.conditions.who import Senders, SendersNone
from policies.facts import Facts, Role
from policies.policy import SEVERITIES, Decision, Policy, Rule

KEPT = ("audience", "sender_role", "edited", "forwarded", "external", "file_kind", "protected")
"""The facts of a judgement that the log keeps besides its ids. The size of a file is none of them."""

NO_FILE: Mapping[str, Any] = {"file_kind": "", "protected": False}
"""What is known of words that stand in no file."""

_WAYS: Mapping[str, tuple[Any, ...]] = {
    "sender_role": (None, *Role),
    "edited": (False, True),
    "forwarded": (False, True),
    "external": (False, True),
    "file_kind": FILE_KINDS,
    "protected": (False, True),
}
"""What may have been where an older log did not keep it."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One judgement, of a message's words or of one of its files.

    `findings` are without their places, `facts` (names of `Facts`) what is known of it. `cut`: there were more findings
    than the log keeps.
    """

    findings: Sequence[Finding] = field(repr=False)
    facts: Mapping[str, Any]
    cut: bool = False


def kept(facts: Facts) -> dict[str, Any]:
    """Return the facts that are worth keeping of a judgement, as codes, counts, true and false."""
    return {name: getattr(facts, name) for name in KEPT}


def known(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Read what `kept` wrote, from JSON; names that this version does not know are left out."""
    facts = {name: value for name, value in stored.items() if name in KEPT}
    return facts | ({"sender_role": Role(role)} if (role := facts.get("sender_role")) else {})


def replay(policy: Policy, logged: Sequence[Logged]) -> Decision | None:
    """Return what `policy` would have said of a message's words and its files together; None where the log can't tell.

    Each is judged by itself, as it was. At least one is needed.
    """
    decisions = [_replayed(policy, one) for one in logged]
    told = [decision for decision in decisions if decision]
    return _together(told) if len(told) == len(decisions) else None


def _together(decisions: Sequence[Decision]) -> Decision:
    first = max(decisions, key=lambda one: SEVERITIES.index(one.severity) if one.severity in SEVERITIES else -1)
    rules = tuple(dict.fromkeys(rule for one in (first, *decisions) for rule in one.rules))
    return replace(first, rules=rules, effects=frozenset[str]().union(*(one.effects for one in decisions)))


def _replayed(policy: Policy, logged: Logged) -> Decision | None:
    if logged.cut:
        return None
    first, *others = {_told(decision): decision for decision in _decisions(policy, logged)}.values()
    return None if others else first


def _decisions(policy: Policy, logged: Logged) -> Iterator[Decision]:
    unknown = {name: ways for name, ways in _WAYS.items() if name not in logged.facts}
    for judge, ways in product(_readings(policy, logged.facts), product(*unknown.values())):
        facts = Facts(**{**logged.facts, **dict(zip(unknown, ways, strict=True))})
        yield judge.decide(logged.findings, facts)


def _readings(policy: Policy, facts: Mapping[str, Any]) -> tuple[Policy, ...]:
    """The policy with every condition that the log can't answer held, and with none of them held."""
    if all(_certain(rule, facts) for rule in policy.rules):
        return (policy,)
    held = tuple(replace(rule, conditions=tuple(_kept_of(rule))) for rule in policy.rules)
    failed = tuple(rule for rule in policy.rules if _certain(rule, facts))
    return replace(policy, rules=held), replace(policy, rules=failed)


def _certain(rule: Rule, facts: Mapping[str, Any]) -> bool:
    """Whether the log answers all that a rule asks: it may count too many people, and may not know who wrote.

    What stands in no file has no size either.
    """
    unsure = (MinPeople,) if facts.get("sender") else (MinPeople, Senders, SendersNone)
    fileless = facts.get("file_kind") == ""
    return all(
        (condition.logged and not isinstance(condition, unsure)) or (fileless and isinstance(condition, OfFile))
        for condition in rule.conditions
    )


def _kept_of(rule: Rule) -> Iterator[Condition[Any]]:
    """The conditions that the log can answer; how much there was is not among them where earlier messages count too."""
    for condition in rule.conditions:
        if condition.logged and not (rule.gathers and isinstance(condition, MinCount | MinTypes | MinPeople)):
            yield condition


def _told(decision: Decision) -> tuple[object, ...]:
    return decision.rules, decision.severity, decision.effects
