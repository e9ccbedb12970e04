"""Tables -> parts: a row is a person, and its heading stands before each cell.

Which row holds the headings is told by the words in it; a table without any is read as it is. A form (labels on the
left, answers on the right) is about one person, so it is one text.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from detectors.documents.document import PartKind, Place
from detectors.documents.formats import headings
from detectors.documents.formats.intake import Intake

_LOOKED_AT = 40
"""Rows at the top of a table that tell what it is."""
_FORM = 0.6
"""The share of rows with a label and an answer that makes a form."""
_MOST_CELLS, _LONGEST_CELL = 200, 4_000
_BLANKS = re.compile(r"\s+")

Row = Sequence[str]
Numbered = tuple[int, list[str]]


def add(rows: Iterable[Row], take: Intake, place: Place) -> None:
    """Take the rows of a table, the first of them row 1; `place` says in which table they stand."""
    numbered = _kept(rows)
    top: deque[Numbered] = deque()
    for one in numbered:
        top.append(one)
        if len(top) == _LOOKED_AT:
            break
    if _is_form([row for _, row in top]):
        _add_form(top, numbered, take, place)
    else:
        _add_list(top, numbered, take, place)


def _kept(rows: Iterable[Row]) -> Iterator[Numbered]:
    """Rows that hold anything, with their numbers; cells on one line."""
    for number, row in enumerate(rows, 1):
        cells = [_BLANKS.sub(" ", cell[:_LONGEST_CELL]).strip() for cell in row[:_MOST_CELLS]]
        if any(cells):
            yield number, cells


def _is_form(top: Sequence[Row]) -> bool:
    if any(headings.is_row(row) for row in top):
        return False
    answered = sum(headings.labelled(row) for row in top)
    return answered >= 2 and answered >= _FORM * len(top)


def _add_form(top: Iterable[Numbered], rest: Iterable[Numbered], take: Intake, place: Place) -> None:
    lines = []
    for some in (top, rest):
        for _, row in some:
            if not take.spend("rows"):
                break
            lines.append(_pairs([cell for cell in row if cell]))
    take.add(PartKind.TEXT, place, "\n".join(lines))


def _pairs(cells: Sequence[str]) -> str:
    """A row of labels and answers, each label with the answer behind it."""
    said: list[str] = []
    for cell in cells:
        if said and headings.is_label(said[-1]) and not headings.is_label(cell):
            said[-1] = f"{said[-1].rstrip(' :：')}: {cell}"
        else:
            said.append(cell)
    return "\n".join(said)


def _add_list(top: Iterable[Numbered], rest: Iterable[Numbered], take: Intake, place: Place) -> None:
    heading: list[str] = []
    for some in (top, rest):
        for number, row in some:
            if headings.is_row(row):
                heading = [headings.label(cell) for cell in row]
                continue
            if not take.spend("rows"):
                return
            take.add(_kind(heading, row), replace(place, row=number), _written(heading, row))


def _kind(heading: Row, row: Row) -> PartKind:
    """A line of one cell is a title or a remark, unless it stands in a column."""
    return PartKind.ROW if heading or sum(map(bool, row)) > 1 else PartKind.TEXT


def _written(heading: Row, row: Row) -> str:
    if not heading:
        return "\t".join(cell for cell in row if cell)
    names = [*heading, *[""] * (len(row) - len(heading))]
    return "\n".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell)
