"""The charts of a report as one picture, to be looked at in a chat: painted by Pillow, drawn like those of the page."""

import io
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Pen

from bot.reports.charts import charts
from bot.reports.drawing import LETTERS, WIDTH, Anchor, Box, Drawing, Ink, Words, draw, shortened
from bot.reports.figures import Figures
from bot.reports.fonts import font
from bot.reports.svg import LIGHT
from bot.reports.text import group_name, lacking, moment, percent, trend
from bot.wording import say

_SCALE = 2
"""Points of the picture for each unit of a drawing: phones show it sharp."""
_MARGIN, _TITLE, _LINE, _HEADING = 24, 22, 22, 34
_COLOURS = 64
_CHARTS, _BARS = 4, 9
"""As many charts, and bars in each, as are read at a glance on a phone."""
_ANCHORS = {Anchor.START: "lm", Anchor.MIDDLE: "mm", Anchor.END: "rm"}
"""How Pillow calls them, at the middle of the height: https://pillow.readthedocs.io/en/stable/handbook/text-anchors.html."""


def render(figures: Figures, language: str, named: Path | None = None) -> bytes:
    """Draw the figures; `named` is the operator's font. Raises `bot.reports.fonts.NoFontError`."""
    title, *lines = _head(figures, language)
    drawings = [draw(chart, _BARS) for chart in charts(figures, language)[:_CHARTS]]
    height = 2 * _MARGIN + _TITLE + _LINE * len(lines) + sum(_HEADING + drawing.height + 12 for drawing in drawings)
    image = Image.new("RGB", (_SCALE * (WIDTH + 2 * _MARGIN), round(_SCALE * height)), "#ffffff")
    page = _Page(ImageDraw.Draw(image), named, "".join([title, *lines, *map(_said, drawings)]))
    y = page.line(_MARGIN, title, _TITLE, large=True)
    for line in lines:
        y = page.line(y, line, _LINE)
    for drawing in drawings:
        y = page.line(y + 6, drawing.title, _HEADING - 6, large=True)
        page.drawing(y, drawing)
        y += drawing.height + 12
    out = io.BytesIO()
    # Few inks, so few colours: a third of the bytes, and nobody sees a difference.
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(figures: Figures, language: str) -> list[str]:
    """The title and the key figures."""
    period = say(language, "report.period", since=moment(figures.since), until=moment(figures.until))
    lines = ["Think Twice", period]
    if figures.chat:
        name = group_name(figures.groups[0], language) if figures.groups else figures.chat
        lines.append(say(language, "report.chat", group=name))
    lines.append(say(language, "report.total", count=figures.incidents, trend=trend(figures, language)))
    lines += lacking(figures, language)
    if figures.cleaned_soon is not None and figures.cleaned_in_a_day is not None:
        shares = {"soon": percent(figures.cleaned_soon), "day": percent(figures.cleaned_in_a_day)}
        lines.append(say(language, "report.cleaned", **shares))
    return lines


def _said(drawing: Drawing) -> str:
    return drawing.title + "".join(shape.text for shape in drawing.shapes if isinstance(shape, Words))


class _Page:
    """What is drawn on, in the units of drawings; `text` is all that will be written."""

    def __init__(self, pen: Pen, named: Path | None, text: str) -> None:
        self._pen = pen
        self._words = font(_SCALE * LETTERS, text, named)
        self._large = font(_SCALE * LETTERS * 1.25, text, named)

    def line(self, y: float, text: str, height: float, *, large: bool = False) -> float:
        """Write a line from the left margin; returns where the next one begins."""
        face, shown = self._large if large else self._words, shortened(text, WIDTH * (0.8 if large else 1))
        place = (_SCALE * _MARGIN, _SCALE * (y + height / 2))
        self._pen.text(place, shown, LIGHT[Ink.WORDS], face, "lm")
        return y + height

    def drawing(self, y: float, drawing: Drawing) -> None:
        """Draw a chart below `y`."""
        for shape in drawing.shapes:
            left, top = _SCALE * (_MARGIN + shape.x), _SCALE * (y + shape.y)
            if isinstance(shape, Box):
                right, bottom = left + _SCALE * shape.width - 1, top + _SCALE * shape.height - 1
                self._pen.rectangle((left, top, max(left, right), max(top, bottom)), LIGHT[shape.ink])
            else:
                self._pen.text((left, top), shape.text, LIGHT[shape.ink], self._words, _ANCHORS[shape.anchor])
