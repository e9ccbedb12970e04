"""A report for people to read, in a chat or a terminal: plain text, one line a figure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from bot import wording
from bot.reports.figures import SMALLER_GROUPS, Figures, GroupFigure, RuleFigure
from bot.wording import say
from detectors.types import NAMES, of

HONG_KONG = timezone(timedelta(hours=8), "HKT")
"""Hong Kong has had no summer time since 1979."""

_LONGEST_LIST = 12
"""A chat message has room for about 4,000 characters; longer lists are in the csv and json reports."""


def render(figures: Figures, language: str) -> str:
    """Write the figures as text in `language`, ending with a newline."""
    blocks = [_head(figures, language)]
    if figures.incidents:
        blocks += [_severities(figures, language), _rules(figures, language), _protects(figures, language)]
        blocks += [_types(figures, language)]
        blocks += [_endings(figures, language), _groups(figures, language)]
    blocks.append(_delivery(figures, language))
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def moment(at: float) -> str:
    """Write a time as people in Hong Kong read it: 2026-11-22 14:05."""
    return f"{datetime.fromtimestamp(at, UTC).astimezone(HONG_KONG):%Y-%m-%d %H:%M}"


def group_name(group: GroupFigure, language: str) -> str:
    """Say what a group is called, or its id when it has no name."""
    if group.address == SMALLER_GROUPS:
        return say(language, "report.smaller_groups")
    return group.name or say(language, "report.unnamed_group", chat=group.address)


def _head(figures: Figures, language: str) -> list[str]:
    period = say(language, "report.period", since=moment(figures.since), until=moment(figures.until))
    lines = [say(language, "report.title", period=period)]
    if figures.chat:
        name = group_name(figures.groups[0], language) if figures.groups else figures.chat
        lines.append(say(language, "report.chat", group=name))
    if not figures.incidents:
        lines.append(say(language, "report.none"))
    lines.append(say(language, "report.total", count=figures.incidents, trend=_trend(figures, language)))
    return lines


def _trend(figures: Figures, language: str) -> str:
    more = figures.incidents - figures.previous
    if not more:
        return say(language, "report.trend_same")
    return say(language, "report.trend_more" if more > 0 else "report.trend_fewer", count=abs(more))


def _severities(figures: Figures, language: str) -> list[str]:
    rows = [(_word(language, "severity", code), f"{count:,}") for code, count in figures.severities]
    return lined(language, "severity", rows)


def _rules(figures: Figures, language: str) -> list[str]:
    return lined(language, "rule", [(rule.rule, _rule(rule, language)) for rule in figures.rules])


def _rule(rule: RuleFigure, language: str) -> str:
    if not rule.false_alarms:
        return f"{rule.incidents:,}"
    wrong = say(language, "report.false_alarms", percent=round(100 * rule.false_alarm_rate))
    return f"{rule.incidents:,} · {wrong}"


def _protects(figures: Figures, language: str) -> list[str]:
    return lined(language, "protects", [(tag, f"{count:,}") for tag, count in figures.protects])


def _types(figures: Figures, language: str) -> list[str]:
    rows = []
    for type_ in figures.types:
        values = say(language, "report.values", count=type_.values)
        rows.append((type_name(language, type_.type), f"{type_.incidents:,} · {values}"))
    return lined(language, "type", rows)


def type_name(language: str, name: str) -> str:
    """Say what a type is called; those of one's own recognizers are called by their code."""
    return say(language, f"type.{of(name).wording}") if name in NAMES else name


def _endings(figures: Figures, language: str) -> list[str]:
    rows = []
    for ending in figures.endings:
        minutes = ending.median_minutes
        after = "" if minutes is None else f" · {say(language, 'report.median_minutes', minutes=_amount(minutes))}"
        rows.append((_word(language, "state", ending.resolution), f"{ending.incidents:,}{after}"))
    return lined(language, "resolution", rows)


def _groups(figures: Figures, language: str) -> list[str]:
    if figures.chat:
        return []
    return lined(language, "group", [(group_name(group, language), f"{group.incidents:,}") for group in figures.groups])


def _delivery(figures: Figures, language: str) -> list[str]:
    rows = [(say(language, f"report.{state}"), f"{count:,}") for state, count in figures.nudges]
    lines = lined(language, "nudges", rows)
    if figures.repeats:
        lines.append(say(language, "report.repeats", count=figures.repeats))
    if figures.nudge_seconds is not None:
        lines.append(say(language, "report.time_to_nudge", seconds=_amount(figures.nudge_seconds)))
    if figures.clean_up_minutes is not None:
        lines.append(say(language, "report.clean_up", minutes=_amount(figures.clean_up_minutes)))
    if figures.cleaned_soon is not None and figures.cleaned_in_a_day is not None:
        shares = {"soon": round(100 * figures.cleaned_soon), "day": round(100 * figures.cleaned_in_a_day)}
        lines.append(say(language, "report.cleaned", **shares))
    if figures.lost_alerts:
        lines.append(say(language, "report.lost_alerts", count=figures.lost_alerts))
    if figures.set_aside:
        lines.append(say(language, "report.set_aside", count=figures.set_aside))
    lines += lined(
        language, "unread", [(_word(language, "unread", code), f"{count:,}") for code, count in figures.unread]
    )
    if figures.simulated:
        lines.append(say(language, "report.simulated", count=figures.simulated))
    rows = [(_word(language, "severity", code), f"{count:,}") for code, count in figures.swept]
    lines += lined(language, "swept", rows)
    return lines


def lined(language: str, title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Write a heading of the wording's section `report` and a line for each row; nothing when there are no rows."""
    entries = [f"  {name}: {figure}" for name, figure in rows]
    hidden = len(entries) - _LONGEST_LIST
    shown = [*entries[:_LONGEST_LIST], *([f"  … (+{hidden})"] if hidden > 0 else [])]
    return [say(language, f"report.{title}"), *shown] if entries else []


def _word(language: str, section: str, code: str) -> str:
    return say(language, f"{section}.{code}") if wording.has(f"{section}.{code}") else code


def _amount(value: float) -> str:
    """Write minutes or seconds as exactly as somebody wants to read them."""
    return "<0.1" if value < 0.1 else f"{value:.1f}" if value < 10 else f"{value:,.0f}"
