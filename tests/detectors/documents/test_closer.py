"""When the words of a picture are looked at again, upright and from nearer: where that can show more."""

import math

import pytest

pytest.importorskip("PIL")
from PIL import Image

from detectors.documents.pictures.closer import closer
from detectors.documents.pictures.lines import Point, Word

WIDE, HIGH = 1000, 800
LINES = 6


def words(size: float, angle: float, score: float) -> list[Word]:
    """Lines about the middle of the picture, which fill `size` of it, turned by so many degrees."""
    width, step = WIDE * size, HIGH * size / LINES

    def corners(number: int) -> tuple[Point, ...]:
        top, left = (number - LINES / 2) * step, -width / 2
        box = ((left, top), (-left, top), (-left, top + step / 2), (left, top + step / 2))
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        return tuple((WIDE / 2 + x * cos - y * sin, HIGH / 2 + x * sin + y * cos) for x, y in box)

    return [Word("Name Chan Tai Man", corners(number), score=score) for number in range(LINES)]


@pytest.mark.parametrize(
    ("size", "angle", "score"),
    [(0.8, 0, 0.7), (0.7, 10, 0.99), (0.7, 190, 0.99)],
    ids=("upright", "askew and well read", "upside down, askew and well read"),
)
def test_what_is_upright_or_well_read_is_not_looked_at_twice(size: float, angle: float, score: float) -> None:
    assert closer(Image.new("RGB", (WIDE, HIGH)), words(size, angle, score)) is None


def test_what_is_askew_and_hard_to_read_is_turned_upright() -> None:
    assert closer(Image.new("RGB", (WIDE, HIGH)), words(0.7, 10, 0.8)) is not None


def test_small_words_are_looked_at_from_nearer_however_well_they_are_read() -> None:
    near = closer(Image.new("RGB", (WIDE, HIGH)), words(0.2, 0, 0.99))
    assert near is not None
    assert near.width < WIDE
    assert near.height < HIGH
