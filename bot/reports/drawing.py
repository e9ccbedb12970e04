"""A chart as boxes, lines and words with their places: what every way of drawing it begins from.

Nobody knows the reader's font here, so the width of words is estimated: a Chinese character is as wide as it is high.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from bot.reports.charts import Chart, Row, Shape

WIDTH = 640
LETTERS = 13
"""Height of the words, in the same unit as all else here."""
_NAMES, _VALUES, _ROW, _BAR = 230, 60, 26, 16
_HIGH, _LEFT, _TOP, _FOOT = 150, 44, 10, 26
_NARROW = 0.56
"""How wide a Latin letter is, as a part of its height."""
_TALL = 3
"""Lines across columns: nought, half and the whole."""


class Ink(StrEnum):
    """What is drawn with which colour."""

    BAR = "bar"
    QUIET = "quiet"
    LINE = "line"
    WORDS = "words"
    FAINT = "faint"


class Anchor(StrEnum):
    """Which end of the words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Words:
    """Words on a line; `y` is the middle of their height."""

    x: float
    y: float
    text: str
    anchor: Anchor
    ink: Ink = Ink.WORDS


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that is WIDTH wide and `height` high; what comes later is drawn over what came before."""

    title: str
    height: float
    shapes: tuple[Box | Words, ...]


def draw(chart: Chart, most: int = 12) -> Drawing:
    """Place a chart's bars and words; of bars that lie beside names, the `most` longest (tables have them all)."""
    if chart.shape is Shape.COLUMNS:
        return Drawing(chart.title, _HIGH + _TOP + _FOOT, tuple(_columns(chart.rows)))
    rows = chart.rows[:most]
    return Drawing(chart.title, _ROW * len(rows), tuple(_bars(rows)))


def _bars(rows: Sequence[Row]) -> Iterator[Box | Words]:
    longest = max(row.value for row in rows) or 1
    room = WIDTH - _NAMES - _VALUES
    for number, row in enumerate(rows):
        middle = _ROW * (number + 0.5)
        long = max(1.0, room * row.value / longest)
        yield Words(_NAMES - 10, middle, shortened(row.name, _NAMES - 16), Anchor.END)
        yield Box(_NAMES, middle - _BAR / 2, long, _BAR, Ink.QUIET if row.quiet else Ink.BAR)
        yield Words(_NAMES + long + 6, middle, f"{row.value:,}", Anchor.START)


def _columns(rows: Sequence[Row]) -> Iterator[Box | Words]:
    top = _round(max(row.value for row in rows))
    wide = (WIDTH - _LEFT) / len(rows)
    for line in range(_TALL):
        y = _TOP + _HIGH * (1 - line / (_TALL - 1))
        yield Box(_LEFT, y, WIDTH - _LEFT, 1, Ink.LINE)
        yield Words(_LEFT - 6, y, f"{top * line / (_TALL - 1):,g}", Anchor.END, Ink.FAINT)
    for number, row in enumerate(rows):
        high = _HIGH * row.value / top
        gap = min(wide * 0.2, 4)
        if row.value:
            yield Box(_LEFT + wide * number + gap / 2, _TOP + _HIGH - high, wide - gap, high, Ink.BAR)
    yield from _times(rows, wide)


def _times(rows: Sequence[Row], wide: float) -> Iterator[Words]:
    """As many names under columns as fit: in their middle, or from their left edge where they are wider."""
    longest, y = max(width(row.name) for row in rows), _TOP + _HIGH + _FOOT / 2 + 2
    if longest + LETTERS < wide:
        for number, row in enumerate(rows):
            yield Words(_LEFT + wide * (number + 0.5), y, row.name, Anchor.MIDDLE, Ink.FAINT)
        return
    for number in range(0, len(rows), ceil((longest + LETTERS) / wide)):
        x = _LEFT + wide * number
        if x + width(rows[number].name) <= WIDTH:
            yield Words(x, y, rows[number].name, Anchor.START, Ink.FAINT)


def _round(value: int) -> int:
    """The next number that is read at a glance and whose half is whole: 2, 4, 6, 8, 10, 20 ..."""
    step = 1
    while value > 10 * step:
        step *= 10
    return next(first * step for first in (2, 4, 6, 8, 10) if first * step >= value)


def width(text: str) -> float:
    """About how wide words are."""
    return sum(LETTERS if unicodedata.east_asian_width(char) in "WF" else LETTERS * _NARROW for char in text)


def shortened(text: str, room: float) -> str:
    """As much of the words as fits, with a sign that there was more."""
    if width(text) <= room:
        return text
    while text and width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
