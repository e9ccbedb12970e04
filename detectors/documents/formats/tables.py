"""Tables -> parts: a row is a person, and its heading stands before each cell.

Which row holds the headings is told by the words in it; a table without any is read as it is. A form (labels on the
left, answers on the right) is about one person, so it is one text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from detectors.documents.document import PartKind, Place
from detectors.documents.formats import headings
from detectors.documents.formats.intake import Intake

_LOOKED_AT = 40
"""Rows at the top of a table that tell what it is."""
_BELOW = 3
"""Rows below one that tell whether it holds headings."""
_FORM = 0.6
"""The share of rows with a label and an answer that makes a form."""
_MOST_CELLS, _LONGEST_CELL = 200, 4_000
_BLANKS = re.compile(r"\s+")

Row = Sequence[str]
Numbered = tuple[int, list[str]]


def add(rows: Iterable[Row], take: Intake, place: Place, title: str = "") -> None:
    """Take the rows of a table, the first of them row 1; `place` says in which one, `title` what stands above."""
    numbered = _kept(rows)
    top = _first(numbered)
    if _is_form([row for _, row in top]):
        take.add(PartKind.TEXT, place, "\n".join(_answers(chain(top, numbered), take)))
    else:
        _add_list(top, numbered, take, place, title)


def add_records(names: Row, rows: Iterable[Row], take: Intake, place: Place) -> None:
    """Take the rows of a table whose headings are known to be that, whatever they say."""
    heading = [headings.label(name) for name in names]
    for number, row in _kept(rows):
        if not take.spend("rows"):
            return
        take.add(PartKind.ROW, replace(place, row=number), _written(heading, row))


def form(rows: Sequence[Row], take: Intake) -> list[str]:
    """Return the lines of a form, [] for what is none: a letter goes on with them, as it is about the same person."""
    numbered = list(_kept(rows))
    return list(_answers(numbered, take)) if _is_form([row for _, row in numbered[:_LOOKED_AT]]) else []


def _first(numbered: Iterator[Numbered]) -> list[Numbered]:
    return list(islice(numbered, _LOOKED_AT))


def _kept(rows: Iterable[Row]) -> Iterator[Numbered]:
    """Rows that hold anything, with their numbers; cells on one line."""
    for number, row in enumerate(rows, 1):
        cells = [_BLANKS.sub(" ", cell[:_LONGEST_CELL]).strip() for cell in row[:_MOST_CELLS]]
        if any(cells):
            yield number, cells


def _is_form(top: Sequence[Row]) -> bool:
    if not top:
        return False
    if all(map(headings.is_answered, top)) or (len(top) == 1 and headings.is_row(top[0])):
        return True
    if any(headings.is_row(row) for row in top if not headings.is_answered(row)):
        return False
    answered = sum(headings.labelled(row) for row in top)
    return answered >= 2 and answered >= _FORM * len(top)


def _answers(rows: Iterable[Numbered], take: Intake) -> Iterator[str]:
    for _, row in rows:
        if not take.spend("rows"):
            return
        yield _pairs([cell for cell in row if cell])


def _pairs(cells: Sequence[str]) -> str:
    """A row of labels and answers, each label with the answer behind it."""
    said: list[str] = []
    for cell in cells:
        if said and headings.is_label(said[-1]) and not headings.is_label(cell):
            said[-1] = f"{said[-1].rstrip(' :：')}: {cell}"
        else:
            said.append(cell)
    return "\n".join(said)


def _add_list(top: Sequence[Numbered], rest: Iterable[Numbered], take: Intake, place: Place, title: str) -> None:
    heading: list[str] = []
    above: Row = ()
    paid = headings.speaks_of_pay(title)
    for at, (number, row) in enumerate(chain(top, rest)):
        below = [other for _, other in top[at + 1 : at + 1 + _BELOW]]
        if headings.is_row(row) or headings.stands_above(row, below):
            above = [cell or upper for cell, upper in zip_longest(row, above, fillvalue="")]
            heading = headings.named(above, below, about_pay=paid)
            continue
        above = ()
        if not take.spend("rows"):
            return
        paid = paid or (not heading and sum(map(bool, row)) == 1 and headings.speaks_of_pay("".join(row)))
        take.add(_kind(heading, row), replace(place, row=number), _written(heading, row))


def _kind(heading: Row, row: Row) -> PartKind:
    """A line of one cell is a title or a remark, unless it stands in a column."""
    return PartKind.ROW if heading or sum(map(bool, row)) > 1 else PartKind.TEXT


def _written(heading: Row, row: Row) -> str:
    if not heading:
        return "\t".join(cell for cell in row if cell)
    names = [*heading, *[""] * (len(row) - len(heading))]
    return "\n".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell)
