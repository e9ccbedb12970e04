"""What a file holds: parts of words, each with its kind and place. Words never show in a repr."""

from dataclasses import dataclass, field
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a file is by its bytes; its name decides only where they leave it open."""

    PICTURE = "picture"
    PDF = "pdf"
    LETTER = "letter"
    SHEET = "sheet"
    SLIDES = "slides"
    TEXT = "text"
    MAIL = "mail"
    CONTACT = "contact"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


class Unread(StrEnum):
    """Why a file, or a part of it, was not read: a code that may be stored and shown."""

    NO_ACCESS = "no_access"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    NESTED = "nested"
    BROKEN = "broken"
    NO_READER = "no_reader"
    NO_LIBRARY = "no_library"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    CRASHED = "crashed"
    NO_PROCESS = "no_process"


class PartKind(StrEnum):
    """What a part of a file is."""

    TEXT = "text"
    ROW = "row"
    PICTURE = "picture"
    COMMENT = "comment"
    MARGIN = "margin"
    PROPERTY = "property"
    NAME = "name"
    CARD = "card"
    PASSPORT = "passport"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: numbers from 1, 0 where there is no such thing. Holds no words.

    `file` counts the files of an archive or the attachments of a mail; `page` also counts slides; `row` counts as a
    spreadsheet does; `line` is a line of the page, slide, text or picture.
    """

    file: int = 0
    page: int = 0
    sheet: int = 0
    row: int = 0
    column: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Words of a file. A row of a table has a line for each cell, with its heading before it."""

    kind: PartKind
    place: Place
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    `protected` says that it, or a file in it, is encrypted: a fact, no error. `unread` says why nothing (or, with
    parts, why not everything) could be read. `cut` says that it holds more than the limits let through.
    `unread_files` counts the files inside that could not be read.
    """

    kind: DocumentKind
    parts: tuple[DocumentPart, ...] = field(default=(), repr=False)
    protected: bool = False
    unread: Unread | None = None
    cut: bool = False
    unread_files: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    `size` and `unpacked` are bytes, of the file and of all that is packed in it; `files` counts files inside, `pages`
    also slides, `pictures` those that are read, `rows` those of tables; `pixels` are of one picture; `memory` is bytes.
    `seconds` are of processor time: after three quarters of them what has been read is handed over, after all of them
    the process is ended, and so it is after three times as many by the clock.
    """

    size: int = 50_000_000
    unpacked: int = 200_000_000
    files: int = 200
    pages: int = 200
    pictures: int = 20
    rows: int = 50_000
    characters: int = 5_000_000
    pixels: int = 100_000_000
    memory: int = 1_000_000_000
    seconds: float = 20.0
