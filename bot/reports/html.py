"""A report as one page for a browser or a printer: no script, nothing from elsewhere, a table beside every chart."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from bot.reports.charts import Chart, charts
from bot.reports.drawing import Ink, draw
from bot.reports.figures import Figures
from bot.reports.svg import DARK, LIGHT, svg
from bot.reports.text import (
    amount,
    cure,
    group_name,
    lacking,
    moment,
    percent,
    trend,
    variant_name,
    variant_share,
    word,
)
from bot.wording import say

_LANGUAGES = {"zh": "zh-Hant-HK"}
"""What a page's language is called; that of an organisation's own by its code."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may load for this page: its own style, and nothing else."""

Cells = Sequence[str]


def render(figures: Figures, language: str) -> str:
    """Write the figures as a page."""
    title = _title(figures, language)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(_LANGUAGES.get(language, language))}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{style()}</style>",
            "</head>",
            "<body>",
            "<main>",
            body(figures, language),
            "</main>",
            f"<footer><p>{escape(say(language, 'page.foot'))}</p></footer>",
            "</body>",
            "</html>",
            "",
        ]
    )


def body(figures: Figures, language: str) -> str:
    """Write what stands in the page, for a page of somebody else's too."""
    drawn = (line for number, chart in enumerate(charts(figures, language)) for line in _shown(chart, number))
    return "\n".join([*_head(figures, language, _title(figures, language)), *drawn, *_lists(figures, language)])


def _title(figures: Figures, language: str) -> str:
    period = say(language, "report.period", since=moment(figures.since), until=moment(figures.until))
    return say(language, "report.title", period=period)


def style() -> str:
    """The style, with the colours of charts; dark ones where the reader's system is dark, and never on paper."""
    sheet = files(__package__).joinpath("page.css").read_text("utf-8")
    dark = "\n".join(f"  svg .{ink} {{ fill: {DARK[ink]}; }}" for ink in Ink)
    light = "\n".join(f"  svg .{ink} {{ fill: {LIGHT[ink]}; }}" for ink in Ink)
    return f"{sheet}@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n@media print {{\n{light}\n}}\n"


def _head(figures: Figures, language: str, title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    if figures.chat:
        name = group_name(figures.groups[0], language) if figures.groups else figures.chat
        yield f"<p>{escape(say(language, 'report.chat', group=name))}</p>"
    if not figures.incidents:
        yield f"<p>{escape(say(language, 'report.none'))}</p>"
    for line in lacking(figures, language):
        yield f"<p>{escape(line)}</p>"
    yield '<dl class="key">'
    for name, value, more in _key(figures, language):
        yield f"<div><dt>{escape(name)}</dt><dd>{escape(value)} <small>{escape(more)}</small></dd></div>"
    yield "</dl>"


def _key(figures: Figures, language: str) -> Iterator[tuple[str, str, str]]:
    """The key figures: what, how much, and what it was before."""
    before = figures.before
    yield say(language, "page.incidents"), f"{figures.incidents:,}", trend(figures, language)
    shares = (
        ("soon", figures.cleaned_soon, before.cleaned_soon),
        ("day", figures.cleaned_in_a_day, before.cleaned_in_a_day),
        ("repeat", figures.repeat_rate, None),
    )
    for name, now, then in shares:
        if now is not None:
            earlier = "" if then is None else say(language, "page.before", value=f"{percent(then)}%")
            yield say(language, f"page.{name}"), f"{percent(now)}%", earlier
    if figures.clean_up_minutes is not None:
        then = before.clean_up_minutes
        earlier = "" if then is None else say(language, "page.before", value=_minutes(language, then))
        yield say(language, "page.clean_up"), _minutes(language, figures.clean_up_minutes), earlier
    if figures.nudge_seconds is not None:
        seconds = say(language, "page.seconds", seconds=amount(figures.nudge_seconds))
        yield say(language, "page.to_nudge"), seconds, ""


def _minutes(language: str, minutes: float) -> str:
    return say(language, "page.minutes", minutes=amount(minutes))


def _shown(chart: Chart, number: int) -> Iterator[str]:
    """A chart and its table, which says the same to those who see no chart."""
    name = f"chart{number}"
    yield f'<section><h2 id="{name}">{escape(chart.title)}</h2>'
    yield f'<div class="pair"><div class="chart">{svg(draw(chart), name)}</div>'
    # A long table is rolled, by the keyboard too.
    yield f'<div class="table" role="region" aria-labelledby="{name}" tabindex="0">'
    yield from _table(chart.title, chart.head, ((row.name, f"{row.value:,}", *row.cells) for row in chart.rows))
    yield "</div></div></section>"


def _lists(figures: Figures, language: str) -> Iterator[str]:
    """What has no chart: what nobody got, what nobody read, and which sentences work."""
    number = say(language, "page.number")
    undelivered = [(cure(language, code), f"{count:,}") for code, count in figures.undelivered]
    unread = [(word(language, "unread", code), f"{count:,}") for code, count in figures.unread]
    works = [
        (variant_name(one, language), variant_share(one, language))
        for one in figures.variants
        if one.cleaned is not None
    ]
    yield from _listed(say(language, "report.undelivered"), number, undelivered)
    swept = [(word(language, "severity", code), f"{count:,}") for code, count in figures.swept]
    yield from _listed(say(language, "report.unread"), number, unread)
    yield from _listed(say(language, "report.swept"), number, swept)
    yield from _listed(say(language, "report.variant"), say(language, "page.share"), works)
    counts = ("repeats", "lost_alerts", "set_aside", "simulated")
    lines = [say(language, f"report.{name}", count=getattr(figures, name)) for name in counts if getattr(figures, name)]
    if lines:
        yield "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _listed(title: str, what: str, rows: Sequence[Cells]) -> Iterator[str]:
    if rows:
        yield f"<section><h2>{escape(title)}</h2>"
        yield from _table(title, (title, what), rows)
        yield "</section>"


def _table(title: str, head: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    yield f"<table><caption>{escape(title)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(name)}</th>' for name in head) + "</tr></thead><tbody>"
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table>"
