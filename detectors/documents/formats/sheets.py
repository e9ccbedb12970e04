"""Spreadsheets: cells by calamine (xlsx, xlsb, xls, ods), and what it leaves out by their XML."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from detectors.documents.document import DocumentKind, PartKind, Place, Unread
from detectors.documents.formats import office, tables
from detectors.documents.formats.archive import opened
from detectors.documents.formats.intake import Intake, UnreadError
from detectors.documents.formats.prose import words
from detectors.documents.formats.xml import local, parsed

_MARGINS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the sheets, hidden ones and hidden columns too; of a packed one also comments, margins and properties."""
    packed = data.startswith(b"PK")
    take.enter(DocumentKind.SHEET)
    try:
        if packed:
            with opened(data, take) as inside:
                inside.all_sizes()
        _add_cells(data, take, place)
        if packed:
            _add_rest(data, take, place)
    finally:
        take.leave()


def _add_cells(data: bytes, take: Intake, place: Place) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only where there are sheets

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, name in enumerate(book.sheet_names, 1):
            where = replace(place, sheet=number)
            take.add(PartKind.NAME, where, name)
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            tables.add(_written(rows), take, where, name)
    except PasswordError:
        take.protected = True
    except CalamineError as error:
        raise UnreadError(Unread.BROKEN) from error


def _written(rows: Iterable[Iterable[object]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    """A cell as people see it: no .0 behind a telephone number, no midnight behind a date."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def _add_rest(data: bytes, take: Intake, place: Place) -> None:
    with opened(data, take) as packed:
        for name in office.named(packed, r"xl/worksheets/sheet\d+\.xml"):
            margins = [one.text or "" for one in parsed(packed.read(name), _MARGINS)]
            take.add(PartKind.MARGIN, replace(place, sheet=office.number(name)[0]), "\n".join(margins))
        for name in office.named(packed, r"xl/(?:threadedComments/\w+|comments\d*|comments/\w+)\.xml"):
            _add_comments(packed.read(name), take, place)
        office.add_prose(packed, r"xl/drawings/drawing\d+\.xml", PartKind.TEXT, take, place)
        _add_annotations(packed.read("content.xml") if "content.xml" in packed.names else b"", take, place)
        office.add_properties(packed, take, place)
        office.add_media(packed, take, place)


def _add_comments(data: bytes, take: Intake, place: Place) -> None:
    for comment in parsed(data, frozenset({"comment", "threadedComment"})):
        said = [element.text or "" for element in comment.iter() if local(element) in ("t", "text") and element.text]
        take.add(PartKind.COMMENT, place, "".join(said))


def _add_annotations(data: bytes, take: Intake, place: Place) -> None:
    """Comments of LibreOffice, which stand in the cells."""
    if data:
        for one in parsed(data, frozenset({"annotation"})):
            take.add(PartKind.COMMENT, place, words(one))
