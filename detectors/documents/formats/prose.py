"""Words in the XML of letters, slides, comments and drawings: paragraphs, and tables with their rows.

Word and PowerPoint, and LibreOffice, name the same things alike enough that one reader serves them all.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from detectors.documents.document import PartKind, Place
from detectors.documents.formats import tables
from detectors.documents.formats.intake import Intake
from detectors.documents.formats.xml import local, parsed

_PARAGRAPHS, _TABLES, _ROWS = frozenset({"p", "h"}), frozenset({"tbl", "table"}), frozenset({"tr", "table-row"})
_CELLS = frozenset({"tc", "table-cell", "covered-table-cell"})
_WORDS = frozenset({"t", "delText", "span", "a", "p", "h"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "line-break": "\n", "noBreakHyphen": "-", "s": " "}
_TWICE = frozenset({"Fallback"})
"""What old programs see in place of a drawing: the same words once more."""
_TOGETHER = 10_000
"""Characters of paragraphs around tables that are read together."""
_TITLE = 80
"""Characters before a table that may say what it is about."""


def add(data: bytes, kind: PartKind, take: Intake, place: Place) -> None:
    """Take each table with its rows, and the paragraphs before, between and behind them as one part.

    Whom a letter is about stands above its table, and what is to become of them below.
    """
    lines: list[str] = []
    above = 0
    for element in parsed(data, _PARAGRAPHS | _TABLES):
        if local(element) not in _TABLES:
            lines.append(words(element))
            continue
        rows = list(_rows(element))
        answers = tables.form(rows, take)
        if answers:  # a form stays part of the letter that it stands in
            lines += answers
            continue
        title = "\n".join(line for line in lines[above:] if line.strip())
        tables.add(rows, take, place, title[-_TITLE:])
        if sum(map(len, lines)) > _TOGETHER:
            _flush(lines, kind, take, place)
        above = len(lines)
    _flush(lines, kind, take, place)


def _flush(lines: list[str], kind: PartKind, take: Intake, place: Place) -> None:
    take.add(kind, place, "\n".join(line for line in lines if line.strip()))
    lines.clear()


def _rows(table: Element) -> Iterator[list[str]]:
    for row in _nearest(table, _ROWS):
        yield [_cell(cell) for cell in _nearest(row, _CELLS)]


def _cell(cell: Element) -> str:
    return " ".join(words(paragraph) for paragraph in _nearest(cell, _PARAGRAPHS))


def _nearest(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """The descendants of these names that are in no other such descendant."""
    for child in element:
        if local(child) in names:
            yield child
        else:
            yield from _nearest(child, names)


def words(element: Element) -> str:
    """Return what is written in an element, deletions that were only marked as such too."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    name = local(element)
    if name in _TWICE:
        return
    yield _BREAKS.get(name, "")
    if name in _WORDS and element.text:
        yield element.text
    for child in element:
        yield from _pieces(child)
        if local(child) in _PARAGRAPHS:
            yield "\n"
        if child.tail and name in _WORDS:
            yield child.tail
