"""Words of a picture, wherever they stand and however it is turned -> lines in reading order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

Point = tuple[float, float]

_TALL = 1.5
"""From so much taller than wide a box is read from top to bottom, as the OCR does."""
_SAME_LINE = 0.55
"""Middles that are nearer than this share of a word's height stand in one line."""
_COLUMN = 1.6
"""A gap of so many heights parts cells of a table."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of words, its four corners, whether its letters stand upside down in its box, and how sure it is."""

    text: str = field(repr=False)
    corners: tuple[Point, ...]
    upside_down: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class _Placed:
    text: str = field(repr=False)
    x: float
    y: float
    width: float
    height: float


def arranged(words: Sequence[Word]) -> str:
    """Return the lines, cells that stand apart parted by tabs."""
    if not words:
        return ""
    angle = direction(words)
    placed = sorted((_turned(word, angle) for word in words), key=lambda one: one.y)
    return "\n".join(_line(line) for line in _lines(placed))


def direction(words: Sequence[Word]) -> float:
    """Return where "to the right" is in most of the picture: words that are long and sure count more."""
    x = y = 0.0
    for word in words:
        angle, length = _reads(word)
        x += word.score * length * math.cos(angle)
        y += word.score * length * math.sin(angle)
    return math.atan2(y, x)


def opposes(word: Word, angle: float) -> bool:
    """Tell whether a word is read against the direction of the others."""
    return math.cos(_reads(word)[0] - angle) < 0


def _reads(word: Word) -> tuple[float, float]:
    """In which direction a word is read, and how long it is."""
    (ax, ay), (bx, by), _, (dx, dy) = word.corners
    across, down = math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)
    if down >= _TALL * across:
        angle, length = math.atan2(dy - ay, dx - ax), down  # the OCR turns a tall box to the left and reads it
    else:
        angle, length = math.atan2(by - ay, bx - ax), across
    return angle + (math.pi if word.upside_down else 0.0), length * min(len(word.text), 12)


def _turned(word: Word, angle: float) -> _Placed:
    cos, sin = math.cos(-angle), math.sin(-angle)
    xs = [x * cos - y * sin for x, y in word.corners]
    ys = [x * sin + y * cos for x, y in word.corners]
    return _Placed(word.text, min(xs), sum(ys) / len(ys), max(xs) - min(xs), max(ys) - min(ys))


def _lines(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    usual = median(one.height for one in placed)
    lines: list[list[_Placed]] = []
    for one in placed:
        last = lines[-1] if lines else []
        height = min(max(one.height, usual / 2), 2 * usual)
        if last and one.y - sum(word.y for word in last) / len(last) < _SAME_LINE * height:
            last.append(one)
        else:
            lines.append([one])
    return lines


def _line(words: Sequence[_Placed]) -> str:
    said, end = "", 0.0
    for one in sorted(words, key=lambda word: word.x):
        gap = "\t" if one.x - end > _COLUMN * one.height else " "
        said += (gap if said else "") + one.text
        end = one.x + one.width
    return said
