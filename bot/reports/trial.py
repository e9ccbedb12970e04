"""What a trial would have done beside what was done: more and less by rule, type and group, with ids as examples."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.names import GroupNames
from bot.reports.text import lined, moment, type_name
from bot.store import Log, TrialRow, Verdict
from bot.wording import say
from policies.policy import SEVERITIES
from policies.trial import Trial

EXAMPLES = 5
"""How many messages are named, by id, for each direction."""

Difference = tuple[str, int, int]
"""What it is about, how many messages more, and how many fewer."""


@dataclass(frozen=True, slots=True)
class TrialFigures:
    """One trial's messages in [since, until): those where it or the policies in force said anything.

    `nudges` are how many more and fewer private words it would have brought, `graver` and `milder` count messages that
    both speak of. `editions` is how many policy sets were on trial in that time.
    """

    trial: str
    editions: int
    messages: int
    nudges: tuple[int, int]
    graver: int
    milder: int
    rules: tuple[Difference, ...]
    types: tuple[Difference, ...]
    groups: tuple[Difference, ...]
    more: tuple[str, ...]
    fewer: tuple[str, ...]


def gather(log: Log, since: float, until: float, chat: str | None = None) -> tuple[TrialFigures, ...]:
    """Compare what was judged in [since, until), in one chat (`platform:chat id`) or in all; nothing for no trial."""
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    rows = log.trials(since, until, platform, chat_id)
    return tuple(_figures(trial, some) for trial in Trial if (some := [row for row in rows if row.trial == trial]))


def _figures(trial: str, rows: Sequence[TrialRow]) -> TrialFigures:
    both = [row for row in rows if row.would.rules and row.does.rules]
    steps = [SEVERITIES.index(row.would.severity) - SEVERITIES.index(row.does.severity) for row in both]
    return TrialFigures(
        trial=trial,
        editions=len({row.policy_hash for row in rows}),
        messages=len(rows),
        nudges=(
            sum(row.would.nudges and not row.does.nudges for row in rows),
            sum(row.does.nudges and not row.would.nudges for row in rows),
        ),
        graver=sum(step > 0 for step in steps),
        milder=sum(step < 0 for step in steps),
        rules=_differences(rows, lambda _, verdict: verdict.rules),
        types=_differences(rows, lambda _, verdict: verdict.types),
        groups=_differences(rows, lambda row, verdict: (f"{row.platform}:{row.chat}",) if verdict.rules else ()),
        more=_named(row for row in rows if {*row.would.rules} - {*row.does.rules}),
        fewer=_named(row for row in rows if {*row.does.rules} - {*row.would.rules}),
    )


def _differences(
    rows: Iterable[TrialRow], about: Callable[[TrialRow, Verdict], tuple[str, ...]]
) -> tuple[Difference, ...]:
    more: Counter[str] = Counter()
    fewer: Counter[str] = Counter()
    for row in rows:
        would, does = {*about(row, row.would)}, {*about(row, row.does)}
        more.update(would - does)
        fewer.update(does - would)
    names = sorted({*more, *fewer}, key=lambda name: (-more[name] - fewer[name], name))
    return tuple((name, more[name], fewer[name]) for name in names)


def _named(rows: Iterable[TrialRow]) -> tuple[str, ...]:
    """The newest messages, by ids alone."""
    return tuple(f"{row.platform}:{row.chat}/{row.message}" for row in rows)[: -EXAMPLES - 1 : -1]


def render(figures: Sequence[TrialFigures], since: float, until: float, groups: GroupNames, language: str) -> str:
    """Write the figures as text, ending with a newline; `groups` says how the configuration calls groups."""
    period = say(language, "report.period", since=moment(since), until=moment(until))
    blocks = [[say(language, "trial.title", period=period)]]
    for one in figures:
        blocks += _blocks(one, groups, language)
    if not figures:
        blocks.append([say(language, "trial.none")])
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _blocks(one: TrialFigures, groups: GroupNames, language: str) -> list[list[str]]:
    head = [say(language, f"trial.{one.trial}"), say(language, "trial.messages", count=one.messages)]
    head.append(say(language, "trial.nudges", more=one.nudges[0], fewer=one.nudges[1]))
    head.append(say(language, "trial.severity", graver=one.graver, milder=one.milder))
    if one.editions > 1:
        head.append(say(language, "trial.editions", count=one.editions))
    sections = {
        "rule": one.rules,
        "type": [(type_name(language, name), *counts) for name, *counts in one.types],
        "group": [(groups.configured(*name.split(":", 1)) or name, *counts) for name, *counts in one.groups],
    }
    tables = [
        lined(language, title, [(str(name), f"+{more} · −{fewer}") for name, more, fewer in rows])
        for title, rows in sections.items()
    ]
    examples = [
        say(language, f"trial.{name}", ids=", ".join(ids))
        for name, ids in (("more", one.more), ("fewer", one.fewer))
        if ids
    ]
    return [head, *tables, examples]
