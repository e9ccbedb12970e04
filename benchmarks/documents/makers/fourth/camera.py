"""What telephones and screens make of paper: any angle, shadows, bad lenses, chats in dark colours, writing by hand."""

import io
import re
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.documents.drawing import MONO
from benchmarks.documents.writing import SANS, SERIF

RGB = tuple[int, int, int]
LIBERATION = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
"""Debian's fonts-liberation; its other fonts lie beside it."""


@lru_cache(maxsize=64)
def font(size: int, kind: str = "sans", *, bold: bool = False) -> Any:
    """A font: sans, serif, mono, times, narrow, or the pen of somebody who writes by hand."""
    path = {
        "sans": SANS.replace("Regular", "Bold") if bold else SANS,
        "serif": SERIF.replace("Regular", "Bold") if bold else SERIF,
        "mono": MONO,
        "times": LIBERATION.replace("Regular", "Bold") if bold else LIBERATION,
        "narrow": LIBERATION.replace("Serif", "SansNarrow"),
        "pen": str(files("fontpkg_caveat") / "files" / "Caveat[wght].ttf"),
    }[kind]
    return ImageFont.truetype(path, size, index=3 if path.endswith(".ttc") else 0)


def page(w: int, h: int, colour: RGB = (255, 255, 255)) -> tuple[Any, Any]:
    """An empty page, and what draws on it."""
    im = Image.new("RGB", (w, h), colour)
    return (im, ImageDraw.Draw(im))


def grain(im: Any, r: Random, amount: float) -> Any:
    """Noise of a camera."""
    a = np.asarray(im) + np.random.default_rng(r.randrange(1 << 30)).normal(0, amount, (im.height, im.width, 3))
    return Image.fromarray(a.clip(0, 255).astype(np.uint8))


def shade(im: Any, r: Random, low: float = 0.45) -> Any:
    """The shadow of a hand or a lamp."""
    h, w = (im.height, im.width)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    t = r.uniform(0, 6.28)
    g = np.cos(t) * x / w + np.sin(t) * y / h
    g = (g - g.min()) / (g.max() - g.min())
    edge = 1 / (1 + np.exp(-(g - r.uniform(0.3, 0.6)) * r.choice([6, 25])))
    return Image.fromarray((np.asarray(im) * (low + (1 - low) * edge)[..., None]).clip(0, 255).astype(np.uint8))


