"""What a policy knows and what it says. `decide` is pure: the same findings and facts give the same decision."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, get_args

from detectors.finding import Finding
from detectors.types import TYPES
from policies.conditions.condition import Company, Condition, Narrowing
from policies.conditions.over_time import LONGEST, MOST, Messages, Within
from policies.counting import Plans, Selection, counts
from policies.exemption import Exemption
from policies.facts import Earlier, Facts
from policies.pace import Pace
from policies.sentences import Sentences

Severity = Literal["low", "medium", "high", "critical"]
Effect = Literal["nudge", "alert", "digest", "delete", "log"]
Mode = Literal["enforce", "simulate"]
Kind = TypeVar("Kind", bound=Condition[Any])

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the mildest to the gravest."""

_OF_TYPES = dict.fromkeys(key for type_ in TYPES if not type_.beside for key in (type_.wording, type_.own))
WORDING_KEYS = (*_OF_TYPES, "distress", "file", "several", "gathered", "doxxing", "bulk", "external", "generic")
"""Sentences that a nudge can say (section `nudge` of the wording files); a rule picks one."""


ANY_PACE = Pace()

CHECKED = frozenset(type_.name for type_ in TYPES if "check_digit" in type_.evidence)
"""Types whose numbers carry a check digit: these are hardly ever taken for something else, so no answer mutes them."""

