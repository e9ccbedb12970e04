"""What a policy knows and what it says. `decide` is pure: the same findings and facts give the same decision."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, get_args

from detectors.finding import Finding
from detectors.types import TYPES

Severity = Literal["low", "medium", "high", "critical"]
Effect = Literal["nudge", "alert", "log"]
Mode = Literal["enforce", "simulate"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the mildest to the gravest."""

_OF_TYPES = dict.fromkeys(key for type_ in TYPES if not type_.beside for key in (type_.wording, type_.own))
WORDING_KEYS = (*_OF_TYPES, "distress", "file", "several", "bulk", "external", "generic")
"""Sentences that a nudge can say (section `nudge` of the wording files); a rule picks one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know besides findings.

    `audience` is the number of people who can read the chat; None is unknown and counts as large.
    """

    platform: str = ""
    chat: str = ""
    audience: int | None = None
    sender_role: str = "member"
    edited: bool = False
    forwarded: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy says about one message. No rule fired: `rules` is empty and `severity` is None.

    `rules` are the ids of the rules that fired, gravest first; `wording` are keys of sentences for the nudge in the
    same order, each once; `effects` is a subset of nudge, alert, log.
    `policy` names the policy that judged, `policy_hash` the set that it was in force with;
    `mode` is `enforce` or `simulate`.
    `mute_days` says, rule by rule, for how long a "not personal data" answer silences it for this sender and chat.
    `counted` are the findings that made those rules fire; the others (a sample, a business line) mean nothing here.
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[rule]]`: which findings it counts, how many it needs, where it holds, and what happens then.

    `chats` are patterns for `platform:chat`; `None` for `edited`, `forwarded` and `external` means either way.
    """

    id: str
    types: frozenset[str]
    severity: Severity
    effects: frozenset[str] = frozenset({"nudge", "log"})
    wording: str = "generic"
    mute_days: int = 0
    min_score: float = 0.5
    min_count: int = 1
    min_types: int = 1
    min_people: int = 1
    traits_any: frozenset[str] = frozenset()
    traits_all: frozenset[str] = frozenset()
    traits_none: frozenset[str] = frozenset()
    chats: tuple[str, ...] = ()
    min_audience: int = 0
    edited: bool | None = None
    forwarded: bool | None = None
    external: bool | None = None
    sender_roles: frozenset[str] = frozenset()

    def fires(self, findings: Sequence[Finding], facts: Facts) -> bool:
        """Whether `findings` break this rule where `facts` hold. More findings never undo a yes."""
        counted = [finding for finding in findings if self.counts(finding)]
        return bool(counted) and self._enough(counted) and self._holds(facts)

    def counts(self, finding: Finding) -> bool:
        """Whether this rule is about such a finding."""
        return (
            finding.type in self.types
            and finding.score >= self.min_score
            and self.traits_all <= finding.traits
            and self.traits_none.isdisjoint(finding.traits)
            and not (self.traits_any and self.traits_any.isdisjoint(finding.traits))
        )

    def _enough(self, counted: Sequence[Finding]) -> bool:
        if self.min_count == self.min_types == self.min_people == 1:
            return True
        values = distinct(counted)
        # One row of a list holds one value of each type, so the most frequent type tells how many rows there are.
        people = max(values.values())
        return sum(values.values()) >= self.min_count and len(values) >= self.min_types and people >= self.min_people

    def _holds(self, facts: Facts) -> bool:
        return (
            (facts.audience is None or facts.audience >= self.min_audience)
            and self.edited in (None, facts.edited)
            and self.forwarded in (None, facts.forwarded)
            and self.external in (None, facts.external)
            and (not self.sender_roles or facts.sender_role in self.sender_roles)
            and (not self.chats or any(fnmatchcase(f"{facts.platform}:{facts.chat}", chat) for chat in self.chats))
        )


def distinct(findings: Sequence[Finding]) -> dict[str, int]:
    """How many different values of each entity type there are: equal keys are one, a finding without key is its own."""
    counts: dict[str, int] = {}
    seen: set[tuple[str, bytes]] = set()
    for finding in findings:
        value = (finding.type, finding.key)
        if not finding.key or value not in seen:
            counts[finding.type] = counts.get(finding.type, 0) + 1
            seen.add(value)
    return counts


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy file that was found good. `rules` are kept gravest first.

    `hash` is that of the file's bytes, or in a set of policies the set's.
    """

    name: str
    hash: str
    rules: tuple[Rule, ...]
    mode: Mode = "enforce"
    _quiet: Decision = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rules once for all decisions, and keep ready what is said about most messages."""
        gravest_first = sorted(self.rules, key=lambda rule: -SEVERITIES.index(rule.severity))
        object.__setattr__(self, "rules", tuple(gravest_first))
        object.__setattr__(self, "_quiet", self._decision([]))

    def decide(self, findings: Sequence[Finding], facts: Facts, muted: Set[str] = frozenset()) -> Decision:
        """Judge one message by all its findings; rules whose id is in `muted` stay silent. Order doesn't matter."""
        if not findings:
            return self._quiet
        fired = [rule for rule in self.rules if rule.id not in muted and rule.fires(findings, facts)]
        return self._decision(fired, findings) if fired else self._quiet

    def _decision(self, fired: Sequence[Rule], findings: Sequence[Finding] = ()) -> Decision:
        return Decision(
            rules=tuple(rule.id for rule in fired),
            severity=fired[0].severity if fired else None,
            effects=frozenset().union(*(rule.effects for rule in fired)),
            # Only a rule that nudges has something to say to the sender.
            wording=tuple(dict.fromkeys(rule.wording for rule in fired if "nudge" in rule.effects)),
            mute_days=tuple(rule.mute_days for rule in fired),
            counted=tuple(finding for finding in findings if any(rule.counts(finding) for rule in fired)),
            policy=self.name,
            policy_hash=self.hash,
            mode=self.mode,
        )
