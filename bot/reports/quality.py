"""How right each rule is, as those who were told say themselves: what to look at first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from bot import wording
from bot.incident import CLEANED
from bot.reports.text import lined, moment
from bot.store import Alike, Log
from bot.wording import say
from bot.words import Resolution

ENOUGH = 5
"""Fewer answers say nothing about a rule, and might point at somebody."""
GOOD = 0.8
"""A rule that is right less often wants a look."""


@dataclass(frozen=True, slots=True)
class RuleQuality:
    """A rule's incidents: `right` were cleaned up or given a reason for, `wrong` called not personal data.

    `silent` nobody answered (open or expired). `reasons` counts the codes that were given.
    """

    rule: str
    right: int
    wrong: int
    silent: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def answered(self) -> int:
        """How many incidents say anything about the rule."""
        return self.right + self.wrong

    @property
    def precision(self) -> float | None:
        """The share of answers that say that it was right, 0 to 1; None when there are too few."""
        return self.right / self.answered if self.answered >= ENOUGH else None

    @classmethod
    def of(cls, rule: str, incidents: Sequence[Alike]) -> Self:
        """Count a rule's incidents."""
        reasons: Counter[str] = Counter()
        for alike in incidents:
            if alike.resolution is Resolution.REASON:
                reasons[alike.reason] += alike.count
        right = sum(one.count for one in incidents if one.resolution in CLEANED) + reasons.total()
        wrong = sum(one.count for one in incidents if one.resolution is Resolution.FALSE_ALARM)
        silent = sum(one.count for one in incidents) - right - wrong
        return cls(rule, right, wrong, silent, tuple(reasons.most_common()))


def gather(log: Log, since: float, until: float, chat: str | None = None) -> tuple[RuleQuality, ...]:
    """Judge the rules by the incidents posted in [since, until), the ones to look at first foremost.

    An answer is about the whole message, so it counts for each rule that fired over it. Trials don't count.
    """
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    fired: dict[str, list[Alike]] = {}
    for alike in log.alike(since, until, platform, chat_id):
        for rule in alike.rules if not alike.simulated else ():
            fired.setdefault(rule, []).append(alike)
    return tuple(sorted((RuleQuality.of(rule, some) for rule, some in fired.items()), key=_worst_first))


def _worst_first(rule: RuleQuality) -> tuple[bool, float, int, str]:
    precision = rule.precision
    return precision is None, 1.0 if precision is None else precision, -rule.answered, rule.rule


def render(rules: Sequence[RuleQuality], since: float, until: float, language: str) -> str:
    """Write the rules as text, ending with a newline."""
    period = say(language, "report.period", since=moment(since), until=moment(until))
    rows = [(rule.rule, _line(rule, language)) for rule in rules]
    first = [rule.rule for rule in rules if rule.precision is not None and rule.precision < GOOD]
    blocks = [
        [say(language, "quality.title", period=period)],
        lined(language, "rule", rows) or [say(language, "report.none")],
        [say(language, "quality.first", rules=wording.listed(language, tuple(first)))] if first else [],
        [say(language, "quality.how")],
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _line(rule: RuleQuality, language: str) -> str:
    words = [say(language, "quality.silent", count=rule.silent)] if rule.silent else []
    if rule.precision is None:
        return " · ".join([say(language, "quality.few", count=rule.answered), *words])
    share = say(language, "quality.right", percent=round(100 * rule.precision), right=rule.right, count=rule.answered)
    return " · ".join([share, *words, *_reasons(rule.reasons, language)])


def _reasons(reasons: Iterable[tuple[str, int]], language: str) -> list[str]:
    known = [(f"reason.{code}", count) for code, count in reasons]
    return [f"{say(language, key)}: {count}" for key, count in known if wording.has(key)]
