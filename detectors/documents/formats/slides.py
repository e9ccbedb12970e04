"""PowerPoint's slides (.pptx) and LibreOffice's (.odp)."""

from dataclasses import replace

from detectors.documents.document import DocumentKind, PartKind, Place
from detectors.documents.formats import office, prose
from detectors.documents.formats.archive import opened
from detectors.documents.formats.intake import Intake


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take each slide with its tables, then notes, comments, properties and pictures."""
    take.enter(DocumentKind.SLIDES)
    try:
        with opened(data, take) as packed:
            for name in office.named(packed, r"ppt/slides/slide\d+\.xml|content\.xml"):
                if not take.spend("pages"):
                    break
                prose.add(packed.read(name), PartKind.TEXT, take, replace(place, page=office.number(name)[0] or 1))
            office.add_prose(packed, r"ppt/notesSlides/\w+\.xml", PartKind.COMMENT, take, place)
            office.add_prose(packed, r"ppt/comments/\w+\.xml", PartKind.COMMENT, take, place)
            office.add_prose(packed, r"ppt/diagrams/data\d*\.xml", PartKind.TEXT, take, place)
            office.add_properties(packed, take, place)
            office.add_media(packed, take, place)
    finally:
        take.leave()
