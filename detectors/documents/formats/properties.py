"""What a file says of itself: title, author, subject, keywords, company, and properties of people's own."""

from detectors.documents.document import PartKind, Place
from detectors.documents.formats.intake import Intake
from detectors.documents.formats.xml import local, parsed

_SAID = frozenset(
    {"title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "Company", "Manager"}
    | {"initial-creator", "keyword", "user-defined", "lpwstr", "lpstr"}
)
_PROGRAMS = ("Microsoft", "LibreOffice", "openpyxl", "python-docx", "Worksheets", "Sheet")


def add(data: bytes, take: Intake, place: Place) -> None:
    """Take the properties in a part of an office file."""
    said = [f"{local(one)}: {one.text.strip()}" for one in parsed(data, _SAID) if one.text and one.text.strip()]
    add_pairs([line for line in said if not line.partition(": ")[2].startswith(_PROGRAMS)], take, place)


def add_pairs(lines: list[str], take: Intake, place: Place) -> None:
    """Take lines of a name and what it says."""
    take.add(PartKind.PROPERTY, place, "\n".join(lines))
