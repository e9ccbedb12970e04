"""Word's letters (.docx) and LibreOffice's (.odt)."""

from detectors.documents.document import DocumentKind, PartKind, Place
from detectors.documents.formats import office
from detectors.documents.formats.archive import opened
from detectors.documents.formats.intake import Intake


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take text, tables, text boxes, notes, margins, comments, properties and pictures."""
    take.enter(DocumentKind.LETTER)
    try:
        with opened(data, take) as packed:
            office.add_prose(packed, r"word/document\d*\.xml|content\.xml", PartKind.TEXT, take, place)
            office.add_prose(packed, r"word/(?:foot|end)notes\.xml", PartKind.TEXT, take, place)
            office.add_prose(packed, r"word/(?:header|footer)\d*\.xml|styles\.xml", PartKind.MARGIN, take, place)
            office.add_prose(packed, r"word/comments\w*\.xml", PartKind.COMMENT, take, place)
            office.add_prose(packed, r"word/(?:charts|diagrams)/\w+\.xml", PartKind.TEXT, take, place)
            office.add_properties(packed, take, place)
            office.add_media(packed, take, place)
    finally:
        take.leave()