Mute = tuple[str, str]
"""A rule, and the entity type that it does not count for somebody; '' is every type."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy says about one message. No rule fired: `rules` is empty and `severity` is None.

    `rules` are the ids of the rules that fired, gravest first; `wording` are keys of sentences for the nudge in the
    same order, each once; `effects` is a subset of nudge, alert, digest, delete, log.
    `policy` names the policy that judged, `policy_hash` the set that it was in force with;
    `mode` is `enforce` or `simulate`.
    `mute_days` says, rule by rule, for how long a "not personal data" answer silences it for this sender and chat.
    `excused` are the codes of the exceptions that kept rules silent; it is logged then, and nobody is told.
    `counted` are the findings that made those rules fire; the others (a sample, a business line) mean nothing here.
    `gathered` is how many earlier messages of the sender they needed besides.
    `protects` is what those rules protect, as their authors cite it, each once; those of the gravest rule first.
    `pace` says how often and when people are told.
    """

    rules: tuple[str, ...] = ()
    severity: str | None = None
    effects: frozenset[str] = frozenset()
    wording: tuple[str, ...] = ()
    mute_days: tuple[int, ...] = ()
    policy: str = ""
    policy_hash: str = ""
    mode: str = "enforce"
    counted: tuple[Finding, ...] = field(default=(), compare=False, repr=False)
    excused: tuple[str, ...] = ()
    gathered: int = 0
    protects: tuple[str, ...] = ()
    pace: Pace = ANY_PACE


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[rule]]`: the conditions under which it fires, and what happens then.

    `conditions` are in the order of `CONDITIONS`. `selection` are those that choose which findings count, `company`
    those that look at what else was found.
    `mode` simulate: the rule is on trial, and what it would do is counted beside what is done.
    `protects` is what it is there for, as its author cites it: a principle, a paragraph of a code.
    """

    id: str
    severity: Severity
    conditions: tuple[Condition[Any], ...]
    effects: frozenset[str] = frozenset({"nudge", "log"})
    wording: str = "generic"
    mute_days: int = 0
    mode: Mode = "enforce"
    protects: tuple[str, ...] = ()
    selection: Selection = field(init=False, repr=False, compare=False)
    company: tuple[Company[Any], ...] = field(init=False, repr=False, compare=False)
    gathers: bool = field(init=False, repr=False, compare=False)
    _reach: tuple[float, int] = field(init=False, repr=False, compare=False)
    others: tuple[Condition[Any], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Part the conditions once for all decisions."""
        selection = tuple(condition for condition in self.conditions if isinstance(condition, Narrowing))
        company = tuple(condition for condition in self.conditions if isinstance(condition, Company))
        others = tuple(condition for condition in self.conditions if not isinstance(condition, Narrowing | Company))
        object.__setattr__(self, "selection", selection)
        object.__setattr__(self, "company", company)
        within, messages = self.condition(Within), self.condition(Messages)
        object.__setattr__(self, "gathers", bool(within or messages))
        reach = within.seconds if within else LONGEST, messages.wanted if messages else MOST
        object.__setattr__(self, "_reach", reach)
        object.__setattr__(self, "others", others)

    def fires(self, counted: Sequence[Finding], facts: Facts) -> bool:
        """Whether the rule fires over the findings that its selection left, at least one."""
        for condition in self.others:  # noqa: SIM110  # a loop: all() takes twice as long, for each rule and message
            if not condition.holds(counted, facts):
                return False
        return True

    def completed(self, counted: Sequence[Finding], facts: Facts) -> int:
        """How many earlier messages these findings complete a picture with, so that the rule fires; 0 when it doesn't.

        A picture that was complete before is not completed again.
        """
        before = [found for earlier in facts.earlier if (found := self._reached(earlier))]
        known = [finding for found in before for finding in found]
        if not known or self.fires(known, facts) or not self.fires([*known, *counted], facts):
            return 0
        return len(before)

    def _reached(self, earlier: Earlier) -> list[Finding]:
        seconds, messages = self._reach
        if earlier.ago > seconds or earlier.back >= messages:
            return []
        return [finding for finding in earlier.findings if counts(self.selection, finding)]

    def why_silent(self, findings: Sequence[Finding], facts: Facts) -> str:
        """Say what the first condition that does not hold wants; empty when the rule fires."""
        for condition in self.conditions:
            if not condition.holds(findings, facts):
                return condition.says(findings, facts)
            findings = condition.left(findings)
        return ""

    def condition(self, kind: type[Kind]) -> Kind | None:
        """Return the condition of this kind, if the rule has one."""
        return next((condition for condition in self.conditions if isinstance(condition, kind)), None)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy file that was found good. `rules` are kept gravest first.

    `hash` is that of the file's bytes, or in a set of policies the set's.
    `needs` names the facts that platforms ask for only where a rule looks at them.
    `gathers`: a rule looks at what a sender wrote before, so that has to be remembered for a while.
    `sentences` are its own, which nudges about what it judged say in place of the shipped ones.
    `tried` is the same policy with its rules on trial in force; None when none is on trial.
    """

    name: str
    hash: str
    rules: tuple[Rule, ...]
    mode: Mode = "enforce"
    exemptions: tuple[Exemption, ...] = ()
    pace: Pace = ANY_PACE
    sentences: Sentences = field(default_factory=dict, repr=False, compare=False)
    needs: frozenset[str] = field(init=False, repr=False, compare=False)
    tried: "Policy | None" = field(init=False, repr=False, compare=False)
    gathers: bool = field(init=False, repr=False, compare=False)
    _plans: Plans[Rule] = field(init=False, repr=False, compare=False)
    _quiet: Decision = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rules once for all decisions, and keep ready what is said about most messages."""
        gravest_first = sorted(self.rules, key=lambda rule: -SEVERITIES.index(rule.severity))
        needs = frozenset[str]().union(*(condition.needs for rule in self.rules for condition in rule.conditions))
        object.__setattr__(self, "rules", tuple(gravest_first))
        object.__setattr__(self, "needs", needs)
        object.__setattr__(self, "gathers", any(rule.gathers for rule in self.rules))
        object.__setattr__(self, "tried", self._tried())
        in_force = [(place, rule) for place, rule in enumerate(gravest_first) if rule.mode == "enforce"]
        object.__setattr__(self, "_plans", Plans(in_force))
        object.__setattr__(self, "_quiet", self._decision(()))

    @property
    def removes(self) -> bool:
        """Whether some messages are taken out of the chats that it judges."""
        in_force = (rule for rule in self.rules if rule.mode == "enforce")
        return self.mode == "enforce" and any("delete" in rule.effects for rule in in_force)

    def _tried(self) -> "Policy | None":
        if all(rule.mode == "enforce" for rule in self.rules):
            return None
        return replace(self, rules=tuple(replace(rule, mode="enforce") for rule in self.rules))

    def decide(self, findings: Sequence[Finding], facts: Facts, muted: Set[Mute] = frozenset()) -> Decision:
        """Judge one message by all its findings, but for types that a rule is muted for. Order doesn't matter."""
        if not findings:
            return self._quiet
        fired, reasons, gathered = self._fired(findings, facts, muted)
        return self._decision(fired, findings, reasons, facts, gathered) if fired else self._quiet

    def excuse(self, rule: Rule, facts: Facts) -> Exemption | None:
        """Return the exception that keeps a rule silent, if there is one."""
        covering = (one for one in self.exemptions if rule.id in one.rules and one.covers(facts))
        return next(covering, None)

    def _fired(
        self, findings: Sequence[Finding], facts: Facts, muted: Set[Mute]
    ) -> tuple[Sequence[Rule], Sequence[Finding], int]:
        """Return the rules that fire, in their order, the findings that made them, and how many earlier messages."""
        gathered = 0
        fired: list[tuple[int, Rule]] = []
        reasons: list[Finding] = []
        for asking in self._plans.of(findings):
            counted = [findings[position] for position in asking.positions]
            for some, heard in _hearing(asking.rules, counted, muted) if muted else ((asking.rules, counted),):
                first = some[0][1]
                alone = not first.others or first.fires(heard, facts)
                with_others = first.completed(heard, facts) if first.gathers and not alone else 0
                if alone or with_others:
                    fired += some
                    reasons += heard
                    gathered = max(gathered, with_others)
        fired.sort()
        return [rule for _, rule in fired], reasons, gathered

    def _decision(
        self,
        fired: Sequence[Rule],
        findings: Sequence[Finding] = (),
        reasons: Sequence[Finding] = (),
        facts: Facts | None = None,
        gathered: int = 0,
    ) -> Decision:
        behind = set(map(id, reasons))
        excuses: list[Exemption] = []
        if self.exemptions and facts:
            excused = [(rule, self.excuse(rule, facts)) for rule in fired]
            fired = [rule for rule, excuse in excused if excuse is None]
            excuses = [excuse for _, excuse in excused if excuse]
        return Decision(
            rules=tuple([rule.id for rule in fired]),
            severity=fired[0].severity if fired else None,
            effects=frozenset().union(*[rule.effects for rule in fired]),
            # Only a rule that nudges has something to say to the sender.
            wording=tuple(dict.fromkeys([rule.wording for rule in fired if "nudge" in rule.effects])),
            mute_days=tuple([rule.mute_days for rule in fired]),
            counted=tuple([finding for finding in findings if id(finding) in behind]),
            policy=self.name,
            policy_hash=self.hash,
            mode=self.mode,
            excused=tuple(dict.fromkeys([excuse.code for excuse in excuses])),
            gathered=gathered,
            protects=tuple(dict.fromkeys([tag for rule in fired for tag in rule.protects])),
            pace=self.pace,
        )


def _hearing(
    rules: Sequence[tuple[int, Rule]], counted: Sequence[Finding], muted: Set[Mute]
) -> Iterator[tuple[Sequence[tuple[int, Rule]], Sequence[Finding]]]:
    """Give rules one by one with the findings that count for them although somebody called them wrong."""
    for place, rule in rules:
        silent = (rule.id, "") in muted
        heard = [
            finding
            for finding in counted
            if finding.type in CHECKED or not (silent or (rule.id, finding.type) in muted)
        ]
        if heard:
            yield ((place, rule),), heard
