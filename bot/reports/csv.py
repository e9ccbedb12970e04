"""A report for spreadsheets: `section, item, measure, value`, one figure a line."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.names import clean
from bot.reports.figures import BeforeFigure, Figures

HEADER = ("section", "item", "measure", "value")

_FORMULA = re.compile("[^\\w]*[=+\\-@＝＋－＠−]").match
"""What makes a spreadsheet run a cell instead of showing it (OWASP: CSV injection), full-width forms and the minus sign
included, also behind marks that a spreadsheet may drop: before the first letter or digit there is none of it."""
_BLANK = str.maketrans("", "", "\u115f\u1160\u3164\uffa0")
"""Letters that nobody sees."""

Row = tuple[str, str, str, object]


def render(figures: Figures, language: str = "en") -> str:
    """Write the figures as CSV with a header; codes are the same in every language."""
    del language
    return table(_rows(figures))


def table(rows: Iterable[Row]) -> str:
    """Write rows under the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def period_rows(since: float, until: float) -> Iterator[Row]:
    """Say what time it is about."""
    for name, edge in (("since", since), ("until", until)):
        yield "period", name, "time", _iso(edge)


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def safe(cell: object) -> object:
    """Show a cell that looks like a formula, on one line; numbers of ours stay numbers."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    line = clean(cell.translate(_BLANK))
    return f"'{line}" if _FORMULA(line) else line


def _rows(figures: Figures) -> Iterator[Row]:
    yield from period_rows(figures.since, figures.until)
    if figures.complete_since is not None:
        yield "period", "complete_since", "time", _iso(figures.complete_since)
    yield from _totals(figures)
    yield from _before(figures.before)
    for time in figures.over_time:
        yield figures.step, time.begins, "incidents", time.incidents
    yield from _incidents(figures)
    yield from _sends(figures)
    for group in figures.groups:
        yield "group", group.name or group.address, "incidents", group.incidents
        yield "group", group.name or group.address, "open", group.open


def _totals(figures: Figures) -> Iterator[Row]:
    measures = {
        "incidents": figures.incidents,
        "incidents_in_period_before": figures.previous,
        "median_minutes_to_clean_up": figures.clean_up_minutes,
        "share_cleaned_within_5_minutes": figures.cleaned_soon,
        "share_cleaned_within_a_day": figures.cleaned_in_a_day,
        "repeat_rate": figures.repeat_rate,
        "median_seconds_to_nudge": figures.nudge_seconds,
        "nudge_repeats": figures.repeats,
        "lost_alerts": figures.lost_alerts,
        "set_aside": figures.set_aside,
        "simulated": figures.simulated,
    }
    for measure, value in measures.items():
        yield "total", figures.chat or "", measure, value


def _incidents(figures: Figures) -> Iterator[Row]:
    for severity, count in figures.severities:
        yield "severity", severity, "incidents", count
    for rule in figures.rules:
        yield "rule", rule.rule, "incidents", rule.incidents
        yield "rule", rule.rule, "false_alarms", rule.false_alarms
        yield "rule", rule.rule, "false_alarm_rate", rule.false_alarm_rate
    for tag, count in figures.protects:
        yield "protects", tag, "incidents", count
    for type_ in figures.types:
        yield "type", type_.type, "incidents", type_.incidents
        yield "type", type_.type, "values", type_.values
    for ending in figures.endings:
        yield "resolution", ending.resolution, "incidents", ending.incidents
        yield "resolution", ending.resolution, "median_minutes", ending.median_minutes


def _sends(figures: Figures) -> Iterator[Row]:
    """What was sent and did not arrive, which sentences work, and what was not read."""
    for state, count in figures.nudges:
        yield "nudge", state, "sends", count
    for code, count in figures.undelivered:
        yield "undelivered", code, "sends", count
    for one in figures.variants:
        name = f"{one.language}.{one.wording}.{one.variant}"
        yield "variant", name, "nudges", one.nudges
        yield "variant", name, "share_cleaned", one.cleaned
    for code, count in figures.unread:
        yield "unread_file", code, "files", count
    for severity, count in figures.swept:
        yield "swept", severity, "incidents", count


def _before(before: BeforeFigure) -> Iterator[Row]:
    """The period that this one is compared with."""
    for name, edge in (("since", before.since), ("until", before.until)):
        yield "before", name, "time", _iso(edge)
    yield "before", "", "difference", before.difference
    yield "before", "", "difference_share", before.share
    yield "before", "", "median_minutes_to_clean_up", before.clean_up_minutes
    yield "before", "", "share_cleaned_within_5_minutes", before.cleaned_soon
    yield "before", "", "share_cleaned_within_a_day", before.cleaned_in_a_day
