"""A report for people to read, in a chat or a terminal: plain text, one line a figure."""

from collections.abc import Iterable
from datetime import datetime

from bot import wording
from bot.periods import HONG_KONG
from bot.reports.figures import SMALLER_GROUPS, Figures, GroupFigure, RuleFigure, VariantFigure
from bot.wording import say
from detectors.types import NAMES, of

_LONGEST_LIST = 12
"""A chat message has room for about 4,000 characters; longer lists are in the csv and json reports."""


def render(figures: Figures, language: str) -> str:
    """Write the figures as text in `language`, ending with a newline."""
    blocks = [head(figures, language)]
    if figures.incidents:
        blocks += [_severities(figures, language), _rules(figures, language), _protects(figures, language)]
        blocks += [_types(figures, language)]
        blocks += [_endings(figures, language), _groups(figures, language)]
        blocks.append(_cleaning(figures, language))
    blocks.append(_delivery(figures, language))
    blocks.append(_unseen(figures, language))
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def moment(at: float) -> str:
    """Write a time as people in Hong Kong read it: 2026-11-22 14:05."""
    return f"{datetime.fromtimestamp(at, HONG_KONG):%Y-%m-%d %H:%M}"


def group_name(group: GroupFigure, language: str) -> str:
    """Say what a group is called, or its id when it has no name."""
    if group.address == SMALLER_GROUPS:
        return say(language, "report.smaller_groups")
    return group.name or say(language, "report.unnamed_group", chat=group.address)


def head(figures: Figures, language: str) -> list[str]:
    """Say what it is about, and the figure that matters most."""
    period = say(language, "report.period", since=moment(figures.since), until=moment(figures.until))
    lines = [say(language, "report.title", period=period)]
    if figures.chat:
        name = group_name(figures.groups[0], language) if figures.groups else figures.chat
        lines.append(say(language, "report.chat", group=name))
    if not figures.incidents:
        lines.append(say(language, "report.none"))
    lines.append(say(language, "report.total", count=figures.incidents, trend=trend(figures, language)))
    return lines + lacking(figures, language)


def lacking(figures: Figures, language: str) -> list[str]:
    """Say from when on all is there, where the period or the one before began earlier: what is deleted is not none."""
    if not figures.lacking or figures.complete_since is None:
        return []
    return [say(language, f"report.{figures.lacking}", since=moment(figures.complete_since))]


def trend(figures: Figures, language: str) -> str:
    """Say how many incidents more or fewer there are than in the period before, and as a share of those."""
    before = figures.before
    if not before.difference:
        return say(language, "report.trend_same")
    words = say(
        language, "report.trend_more" if before.difference > 0 else "report.trend_fewer", count=abs(before.difference)
    )
    if before.share is None:
        return words
    return say(language, "report.trend_share", trend=words, share=f"{before.share:+.0%}")


def _severities(figures: Figures, language: str) -> list[str]:
    rows = [(word(language, "severity", code), f"{count:,}") for code, count in figures.severities]
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
        after = "" if minutes is None else f" · {say(language, 'report.median_minutes', minutes=amount(minutes))}"
        rows.append((word(language, "state", ending.resolution), f"{ending.incidents:,}{after}"))
    return lined(language, "resolution", rows)


def _groups(figures: Figures, language: str) -> list[str]:
    if figures.chat:
        return []
    return lined(language, "group", [(group_name(group, language), f"{group.incidents:,}") for group in figures.groups])


