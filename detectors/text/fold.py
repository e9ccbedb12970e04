"""Which single character stands for which: the one-to-one table behind `detectors.text.normalise`.

Sources: Unicode's compatibility forms (NFKC), `lexicons/han_variants.tsv`, `lexicons/homoglyphs.tsv`.
"""

import re
import unicodedata
from collections.abc import Iterable

from detectors.lexicons import rows

OPENING = "【〔［｛〈《「『〖〘[{⟨❨❪❬❮❰❲❴⦅﹙﹛﹝"
CLOSING = "】〕］｝〉》」』〗〙]}⟩❩❫❭❯❱❳❵⦆﹚﹜﹞"
DASHES = "‐‑‒–—―−⁃﹘﹣－﹣⸺⸻➖─━"
INVISIBLE_BLOCKS = (
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x20E3, 0x20E3),  # the key around a digit: 1️⃣
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFFA0, 0xFFA0),
    (0xE0000, 0xE0FFF),  # tags and more variation selectors
)
PLAIN = {
    "…": ".",
    "‥": ".",
    "⋯": ".",
    "™": " ",
    "℃": "C",
    "℉": "F",
    "´": "'",
    "¨": " ",
    "¯": "-",
    "¸": ",",
} | dict.fromkeys("‧∙⋅⸱", ".")
"""What NFKC would take apart, and chat is full of: one character instead keeps the text's length."""

_LONGEST = 4
"""Characters that one sign may stand for, (10) for instance; a sign for a whole sentence (U+FDFA) becomes a blank."""

_TABLED = ((0x80, 0x3400), (0xF900, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F200))


def single(char: str) -> str | None:
    """Fold one character: to one character, to "" when it is invisible, to None when it becomes a few."""
    if unicodedata.category(char) in {"Cf", "Cc"} and char not in "\t\n\v\f\r":
        return "\n" if char == "\x85" else ""
    if char in "\u2028\u2029":
        return "\n"
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) > _LONGEST:
        return " "
    return plain if len(plain) == 1 else None


def _brackets() -> dict[int, str]:
    return {ord(c): "(" for c in OPENING} | {ord(c): ")" for c in CLOSING} | {ord(c): "-" for c in DASHES}


def _letters() -> dict[int, str]:
    tables = ("han_variants.tsv", "homoglyphs.tsv")
    return {ord(written): folded for name in tables for written, folded in rows(name, "written", "folded")}


def _table() -> dict[int, str]:
    ours = _letters() | _brackets() | {ord(char): plain for char, plain in PLAIN.items()}
    codes = (code for first, end in _TABLED for code in range(first, end))
    table = {}
    for code in codes:
        char = chr(code)
        plain = single(char)
        if plain is not None and plain != char:
            # A dash for vertical writing (︱) is to Unicode a long dash, and that is to us a plain one.
            table[code] = ours.get(ord(plain), plain) if plain else ""
    table |= {code: "" for first, last in INVISIBLE_BLOCKS for code in range(first, last + 1)}
    return table | ours


TABLE = _table()
"""For `str.translate`: each entry is one character, or "" for what nobody sees."""

_USUAL = (
    *(range(0x80), range(0x3000, 0x3100), range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xFF00, 0x10000)),
    range(0x1F300, 0x1FB00),  # emoji
)

FULL_TABLE = {code: chr(code) for block in _USUAL for code in block} | TABLE
"""`TABLE` with the usual characters that stay as they are: `str.translate` is twice as fast when it finds an entry."""

USUAL_TABLE = tuple(FULL_TABLE.get(code, chr(code)) for code in range(0x10000))
"""The same for texts within the Basic Multilingual Plane: a place in a tuple is found sooner than an entry by hash."""

NUMERIC = b"0123456789$"
"""What numbers and prices begin with, of ASCII; it stays as it is."""

WORDY = bytes({*range(0x20, 0x7F), *b"\t\n\v\f\r"}.difference(NUMERIC, b"\\<>&*_~`[]{}"))
"""What else stays as it is and means nothing to those who fold: letters, blanks and most signs."""


def _class(codes: Iterable[int]) -> str:
    """Write a regular expression's class; only the Basic Multilingual Plane, where `re` looks it up in one step."""
    return "".join(re.escape(chr(code)) for code in codes if code < 0x10000)


INVISIBLE = _class([*range(9), 0x0E, 0x0F, *range(0x10, 0x20), 0x7F, *(c for c, plain in TABLE.items() if not plain)])
"""What nobody sees."""

EXPANDING = _class(c for first, end in _TABLED for c in range(first, end) if c not in TABLE and single(chr(c)) is None)
"""Single characters that stand for several: a ligature, a fraction, a square of words."""

MARKS = _class(
    code
    for code in range(0x300, 0xFFF0)
    if code not in TABLE
    and (unicodedata.combining(chr(code)) or 0x1160 <= code < 0x1200 or unicodedata.category(chr(code)) == "Mc")
)
"""What may melt into the character before it."""
