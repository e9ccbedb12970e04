"""The part of a picture that holds its words, turned upright: what a person does with a photo of a card on a desk."""

import math
from collections.abc import Sequence
from typing import Any

from detectors.documents.pictures.lines import Word, direction

_ASKEW = math.radians(4)
"""Words that are turned by less are read as well as upright ones."""
_WELL_READ = 0.95
"""From this confidence, letter by letter, words that are askew are not read better upright."""
_SMALL = 0.45
"""The share of a picture below which its words are worth a second look."""
_MARGIN, _TO_THE_RIGHT = 0.4, 1.6
"""Of the longer side of the words' place, as much around it, and where lines end: long ones may have been missed."""
_FEWEST = 2
_WHITE = (255, 255, 255)


def closer(image: Any, words: Sequence[Word]) -> Any | None:
    """Return the part with the words, upright; None where the picture as it stands is as good."""
    if len(words) < _FEWEST:
        return None
    angle = direction(words)
    left, top, right, bottom = _place(words, angle, image.size)
    longer = max(right - left, bottom - top)
    left, top, right, bottom = (
        *(left - _MARGIN * longer, top - _MARGIN * longer),
        *(right + _TO_THE_RIGHT * longer, bottom + _MARGIN * longer),
    )
    small = (right - left) * (bottom - top) <= _SMALL * image.width * image.height
    if not small and (_askew(angle) < _ASKEW or _confidence(words) >= _WELL_READ):
        return None
    upright = image.rotate(math.degrees(angle), expand=True, fillcolor=_WHITE, resample=3)
    middle_x, middle_y = upright.width / 2, upright.height / 2
    box = (middle_x + left, middle_y + top, middle_x + right, middle_y + bottom)
    kept = (max(0, box[0]), max(0, box[1]), min(upright.width, box[2]), min(upright.height, box[3]))
    return upright.crop(tuple(round(edge) for edge in kept))


def _askew(angle: float) -> float:
    """By how much lines differ from level or upright ones."""
    return min(angle % (math.pi / 2), -angle % (math.pi / 2))


def _confidence(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.score for word in words) / letters if letters else 0.0


def _place(words: Sequence[Word], angle: float, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Where the words stand once the picture is turned upright about its middle: edges, seen from the middle."""
    cos, sin = math.cos(-angle), math.sin(-angle)
    moved = [(x - size[0] / 2, y - size[1] / 2) for word in words for x, y in word.corners]
    xs = [x * cos - y * sin for x, y in moved]
    ys = [x * sin + y * cos for x, y in moved]
    return min(xs), min(ys), max(xs), max(ys)