def _cleaning(figures: Figures, language: str) -> list[str]:
    """How soon what was said was cleaned up, who did it again, and which sentence works."""
    lines = []
    if figures.clean_up_minutes is not None:
        lines.append(say(language, "report.clean_up", minutes=amount(figures.clean_up_minutes)))
    if figures.cleaned_soon is not None and figures.cleaned_in_a_day is not None:
        lines.append(
            say(language, "report.cleaned", soon=percent(figures.cleaned_soon), day=percent(figures.cleaned_in_a_day))
        )
    before = figures.before
    if before.cleaned_soon is not None and before.cleaned_in_a_day is not None:
        shares = {"soon": percent(before.cleaned_soon), "day": percent(before.cleaned_in_a_day)}
        lines.append(say(language, "report.cleaned_before", **shares))
    if figures.repeat_rate is not None:
        lines.append(say(language, "report.repeat_rate", percent=percent(figures.repeat_rate)))
    return lines + _variants(figures, language)


def _variants(figures: Figures, language: str) -> list[str]:
    shown = [one for one in figures.variants if one.cleaned is not None]
    rows = [(variant_name(one, language), variant_share(one, language)) for one in shown]
    lines = lined(language, "variant", rows)
    if few := len({(one.language, one.wording) for one in figures.variants if one.cleaned is None}):
        lines.append(say(language, "report.variants_few", count=few))
    return lines


def variant_name(one: VariantFigure, language: str) -> str:
    """Say which sentence: its language and key as the wording files have them, and its number there."""
    return say(language, "report.variant_name", language=one.language, wording=one.wording, number=one.variant)


def variant_share(one: VariantFigure, language: str) -> str:
    """Say how many messages were cleaned up after a sentence, and whether it works better than the others."""
    share = say(language, "report.variant_cleaned", percent=percent(one.cleaned or 0.0), count=one.nudges)
    return f"{share} · {say(language, 'report.variant_best')}" if one.best else share


def _delivery(figures: Figures, language: str) -> list[str]:
    rows = [(say(language, f"report.{state}"), f"{count:,}") for state, count in figures.nudges]
    lines = lined(language, "nudges", rows)
    if figures.repeats:
        lines.append(say(language, "report.repeats", count=figures.repeats))
    if figures.nudge_seconds is not None:
        lines.append(say(language, "report.time_to_nudge", seconds=amount(figures.nudge_seconds)))
    if figures.lost_alerts:
        lines.append(say(language, "report.lost_alerts", count=figures.lost_alerts))
    rows = [(f"{count:,}", cure(language, code)) for code, count in figures.undelivered]
    return lines + lined(language, "undelivered", rows)


def cure(language: str, code: str) -> str:
    """Say why a nudge reached nobody, and what to do about it."""
    known = wording.has(f"undelivered.{code}")
    return say(language, f"undelivered.{code}") if known else say(language, "undelivered.other", code=code or "-")


def _unseen(figures: Figures, language: str) -> list[str]:
    """What was not read, and what nobody was told of."""
    lines = [say(language, "report.set_aside", count=figures.set_aside)] if figures.set_aside else []
    lines += lined(
        language, "unread", [(word(language, "unread", code), f"{count:,}") for code, count in figures.unread]
    )
    if figures.simulated:
        lines.append(say(language, "report.simulated", count=figures.simulated))
    rows = [(word(language, "severity", code), f"{count:,}") for code, count in figures.swept]
    lines += lined(language, "swept", rows)
    return lines


def lined(language: str, title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Write a heading of the wording's section `report` and a line for each row; nothing when there are no rows."""
    entries = [f"  {name}: {figure}" for name, figure in rows]
    hidden = len(entries) - _LONGEST_LIST
    shown = [*entries[:_LONGEST_LIST], *([f"  … (+{hidden})"] if hidden > 0 else [])]
    return [say(language, f"report.{title}"), *shown] if entries else []


def word(language: str, section: str, code: str) -> str:
    """Put a code in people's words, where there are any."""
    return say(language, f"{section}.{code}") if wording.has(f"{section}.{code}") else code


def percent(share: float) -> int:
    """Write a share (0 to 1) as whole percent."""
    return round(100 * share)


def amount(value: float) -> str:
    """Write minutes or seconds as exactly as somebody wants to read them."""
    return "<0.1" if value < 0.1 else f"{value:.1f}" if value < 10 else f"{value:,.0f}"
