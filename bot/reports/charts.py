"""Which figures are shown as charts, and what stands in the table beside each; in words, for a page or a picture."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.incident import CLEANED
from bot.reports.figures import Figures
from bot.reports.text import amount, group_name, percent, type_name, word
from bot.wording import say


class Shape(StrEnum):
    """Bars lie beside their names; columns stand in the order of time."""

    BARS = "bars"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its name and length; `cells` are what the table says of it besides. `quiet`: drawn in grey."""

    name: str
    value: int
    cells: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: `head` names the table's columns, the first for the rows' names, the second for their values."""

    title: str
    shape: Shape
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def charts(figures: Figures, language: str) -> tuple[Chart, ...]:
    """All charts of a report that have anything to show, the most telling first."""
    if not figures.incidents:
        return ()
    made = (_over_time, _types, _endings, _groups, _severities, _rules, _protects)
    found = [make(figures, language) for make in made]
    if figures.nudges:
        found.append(_nudges(figures, language))
    return tuple(chart for chart in found if chart.rows)


def _chart(language: str, title: str, rows: Iterable[Row], *more: str, shape: Shape = Shape.BARS) -> Chart:
    name = say(language, f"report.{title}")
    return Chart(name, shape, (name, say(language, "page.incidents"), *more), tuple(rows))


def _over_time(figures: Figures, language: str) -> Chart:
    rows = (Row(_moment(one.begins, figures.step), one.incidents) for one in figures.over_time)
    head = (say(language, f"every.{figures.step}"), say(language, "page.incidents"))
    return Chart(say(language, "page.over_time"), Shape.COLUMNS, head, tuple(rows))


def _moment(begins: str, step: str) -> str:
    day, _, time = begins.partition("T")
    return {"hour": f"{day} {time}", "month": day[:7]}.get(step, day)


def _types(figures: Figures, language: str) -> Chart:
    rows = (Row(type_name(language, one.type), one.incidents, (f"{one.values:,}",)) for one in figures.types)
    return _chart(language, "type", rows, say(language, "page.values"))


def _endings(figures: Figures, language: str) -> Chart:
    return _chart(language, "resolution", _ended(figures, language), say(language, "page.median"))


def _ended(figures: Figures, language: str) -> Iterator[Row]:
    for one in figures.endings:
        median = "" if one.median_minutes is None else say(language, "page.minutes", minutes=amount(one.median_minutes))
        name = word(language, "state", one.resolution)
        yield Row(name, one.incidents, (median,), quiet=one.resolution not in set(CLEANED))


def _severities(figures: Figures, language: str) -> Chart:
    rows = (Row(word(language, "severity", code), count) for code, count in figures.severities)
    return _chart(language, "severity", rows)


def _groups(figures: Figures, language: str) -> Chart:
    some = () if figures.chat else figures.groups
    rows = (Row(group_name(group, language), group.incidents, (f"{group.open:,}",)) for group in some)
    return _chart(language, "group", rows, say(language, "state.open"))


def _rules(figures: Figures, language: str) -> Chart:
    rows = (Row(rule.rule, rule.incidents, (f"{percent(rule.false_alarm_rate)}%",)) for rule in figures.rules)
    return _chart(language, "rule", rows, say(language, "state.false_alarm"))


def _protects(figures: Figures, language: str) -> Chart:
    return _chart(language, "protects", (Row(tag, count) for tag, count in figures.protects))


def _nudges(figures: Figures, language: str) -> Chart:
    title = say(language, "report.nudges")
    rows = (Row(say(language, f"report.{state}"), count) for state, count in figures.nudges)
    return Chart(title, Shape.BARS, (title, say(language, "page.number")), tuple(rows))
