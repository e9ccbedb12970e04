"""What stands above a column or before an answer, and how the recognizers know it."""

import re
from collections.abc import Iterator, Sequence

from detectors.lexicons import rows
from detectors.text.normalise import fold

_LONGEST = 40
"""Characters of a heading."""
_NUMBER = re.compile(r"\d{4}|[@$]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where words meet in the names of a program's fields: baseSalary."""
_AMOUNT = re.compile(r"\D{0,4}(?:\d{1,3}(?:,\d{3})+|\d{5,6})(?:\.\d{1,2})?")
_PAY = re.compile(
    r"(?<![a-z])(?:salar(?:y|ies)|pay|payroll|wages?|remuneration|commissions?|bonus(?:es)?)(?![a-z])|佣金|花紅|人工|工資|[薪糧粮]"
)
_DIGIT = re.compile(r"\d")
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
    lower = fold(_CAMEL.sub(" ", cell)).lower()
    return next(_latin(lower), "") or next((_KINDS[word] for word in _HAN if word in lower), "")


def _latin(lower: str) -> Iterator[str]:
    """The kinds of known runs of words, the longest first."""
    words = [word for word in _WORDS.findall(lower) if word.isascii()]
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            known = _LATIN.get(" ".join(words[start : start + length]))
            if known:
                yield known


def is_row(row: Sequence[str]) -> bool:
    """Tell whether a row holds headings: several cells, all short and without numbers, half of them known words."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2 or any(len(cell) > _LONGEST or _NUMBER.search(cell) for cell in cells):
        return False
    known = sum(bool(kind(cell)) for cell in cells)
    return known >= 2 and known * 2 >= len(cells)


def stands_above(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row holds headings by what stands below it: numbers in columns where it has words.

    Half of its words need not be known then; one is enough.
    """
    cells = [cell for cell in row if cell]
    if len(below) < 2 or any(len(cell) > _LONGEST or _DIGIT.search(cell) for cell in cells):
        return False
    if len(cells) < 2 and (row[0] or any(sum(map(bool, other)) < 2 for other in below)):
        return False  # a title, unless the corner of the table is empty
    if any(sum(map(bool, other)) < len(cells) - 1 for other in below) or not any(kind(cell) for cell in cells):
        return False
    return any(cell and all(_DIGIT.search("".join(other[x : x + 1])) for other in below) for x, cell in enumerate(row))


def is_answered(row: Sequence[str]) -> bool:
    """Tell whether a row is two labels or more, each with its answer: no headings, though half of them are known."""
    cells = [cell for cell in row if cell]
    if len(cells) < 4 or len(cells) % 2:
        return False
    return all(map(kind, cells[::2])) and not any(map(kind, cells[1::2]))


def speaks_of_pay(title: str) -> bool:
    """Tell whether what stands above a table says that it is about pay."""
    return bool(_PAY.search(fold(title).lower()))


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


def named(row: Sequence[str], below: Sequence[Sequence[str]], *, about_pay: bool) -> list[str]:
    """Return how the recognizers know the columns under a row of headings.

    Beside names in a table about pay, columns of amounts whose headings nobody knows ("now", a month) are pay.
    """
    kinds = [kind(cell) for cell in row]
    looking = about_pay and "name" in kinds and "salary" not in kinds and below
    return [
        f"{_LABELS['salary']} {label(cell)}" if looking and cell and not known and _amounts(below, x) else label(cell)
        for x, (cell, known) in enumerate(zip(row, kinds, strict=True))
    ]


def _amounts(rows: Sequence[Sequence[str]], column: int) -> bool:
    return all(_AMOUNT.fullmatch("".join(row[column : column + 1])) for row in rows)
