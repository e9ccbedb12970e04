"""Whether the tables of a policy file make sense together: what no field can know by itself, and the examples."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

from detectors.finding import Finding
from detectors.types import NAMES, TRAITS
from policies.chats import ChatPatterns
from policies.conditions.condition import Condition
from policies.conditions.how_many import MinTypes
from policies.conditions.when import FromDate, UntilDate
from policies.conditions.which import TogetherWith, TraitsAll, TraitsAny, TraitsNone, Types
from policies.conditions.who import Senders, SendersNone
from policies.errors import Problem, nearest
from policies.exemption import Exemption
from policies.extends import lone_remove
from policies.policy import WORDING_KEYS, Decision, Policy, Rule
from policies.schema import ExampleTable
from policies.sentences import Sentences, nonsense
from policies.source import Source

Find = Callable[[str], tuple[Finding, ...]]
"""The detector: a text in, findings out."""

_log = logging.getLogger(__name__)


def contradictions(
    source: Source,
    rules: Sequence[Rule],
    exemptions: Sequence[Exemption],
    examples: Sequence[ExampleTable],
    own_types: Set[str],
    own: Sentences,
) -> Iterator[Problem]:
    """Yield what can't be meant: ids used twice, names of nothing, rules that could never fire."""
    ids = [rule.id for rule in rules]
    yield from lone_remove(source)
    for index, rule in enumerate(rules):
        if rule.id in ids[:index]:
            cure = "give each rule an id of its own"
            yield source.problem(("rule", index, "id"), "is the id of an earlier rule", cure)
        for kind in (Senders, SendersNone):
            for unknown in _unknown_groups(condition.wanted) if (condition := rule.condition(kind)) else ():
                cure = _group_cure(unknown, source.raw.get("people", {}))
                yield source.problem(("rule", index, kind.field), _NO_GROUP, cure)
        for field, reason, cure in _nonsense(rule, {*NAMES, *own_types}, (*WORDING_KEYS, *own)):
            yield source.problem(("rule", index, field), reason, cure)
    for steps, reason, cure in nonsense(own, WORDING_KEYS, frozenset(rule.wording for rule in rules)):
        yield source.problem(("wording", *steps), reason, cure)
    yield from _exceptions(source, exemptions, ids)
    for index, example in enumerate(examples):
        for unknown in set(example.rules).difference(ids):
            yield source.problem(("example", index, "rules"), "names a rule that is not there", nearest(unknown, ids))


def _exceptions(source: Source, exemptions: Sequence[Exemption], ids: Sequence[str]) -> Iterator[Problem]:
    groups = source.raw.get("people", {})
    for index, one in enumerate(exemptions):
        if one.id in [*ids, *(earlier.id for earlier in exemptions[:index])]:
            cure = "give each rule and each exception an id of its own"
            yield source.problem(("exception", index, "id"), "is the id of something else already", cure)
        for unknown in sorted(one.rules.difference(ids)):
            cure = nearest(unknown, ids)
            yield source.problem(("exception", index, "rules"), "names a rule that is not there", cure)
        if one.from_date and one.from_date > one.until_date:
            yield source.problem(("exception", index, "until_date"), "lies before from_date", "exchange the two")
        for unknown in _unknown_groups(one.senders):
            yield source.problem(("exception", index, "senders"), _NO_GROUP, _group_cure(unknown, groups))


_NO_GROUP = "names a group of people that is not there"


def _unknown_groups(people: ChatPatterns) -> list[str]:
    """Names that were not replaced by the people of a group."""
    return [name for name in people.written if ":" not in name]


def _group_cure(name: str, groups: Iterable[str]) -> str:
    near = nearest(name, groups) if groups else ""
    return near if near.startswith("did") else f'add it under [people], or write "slack:{name}" for one person'


def _nonsense(rule: Rule, known: Set[str], keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    types = _wanted(rule, Types)
    for kind in (Types, TogetherWith):
        for unknown in _wanted(rule, kind) - known:
            yield kind.field, "names an entity type that nothing finds", nearest(unknown, known)
    if rule.wording not in keys:
        yield "wording", "is not the key of a sentence", nearest(rule.wording, keys)
    if "delete" in rule.effects and "nudge" not in rule.effects:
        yield "effects", "deletes a message without a word to its sender", 'add "nudge" to the effects'
    if (least := rule.condition(MinTypes)) and least.wanted > len(types):
        yield MinTypes.field, "is more than the rule has types", "lower it, or add types"
    first, last = rule.condition(FromDate), rule.condition(UntilDate)
    if first and last and (first.wanted or date.min) > (last.wanted or date.max):
        yield UntilDate.field, "lies before from_date", "exchange the two"
    if (_wanted(rule, TraitsAll) | _wanted(rule, TraitsAny)) & _wanted(rule, TraitsNone):
        yield TraitsNone.field, "excludes a trait that the rule asks for", "keep the trait in one of the lists"


def hint_at_unknown_traits(source: Source, rules: Sequence[Rule]) -> None:
    """Log traits that no shipped recognizer gives: a slip of the pen, or the trait of a recognizer of one's own."""
    for index, rule in enumerate(rules):
        for kind in (TraitsAny, TraitsAll, TraitsNone):
            for unknown in _wanted(rule, kind) - TRAITS:
                reason = "names a trait that no shipped recognizer gives"
                _log.warning("%s", source.problem(("rule", index, kind.field), reason, nearest(unknown, TRAITS)))


def _wanted(rule: Rule, kind: type[Condition[frozenset[str]]]) -> frozenset[str]:
    condition = rule.condition(kind)
    return condition.wanted if condition else frozenset()


def broken_examples(source: Source, policy: Policy, examples: Sequence[ExampleTable], find: Find) -> Iterator[Problem]:
    """Yield the examples that don't hold, by number: their text is not repeated. Rules on trial count too."""
    judge = policy.tried or policy
    cure = "mend the rule, or the example's text or rules"
    for index, example in enumerate(examples):
        try:
            fired = set(judged(judge, example, find).rules)
        except Exception as error:  # noqa: BLE001  # whatever this text does to the detector, the bot must go on
            reason = f"could not be judged ({type(error).__name__})"
            yield source.problem(("example", index), reason, "leave it out, and report this as a bug")
            continue
        if missing := set(example.rules) - fired:
            yield source.problem(("example", index), f"should break {_names(missing)} and does not", cure)
        if extra := fired - set(example.rules):
            yield source.problem(("example", index), f"breaks {_names(extra)} and should not", cure)


def judged(policy: Policy, example: ExampleTable, find: Find) -> Decision:
    """Return what a policy says about an example."""
    findings = [replace(finding, part=example.part) for finding in find(example.text)]
    return policy.decide(findings, example.facts())


def _names(rules: Iterable[str]) -> str:
    return " and ".join(sorted(rules))
