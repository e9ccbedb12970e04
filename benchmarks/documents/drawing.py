"""Pages, cards and screens as pictures, and what a telephone's camera makes of them."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.documents.writing import SANS, SERIF

MONO = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
Item = tuple[int, int, int, str]
"""Left, top, size and words."""


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> Any:
    return ImageFont.truetype(path, size, index=3 if path.endswith(".ttc") else 0)


def sheet(
    items: Sequence[Item], size: tuple[int, int], *, ground: str = "white", ink: str = "black", font: str = SANS
) -> Any:
    """A picture with words at their places."""
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    for left, top, height, words in items:
        draw.text((left, top), words, font=_font(font, height), fill=ink)
    return picture


def page(lines: Sequence[str], *, font: str = SERIF, size: int = 30, width: int = 1100, gap: float = 1.7) -> Any:
    """Lines below each other, the first one larger."""
    items, top = [], 70
    for number, line in enumerate(lines):
        height = round(size * 1.4) if number == 0 else size
        items.append((80, top, height, line))
        top += round(height * gap)
    return sheet(items, (width, top + 80), font=font)


def grid(rows: Sequence[Sequence[object]], *, column: int = 250, font: str = SANS, size: int = 26) -> Any:
    """A table as a screenshot."""
    items = [
        (30 + x * column, 30 + y * 48, size, str(cell)) for y, row in enumerate(rows) for x, cell in enumerate(row)
    ]
    picture = sheet(items, (60 + column * len(rows[0]), 70 + 48 * len(rows)), font=font)
    draw = ImageDraw.Draw(picture)
    for y in range(len(rows) + 1):
        draw.line((20, 24 + y * 48, picture.width - 20, 24 + y * 48), fill="#bbbbbb")
    return picture


def guilloche(picture: Any, rng: Random, colour: tuple[int, int, int]) -> Any:
    """The fine lines of a card's ground, which make reading harder."""
    draw = ImageDraw.Draw(picture)
    for line in range(0, picture.height, 14):
        shift = rng.uniform(0, 6.3)
        points = [(x, line + 6 * np.sin(x / 40 + shift)) for x in range(0, picture.width, 12)]
        draw.line(points, fill=colour, width=1)
    return picture


def photo(picture: Any, rng: Random, *, hard: float = 0.5, turned: int | None = None, side: int = 0) -> Any:
    """Lay a picture on a desk and take a photo: at an angle, in shadow, dim, noisy, a little out of focus."""
    desk = tuple(rng.randint(50, 150) for _ in range(3))
    margin = round(max(picture.size) * rng.uniform(0.06, 0.2))
    wide = Image.new("RGB", (picture.width + 2 * margin, picture.height + 2 * margin), desk)
    wide.paste(picture, (margin, margin))
    wide = _at_an_angle(wide, rng, hard, desk)
    wide = wide.rotate(rng.uniform(-12, 12) * hard * 2, expand=True, fillcolor=desk, resample=Image.Resampling.BICUBIC)
    quarter = rng.choice((0, 0, 90, 180, 270)) if turned is None else turned
    wide = wide.rotate(quarter, expand=True)
    if side:
        scale = side / max(wide.size)
        wide = wide.resize((round(wide.width * scale), round(wide.height * scale)), Image.Resampling.BICUBIC)
    return _in_bad_light(wide.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.1) * hard)), rng, hard)


def _at_an_angle(picture: Any, rng: Random, hard: float, desk: tuple[int, ...]) -> Any:
    width, height = picture.size
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    moved = [v + rng.uniform(-0.09, 0.09) * hard * (width, height)[n % 2] for n, v in enumerate(sum(corners, ()))]
    return picture.transform(picture.size, Image.Transform.QUAD, moved, Image.Resampling.BICUBIC, fillcolor=desk)


def _in_bad_light(picture: Any, rng: Random, hard: float) -> Any:
    pixels = np.asarray(picture, dtype=np.float32)
    height, width = pixels.shape[:2]
    slope = np.linspace(1, rng.uniform(0.35, 1) if hard > 0.3 else 1, width)[None, :, None]
    slope = slope * np.linspace(rng.uniform(0.6, 1), 1, height)[:, None, None]
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 9 * hard, pixels.shape)
    lit = pixels * slope * rng.uniform(0.55, 1.05) + noise
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))
