"""A font for pictures: what the operator names, else one of this computer's that has Chinese characters.

Pillow brings a font of its own for Latin letters; fonts with Chinese are too large to come along (16 MB and more).
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts"),
)
"""Where fonts lie on Debian and its like, on macOS and on Windows."""

KNOWN = (
    *("NotoSansCJK-Regular.ttc", "NotoSansHK*.?tf", "NotoSansTC*.?tf", "SourceHanSans*-Regular.*", "PingFang.ttc"),
    *("msjh.ttc", "NotoSerifCJK-Regular.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf"),
    *("uming.ttc", "mingliu.ttc"),
)
"""Files that have Traditional Chinese, the best for Hong Kong first."""

_FACES = ("HK", "TC", "TW", "")
"""Marks in the names of faces whose characters look as in Hong Kong, then Taiwan, then anywhere."""
_MOST_FACES = 40
_SAMPLE = "報群類數"
"""A font that has these has what reports say."""


class NoFontError(Exception):
    """There is no font for what is to be written; `code` is "font" (none was found) or "named" (that file is none)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def font(size: float, text: str, named: Path | None) -> FreeTypeFont:
    """A font of a height for a text; `named` is a file that the operator wants. Raises NoFontError."""
    chinese = any(ord(char) > 0x2FF and not 0x2000 <= ord(char) < 0x2100 for char in text)
    if place := _named(named) if named else _found():
        file, face = place
        chosen = ImageFont.truetype(str(file), size, index=face)
        if chinese and named and not _has(chosen, _SAMPLE):
            raise NoFontError("font")
        return chosen
    plain = ImageFont.load_default(size)
    if chinese or not isinstance(plain, FreeTypeFont):  # Pillow may have been built without FreeType
        raise NoFontError("font")
    return plain


def _named(file: Path) -> tuple[Path, int]:
    try:
        return file, _face(file)
    except OSError:
        raise NoFontError("named") from None


@cache
def _found() -> tuple[Path, int] | None:
    """The best font of this computer; searched for once."""
    for file in _files():
        try:
            face = _face(file)
        except OSError:
            continue
        if _has(ImageFont.truetype(str(file), 20, index=face), _SAMPLE):
            return file, face
    return None


def _files() -> Iterator[Path]:
    for name in KNOWN:
        for folder in FOLDERS:
            # A service may have no home, or none that it may look into.
            with suppress(OSError, RuntimeError):
                yield from sorted(Path(folder).expanduser().rglob(name))


def _face(file: Path) -> int:
    """Which face of a collection is the one for Hong Kong. Raises OSError when it is no font."""
    names = []
    for number in range(_MOST_FACES):
        try:
            names.append(" ".join(str(part) for part in ImageFont.truetype(str(file), 20, index=number).getname()))
        except OSError:
            if not number:
                raise
            break
    ranked = sorted(range(len(names)), key=lambda number: (_rank(names[number]), number))
    return ranked[0]


def _rank(name: str) -> tuple[int, bool]:
    """By script, and those of one width last."""
    return next(rank for rank, mark in enumerate(_FACES) if mark in name), "Mono" in name


def _has(font: FreeTypeFont, text: str) -> bool:
    """Whether a font has these characters: those that it lacks all look like one that nobody has."""
    lacking = bytes(font.getmask("\U0010ffff"))
    return all(bytes(font.getmask(char)) != lacking for char in text)
