"""What stands above a column or before an answer, and how the recognizers know it."""

import re
from collections.abc import Sequence

from detectors.lexicons import rows
from detectors.text.normalise import fold

_LONGEST = 40
"""Characters of a heading."""
_NUMBER = re.compile(r"\d{4}|[@$]")
_WORDS = re.compile(r"[a-z]+(?:'s)?|[^\x00-\x7f]+")
_LABELS = {
    "hkid": "HKID",
    "resident": "Resident ID card number",
    "passport": "Passport number",
    "phone": "Phone",
    "email": "Email",
    "birth": "Date of birth",
    "address": "Home address",
    "salary": "Salary",
    "bank": "Bank account",
    "card": "Credit card",
    "name": "Name",
    "illness": "Diagnosis",
}
"""How a column is called before its cells; columns of other kinds keep the name that people gave them."""
_KINDS = {fold(word).lower(): kind for word, kind in rows("heading_words.tsv", "word", "speaks of")}
_LATIN = {word: kind for word, kind in _KINDS.items() if word.isascii()}
_HAN = sorted((word for word in _KINDS if not word.isascii()), key=len, reverse=True)


def kind(cell: str) -> str:
    """Return what a heading speaks of, '' for what is none."""
    if not cell or len(cell) > _LONGEST or _NUMBER.search(cell):
        return ""
    lower = fold(cell).lower()
    return _latin(lower) or next((_KINDS[word] for word in _HAN if word in lower), "")


def _latin(lower: str) -> str:
    """The kind of the longest known run of words."""
    words = [word for word in _WORDS.findall(lower) if word.isascii()]
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            known = _LATIN.get(" ".join(words[start : start + length]))
            if known:
                return known
    return ""


def is_row(row: Sequence[str]) -> bool:
    """Tell whether a row holds headings: several cells, all short and without numbers, half of them known words."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2 or any(len(cell) > _LONGEST or _NUMBER.search(cell) for cell in cells):
        return False
    known = sum(bool(kind(cell)) for cell in cells)
    return known >= 2 and known * 2 >= len(cells)


def is_label(cell: str) -> bool:
    """Tell whether a cell is what an answer stands behind."""
    return bool(kind(cell)) or (len(cell) <= _LONGEST and cell.endswith((":", "：")))


def labelled(row: Sequence[str]) -> bool:
    """Tell whether a row is a label and its answer, once or more."""
    cells = [cell for cell in row if cell]
    return 2 <= len(cells) <= 6 and is_label(cells[0]) and not is_label(cells[1])


def label(cell: str) -> str:
    """Return how the recognizers know the column; words of their own as they stand."""
    said = kind(cell)
    own = " ".join(cell.split()).rstrip(" :：")
    return _LABELS.get(said, own[:_LONGEST])
