"""PDF: text, comments, form fields, properties; pages that are pictures are read as such."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from detectors.documents.document import PartKind, Place, Unread
from detectors.documents.formats import answers, properties
from detectors.documents.formats.intake import Intake, UnreadError
from detectors.documents.formats.text import add as add_text

_SCANNED = 40
"""A page with fewer characters and a picture is a scan."""
_LARGE = 0.12
"""The share of a page that a picture takes which may hold words of its own."""
_SIDE = 2_000
"""Pixels of the longer side of a page that is read as a picture."""
_MOST_OBJECTS = 2_000
_SAID = ("Title", "Author", "Subject", "Keywords")


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take page by page."""
    import pypdfium2  # noqa: PLC0415 - only where there is a PDF

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            take.protected = True
            return
        raise UnreadError(Unread.BROKEN) from error
    with closing(document):
        said = document.get_metadata_dict()
        properties.add_pairs([f"{name}: {said[name]}" for name in _SAID if said.get(name)], take, place)
        for number in range(len(document)):
            if not take.spend("pages"):
                return
            _add_page(document, number, take, replace(place, page=number + 1))


def _add_page(document: Any, number: int, take: Intake, place: Place) -> None:
    import pypdfium2  # noqa: PLC0415 - as above

    try:
        with closing(document[number]) as page:
            with closing(page.get_textpage()) as words:
                written = words.get_text_range()
                beside = answers.beside(words, written)
            add_text(written, take, place)
            add_text("\n".join(beside), take, place)
            take.add(PartKind.COMMENT, place, "\n".join(_annotations(page)))
            if _is_picture(page, written):
                _add_picture(page, take, place)
    except pypdfium2.PdfiumError:
        take.missed(Unread.BROKEN)


def _is_picture(page: Any, written: str) -> bool:
    largest = _largest_picture(page)
    return largest > 0 if len(written.strip()) < _SCANNED else largest >= _LARGE


def _largest_picture(page: Any) -> float:
    """The share of the page that its largest picture takes."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - as above

    area = max(1.0, page.get_width() * page.get_height())
    largest = 0.0
    for count, one in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        left, bottom, right, top = one.get_bounds()
        largest = max(largest, (right - left) * (top - bottom) / area)
        if count == _MOST_OBJECTS:
            break
    return largest


def _add_picture(page: Any, take: Intake, place: Place) -> None:
    from detectors.documents.formats import picture  # noqa: PLC0415 - its libraries take a second

    if take.spend("pictures"):
        scale = _SIDE / max(page.get_width(), page.get_height(), 1.0)
        picture.add(page.render(scale=min(scale, 4.0)).to_pil().convert("RGB"), take, place)


def _annotations(page: Any) -> Iterator[str]:
    """Comments and the values of form fields."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - as above

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_OBJECTS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        label = _string(pdfium, annotation, b"T")
        for key in (b"Contents", b"V"):
            said = _string(pdfium, annotation, key)
            if said:
                yield f"{label}: {said}" if label and key == b"V" else said
        pdfium.FPDFPage_CloseAnnot(annotation)


def _string(pdfium: Any, annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2 or size > 100_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
