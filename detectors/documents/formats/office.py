"""What letters, sheets and slides of office programs (zip files of XML) have in common: margins, comments, pictures."""

import posixpath
import re

from detectors.documents.document import PartKind, Place
from detectors.documents.formats import properties, prose
from detectors.documents.formats.archive import Packed
from detectors.documents.formats.intake import Intake

_NUMBER = re.compile(r"(\d+)\.\w+$")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_FILES = (".docx", ".xlsx", ".pptx", ".pdf", ".xls", ".csv", ".txt")


def add_properties(packed: Packed, take: Intake, place: Place) -> None:
    """Take what the file says of itself."""
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"):
        if name in packed.names:
            properties.add(packed.read(name), take, place)


def add_prose(packed: Packed, pattern: str, kind: PartKind, take: Intake, place: Place) -> None:
    """Take the paragraphs and tables of all parts whose names match, in the order of their numbers."""
    for name in named(packed, pattern):
        prose.add(packed.read(name), kind, take, place)


def add_media(packed: Packed, take: Intake, place: Place) -> None:
    """Take pictures, and files that are packed inside."""
    for name in sorted(packed.names, key=number):
        folder = posixpath.dirname(name).rpartition("/")[2].lower()
        picture = folder in ("media", "pictures") and name.lower().endswith(_PICTURES)
        if picture or (folder == "embeddings" and name.lower().endswith(_FILES)):
            data = packed.read(name)
            if take.once(data):
                take.inside(data, posixpath.basename(name), place)


def named(packed: Packed, pattern: str) -> list[str]:
    """The names of parts that match."""
    found = re.compile(pattern)
    return sorted((name for name in packed.names if found.fullmatch(name)), key=number)


def number(name: str) -> tuple[int, str]:
    """Sort key: slide10 comes after slide9."""
    found = _NUMBER.search(name)
    return (int(found[1]) if found else 0, name)
