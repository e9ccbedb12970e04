"""How right each rule is, as those who were told say themselves: what to look at first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from bot import wording
from bot.incident import CLEANED
from bot.reports.text import lined, moment
from bot.store import Alike, Log, SampleRow
from bot.wording import say
from bot.wording.refresher import of_year
from bot.words import Action, Resolution
from policies.conditions.when import HERE

ENOUGH = 5
"""Fewer answers say nothing about a rule, and might point at somebody."""
GOOD = 0.8
"""A rule that is right less often wants a look."""


@dataclass(frozen=True, slots=True)
class RuleQuality:
    """A rule's incidents: `right` were cleaned up or given a reason for, `wrong` called not personal data.

    `silent` nobody answered (open or expired). `reasons` counts the codes that were given. Of `sampled` ones, which
    admins looked at, `sampled_right` were right.
    """

    rule: str
    right: int
    wrong: int
    silent: int
    reasons: tuple[tuple[str, int], ...]
    sampled: int = 0
    sampled_right: int = 0

    @property
    def answered(self) -> int:
        """How many incidents say anything about the rule."""
        return self.right + self.wrong

    @property
    def precision(self) -> float | None:
        """The share of answers that say that it was right, 0 to 1; None when there are too few."""
        return self.right / self.answered if self.answered >= ENOUGH else None

    @classmethod
    def of(cls, rule: str, incidents: Sequence[Alike], samples: Sequence[SampleRow] = ()) -> Self:
        """Count a rule's incidents."""
        reasons: Counter[str] = Counter()
        for alike in incidents:
            if alike.resolution is Resolution.REASON:
                reasons[alike.reason] += alike.count
        right = sum(one.count for one in incidents if one.resolution in CLEANED) + reasons.total()
        wrong = sum(one.count for one in incidents if one.resolution is Resolution.FALSE_ALARM)
        silent = sum(one.count for one in incidents) - right - wrong
        checked = [one.right for one in samples if rule in one.rules]
        return cls(rule, right, wrong, silent, tuple(reasons.most_common()), len(checked), sum(checked))


def gather(log: Log, since: float, until: float, chat: str | None = None) -> tuple[RuleQuality, ...]:
    """Judge the rules by the incidents posted in [since, until), the ones to look at first foremost.

    An answer is about the whole message, so it counts for each rule that fired over it. Trials don't count.
    """
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    fired: dict[str, list[Alike]] = {}
    for alike in log.alike(since, until, platform, chat_id):
        for rule in alike.rules if not alike.simulated else ():
            fired.setdefault(rule, []).append(alike)
    samples = log.samples(since, until, platform, chat_id)
    return tuple(sorted((RuleQuality.of(rule, some, samples) for rule, some in fired.items()), key=_worst_first))


@dataclass(frozen=True, slots=True)
class Checks:
    """What admins said of the samples, and how the refresher of `year` went: counts, and nobody's answers."""

    samples: int
    right: int
    year: int
    taken: int
    answers: int
    correct: int


def checks(log: Log, since: float, until: float, chat: str | None = None) -> Checks:
    """Count the samples of [since, until), and the answers of the refresher of its last year."""
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    samples = log.samples(since, until, platform, chat_id)
    year = datetime.fromtimestamp(until, ZoneInfo(HERE)).year
    given = log.refreshed(year)
    asked = {number: Action.POST if one.post else Action.KEEP for number, one in enumerate(of_year(year), 1)}
    correct = sum(given.get((number, answer), 0) for number, answer in asked.items())
    taken = sum(count for (number, _), count in given.items() if number == len(asked))
    return Checks(len(samples), sum(one.right for one in samples), year, taken, sum(given.values()), correct)


def _worst_first(rule: RuleQuality) -> tuple[bool, float, int, str]:
    precision = rule.precision
    return precision is None, 1.0 if precision is None else precision, -rule.answered, rule.rule


def render(rules: Sequence[RuleQuality], checked: Checks, since: float, until: float, language: str) -> str:
    """Write the rules as text, ending with a newline."""
    period = say(language, "report.period", since=moment(since), until=moment(until))
    rows = [(rule.rule, _line(rule, language)) for rule in rules]
    first = [rule.rule for rule in rules if rule.precision is not None and rule.precision < GOOD]
    blocks = [
        [say(language, "quality.title", period=period)],
        lined(language, "rule", rows) or [say(language, "report.none")],
        [say(language, "quality.first", rules=wording.listed(language, tuple(first)))] if first else [],
        [say(language, "quality.how")],
        _checks(checked, language),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _checks(checked: Checks, language: str) -> list[str]:
    lines = []
    if checked.samples:
        share = round(100 * checked.right / checked.samples)
        lines.append(say(language, "quality.samples", percent=share, right=checked.right, count=checked.samples))
    if checked.answers:
        share = round(100 * checked.correct / checked.answers)
        lines.append(say(language, "quality.refresher", year=str(checked.year), count=checked.taken, percent=share))
    return lines


def _line(rule: RuleQuality, language: str) -> str:
    words = [say(language, "quality.silent", count=rule.silent)] if rule.silent else []
    words += [say(language, "quality.sampled", right=rule.sampled_right, count=rule.sampled)] if rule.sampled else []
    if rule.precision is None:
        return " · ".join([say(language, "quality.few", count=rule.answered), *words])
    share = say(language, "quality.right", percent=round(100 * rule.precision), right=rule.right, count=rule.answered)
    return " · ".join([share, *words, *_reasons(rule.reasons, language)])


def _reasons(reasons: Iterable[tuple[str, int]], language: str) -> list[str]:
    known = [(f"reason.{code}", count) for code, count in reasons]
    return [f"{say(language, key)}: {count}" for key, count in known if wording.has(key)]
