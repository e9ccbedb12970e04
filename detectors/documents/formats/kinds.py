"""What a file is: its bytes say it, its name only where they leave it open."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from detectors.documents.document import DocumentKind, Place, Unread
from detectors.documents.formats import (
    archive,
    contact,
    delimited,
    letter,
    mail,
    outlook,
    pdf,
    records,
    rich,
    sheets,
    slides,
    text,
)
from detectors.documents.formats.intake import Intake, UnreadError

Reader = Callable[[bytes, Intake, Place], None]
Found = tuple[DocumentKind, Reader]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024
_PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|BM.{4}\0{4}|II\*\0|MM\0\*", re.DOTALL)
_PHOTO = re.compile(rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)", re.DOTALL)
_MAIL = re.compile(
    rb"(?:[\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){0,80}?(?:from|to|subject|mime-version|received):",
    re.IGNORECASE,
)
_TABLES = frozenset({"csv", "tsv", "tab"})
_MANIFEST = "META-INF/manifest.xml"


def read(data: bytes, name: str, take: Intake, place: Place) -> None:
    """Hand the file to its reader, and note what it is. Raises UnreadError."""
    kind, reader = _found(data, name, take)
    take.is_a(kind)
    reader(data, take, place)
    if kind in (DocumentKind.PICTURE, DocumentKind.PDF):
        _add_hidden_archive(data, take, place)


def _found(data: bytes, name: str, take: Intake) -> Found:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if _PICTURES.match(data) or _PHOTO.match(data):
        return DocumentKind.PICTURE, _picture
    if b"%PDF-" in data[:_HEAD]:
        return DocumentKind.PDF, pdf.read
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data, take)
    if data.startswith(_OLD_OFFICE):
        return _old_office(data, take)
    return _written(data, ending)


def _picture(data: bytes, take: Intake, place: Place) -> None:
    from detectors.documents.formats import picture  # noqa: PLC0415 - its libraries take a second

    picture.read(data, take, place)


def _zipped(data: bytes, take: Intake) -> Found:
    with archive.opened(data, take) as packed:
        names = packed.names
        if "word/document.xml" in names or any(name.startswith("word/") for name in names):
            return DocumentKind.LETTER, letter.read
        if any(name.startswith("xl/") for name in names):
            return DocumentKind.SHEET, sheets.read
        if any(name.startswith("ppt/") for name in names):
            return DocumentKind.SLIDES, slides.read
        if "mimetype" in names and _MANIFEST in names:
            return _open_document(packed, take)
    return DocumentKind.ARCHIVE, archive.read


def _open_document(packed: archive.Packed, take: Intake) -> Found:
    said = packed.read("mimetype").decode("ascii", "replace")
    kind, reader = next(
        (found for word, found in _OPEN_DOCUMENTS.items() if word in said), (DocumentKind.LETTER, letter.read)
    )
    if b"encryption-data" in packed.read(_MANIFEST):
        take.protected = True
        return kind, _nothing
    return kind, reader


_OPEN_DOCUMENTS: dict[str, Found] = {
    "spreadsheet": (DocumentKind.SHEET, sheets.read),
    "presentation": (DocumentKind.SLIDES, slides.read),
}


def _old_office(data: bytes, take: Intake) -> Found:
    """A compound file: an encrypted new one, a sheet of long ago, a mail; others have no reader."""
    import olefile  # noqa: PLC0415 - only where there is such a file

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists("EncryptedPackage"):
                take.protected = True
                return DocumentKind.UNKNOWN, _nothing
            if file.exists("__properties_version1.0"):
                return DocumentKind.MAIL, outlook.read
            book = next((name for name in ("Workbook", "Book") if file.exists(name)), "")
            if not book:
                raise UnreadError(Unread.NO_READER)
            if _has_password(file.openstream(book).read(65_536)):
                take.protected = True
                return DocumentKind.SHEET, _nothing
            return DocumentKind.SHEET, sheets.read
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise UnreadError(Unread.BROKEN) from error


def _has_password(stream: bytes) -> bool:
    """Whether a record of the kind FILEPASS stands among the first of a workbook ([MS-XLS] 2.4.117)."""
    at = 0
    while at + 4 <= len(stream):
        record, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if record == 0x2F:
            return True
        at += 4 + size
    return False


def _nothing(_data: bytes, _take: Intake, _place: Place) -> None:
    """What is encrypted holds no words for anybody without its password."""


def _written(data: bytes, ending: str) -> Found:
    """What is no binary format: a contact, a mail, a table, a text."""
    head = data[:_HEAD]
    if re.match(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCARD", head, re.IGNORECASE) or ending == "vcf":
        return DocumentKind.CONTACT, contact.read
    if ending == "eml" or (ending in ("", "mht") and _MAIL.match(data[:16_384])):
        return DocumentKind.MAIL, mail.read
    if head.startswith(b"{\\rtf"):
        return DocumentKind.LETTER, rich.read
    if ending == "json":
        return DocumentKind.TEXT, records.read
    if ending in _TABLES:
        return DocumentKind.SHEET, delimited.read
    return DocumentKind.TEXT, text.read


def _add_hidden_archive(data: bytes, take: Intake, place: Place) -> None:
    """A picture or PDF may be an archive as well: what one program shows, another unpacks."""
    tail: Any = io.BytesIO(data)
    if zipfile.is_zipfile(tail):
        archive.read(data, take, place)
