"""Trials and the quality of rules for spreadsheets and programs: codes and counts, groups by their configured names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.names import GroupNames
from bot.reports.csv import Row, period_rows, table
from bot.reports.json import written
from bot.reports.quality import Checks, RuleQuality
from bot.reports.trial import Difference, TrialFigures


def trials_csv(figures: Sequence[TrialFigures], since: float, until: float, groups: GroupNames) -> str:
    """Write trials as CSV, one figure a line; sections begin with `rules` or `set`, whichever was on trial."""
    return table([*period_rows(since, until), *(row for one in figures for row in _trial_rows(one, groups))])


def trials_json(figures: Sequence[TrialFigures], since: float, until: float, groups: GroupNames) -> str:
    """Write trials as one JSON object with a list `trials`."""
    return written({"trials": [_trial(one, groups) for one in figures]}, since, until)


def quality_csv(rules: Sequence[RuleQuality], checked: Checks, since: float, until: float) -> str:
    """Write how right rules are as CSV, one figure a line."""
    rows = (row for rule in rules for row in _rule_rows(rule))
    return table([*period_rows(since, until), *rows, *_check_rows(checked)])


def quality_json(rules: Sequence[RuleQuality], checked: Checks, since: float, until: float) -> str:
    """Write how right rules are as one JSON object with a list `rules`, the ones to look at first foremost."""
    return written({"rules": [_rule(rule) for rule in rules], **asdict(checked)}, since, until)


def _check_rows(checked: Checks) -> Iterator[Row]:
    yield "samples", "", "count", checked.samples
    yield "samples", "", "right", checked.right
    for measure in ("taken", "answers", "correct"):
        yield "refresher", str(checked.year), measure, getattr(checked, measure)


def _trial(one: TrialFigures, groups: GroupNames) -> Mapping[str, Any]:
    tables = {name: [_difference(row) for row in rows] for name, rows in _tables(one, groups).items()}
    nudges = {"more": one.nudges[0], "fewer": one.nudges[1]}
    counts = {name: getattr(one, name) for name in ("trial", "editions", "messages", "graver", "milder")}
    return {**counts, "nudges": nudges, **tables, "examples": {"more": one.more, "fewer": one.fewer}}


def _difference(row: Difference) -> Mapping[str, Any]:
    name, more, fewer = row
    return {"name": name, "more": more, "fewer": fewer}


def _tables(one: TrialFigures, groups: GroupNames) -> Mapping[str, Sequence[Difference]]:
    named = [(groups.configured(*name.split(":", 1)) or name, more, fewer) for name, more, fewer in one.groups]
    return {"rules": one.rules, "types": one.types, "groups": named}


def _trial_rows(one: TrialFigures, groups: GroupNames) -> Iterator[Row]:
    for measure in ("editions", "messages", "graver", "milder"):
        yield one.trial, "", measure, getattr(one, measure)
    yield one.trial, "", "nudges_more", one.nudges[0]
    yield one.trial, "", "nudges_fewer", one.nudges[1]
    for section, rows in _tables(one, groups).items():
        for name, more, fewer in rows:
            yield f"{one.trial} {section}", name, "more", more
            yield f"{one.trial} {section}", name, "fewer", fewer
    for measure, ids in (("more", one.more), ("fewer", one.fewer)):
        for name in ids:
            yield f"{one.trial} examples", name, measure, 1


def _rule(rule: RuleQuality) -> Mapping[str, Any]:
    names = ("rule", "right", "wrong", "silent", "precision", "sampled", "sampled_right")
    counts = {name: getattr(rule, name) for name in names}
    return {**counts, "reasons": dict(rule.reasons)}


def _rule_rows(rule: RuleQuality) -> Iterator[Row]:
    for measure in ("right", "wrong", "silent", "precision", "sampled", "sampled_right"):
        yield "rule", rule.rule, measure, getattr(rule, measure)
    for code, count in rule.reasons:
        yield "rule", rule.rule, f"reason_{code}", count