def desk(r: Random, w: int, h: int) -> Any:
    """Wood, stone or cloth below a paper."""
    base = np.array(r.choice([(92, 64, 42), (150, 150, 145), (40, 60, 75), (190, 170, 140)]), np.float32)
    g = np.random.default_rng(r.randrange(1 << 30))
    lines = cv2.resize(g.normal(0, 14, (h // 6, 4)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return Image.fromarray((base + lines[..., None] + g.normal(0, 5, (h, w, 3))).clip(0, 255).astype(np.uint8))


def photo(
    im: Any,
    r: Random,
    *,
    size: tuple[int, int] = (1600, 1200),
    fill: float = 0.7,
    tilt: float = 0.06,
    angle: float = 0.0,
    low: float = 0.5,
) -> Any:
    """The paper lies on a desk, seen by a phone."""
    w, h = size
    back = np.asarray(desk(r, w, h)).copy()
    scale = min(w / im.width, h / im.height) * fill
    if angle % 180 > 45 and angle % 180 < 135:
        scale = min(w / im.height, h / im.width) * fill
    cx, cy, a = (w / 2, h / 2, np.deg2rad(angle))
    corners = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = (sx * im.width * scale / 2, sy * im.height * scale / 2)
        x, y = (x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a))
        corners.append(
            (cx + x + r.uniform(-tilt, tilt) * im.width * scale, cy + y + r.uniform(-tilt, tilt) * im.height * scale)
        )
    src = np.array([(0, 0), (im.width, 0), (im.width, im.height), (0, im.height)], np.float32)
    m = cv2.getPerspectiveTransform(src, np.array(corners, np.float32))
    paper = cv2.warpPerspective(np.asarray(im), m, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((im.height, im.width), 255, np.uint8), m, size)
    back[mask > 127] = paper[mask > 127]
    out = shade(Image.fromarray(back), r, low).filter(ImageFilter.GaussianBlur(0.8))
    return grain(out, r, 6)


def moire(im: Any) -> Any:
    """A screen, photographed."""
    a = np.asarray(im).astype(np.float32)
    h, w = a.shape[:2]
    y, x = np.mgrid[0:h, 0:w]
    a *= (0.92 + 0.08 * np.sin(x * 1.9 + y * 0.05))[..., None] * (0.95 + 0.05 * np.sin(y * 0.9))[..., None]
    a[..., 2] *= 1.06
    return Image.fromarray(a.clip(0, 255).astype(np.uint8))


def jpg(im: Any, q: int = 82) -> bytes:
    """A photo as phones keep it."""
    out = io.BytesIO()
    im.save(out, "JPEG", quality=q)
    return out.getvalue()


def save(im: Any, form: str, **more: Any) -> bytes:
    """A picture in any other form."""
    out = io.BytesIO()
    im.save(out, form, **more)
    return out.getvalue()


def scrawl(g: Any, x: float, y: int, text: str, size: int, ink: RGB, r: Random) -> None:
    """Words by hand: each letter a little off."""
    for c in text:
        f = font(size + r.randint(-3, 3), "pen" if ord(c) < 256 else "serif")
        g.text((x, y + r.randint(-3, 3) - (0 if ord(c) < 256 else size // 4)), c, font=f, fill=ink)
        x += f.getlength(c) + r.randint(0, 3)


def bubbles(lines: Sequence[tuple[bool, str, str]], title: str, *, dark: bool, w: int = 780) -> Any:
    """A chat as a phone shows it: mine or not, who, and what."""
    h = 160 + sum((70 + 44 * (1 + len(t) // 30) for _, _, t in lines))
    im, g = page(w, h, (11, 20, 26) if dark else (236, 229, 221))
    g.rectangle((0, 0, w, 100), fill=(31, 44, 52) if dark else (7, 94, 84))
    g.text((60, 26), title, font=font(34), fill="white")
    y = 130
    for mine, sender, text in lines:
        step = 30 if ord(max(text)) < 500 else 19
        rows = [""]
        for word in re.findall("[A-Za-z0-9()]+|.", text):
            if len(rows[-1]) + len(word) > step:
                rows.append("")
            rows[-1] += word
        if step == 30:
            rows = textwrap.wrap(text, 34)
        bw = int(max(g.textlength(t, font=font(30)) for t in rows)) + 50
        bh = 40 * len(rows) + (56 if not mine else 24)
        x = w - bw - 20 if mine else 20
        g.rounded_rectangle(
            (x, y, x + bw, y + bh),
            16,
            fill=((0, 92, 75) if mine else (31, 44, 52)) if dark else (217, 253, 211) if mine else "white",
        )
        if not mine:
            g.text((x + 18, y + 6), sender, font=font(24, bold=True), fill=(83, 189, 235))
        for k, t in enumerate(rows):
            g.text(
                (x + 18, y + (40 if not mine else 8) + 40 * k),
                t,
                font=font(30),
                fill=(233, 237, 239) if dark else (17, 27, 33),
            )
        y += bh + 14
    return im


def grid(rows: Sequence[Sequence[object]], widths: Sequence[int]) -> Any:
    """A sheet on a screen, with the letters of its columns."""
    im, g = page(sum(widths) + 60, 46 * (len(rows) + 1) + 20)
    x = 50
    for k, w in enumerate(widths):
        g.rectangle((x, 0, x + w, 46), fill=(230, 230, 230), outline=(180, 180, 180))
        g.text((x + w // 2, 8), "ABCDEFGH"[k], font=font(20), fill=(90, 90, 90))
        x += w
    for y, row in enumerate(rows):
        x = 50
        g.rectangle((0, 46 * (y + 1), 50, 46 * (y + 2)), fill=(230, 230, 230), outline=(180, 180, 180))
        g.text((12, 46 * (y + 1) + 8), str(y + 1), font=font(20), fill=(90, 90, 90))
        for w, v in zip(widths, row, strict=False):
            g.rectangle(
                (x, 46 * (y + 1), x + w, 46 * (y + 2)),
                outline=(200, 200, 200),
                fill=(217, 225, 242) if y == 0 else "white",
            )
            g.text((x + 8, 46 * (y + 1) + 8), str(v), font=font(24), fill=0)
            x += w
    return im
