"""What is gathered of one file, within its limits."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from detectors.documents.document import Document, DocumentKind, DocumentPart, Limits, PartKind, Place, Unread

_PIECE = 2_000
"""Characters of a part: longer texts are cut at the end of a line, as a recognizer reads no novels."""
_HANDED_OVER = 0.75
"""The share of the time after which nothing more is begun."""


class UnreadError(Exception):
    """A file, or one inside it, can't be read; says why as a code, and nothing of the file."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why.value)
        self.why = why


class FullError(Exception):
    """So much has been gathered that the rest is left."""


Inner = Callable[[bytes, str, "Intake", Place], None]
"""Reads a file inside another."""


class Intake:
    """Gathers the parts of a file and of those inside it; one serves them all, so that the limits hold for all."""

    def __init__(self, limits: Limits, inner: Inner) -> None:
        """Take the limits, and what reads the files inside."""
        self.limits = limits
        self.protected = self.cut = False
        self.unread: Unread | None = None
        self._kind = DocumentKind.UNKNOWN
        self.parts: list[DocumentPart] = []
        self._inner = inner
        self._open: list[DocumentKind] = []
        self._left = {"files": limits.files, "pages": limits.pages, "pictures": limits.pictures, "rows": limits.rows}
        self._characters, self._unpacked = limits.characters, limits.unpacked
        self._until = time.process_time() + limits.seconds * _HANDED_OVER
        self._seen: set[bytes] = set()
        self._files = self._unread_files = 0

    def add(self, kind: PartKind, place: Place, text: str) -> None:
        """Keep a part if it holds words, a long one in pieces. Raises FullError where the limits end."""
        text = text.replace("\x00", " ")
        line = place.line or 1
        for piece in _pieces(text[: self._characters]):
            if piece.strip():
                begins = line + len(piece) - len(piece.lstrip("\n"))
                where = replace(place, line=begins) if begins > 1 and kind is not PartKind.ROW else place
                self.parts.append(DocumentPart(kind, where, piece.strip()))
            line += piece.count("\n")
        self.cut = self.cut or len(text) > self._characters
        self._characters -= min(len(text), self._characters)
        if not self._characters:
            raise FullError

    def spend(self, what: str) -> bool:
        """Tell whether one more of files, pages, pictures or rows may be read, and count it; notes what is left out."""
        if self._left[what] <= 0 or time.process_time() > self._until:
            self.cut = True
            return False
        self._left[what] -= 1
        return True

    def unpack(self, size: int) -> None:
        """Count bytes before they are unpacked. Raises UnreadError where they are too many."""
        self._unpacked -= size
        if self._unpacked < 0:
            raise UnreadError(Unread.BOMB)

    def once(self, data: bytes) -> bool:
        """Tell whether these bytes come for the first time: a letter holds its logo on every page."""
        seen = hashlib.blake2b(data, digest_size=16).digest()
        new = seen not in self._seen
        self._seen.add(seen)
        return new

    def is_a(self, kind: DocumentKind) -> None:
        """Note what the file is; the files inside it don't change that."""
        if self._kind is DocumentKind.UNKNOWN:
            self._kind = kind

    def inside(self, data: bytes, name: str, place: Place) -> None:
        """Read a file inside this one; one that can't be read is counted and stops nothing."""
        if not self.spend("files"):
            return
        self._files += 1
        try:
            self._inner(data, name, self, replace(place, file=self._files))
        except UnreadError as error:
            self.missed(error.why)

    def missed(self, why: Unread) -> None:
        """Note that a file inside was not read."""
        self._unread_files += 1
        self.unread = self.unread or why

    def enter(self, kind: DocumentKind) -> None:
        """Begin a file that may hold others. Raises UnreadError where one of its kind is open: they nest."""
        if kind in self._open:
            raise UnreadError(Unread.NESTED)
        self._open.append(kind)

    def leave(self) -> None:
        """End what `enter` began."""
        self._open.pop()

    def document(self, unread: Unread | None = None) -> Document:
        """Return what was gathered."""
        return Document(
            self._kind,
            tuple(self.parts),
            protected=self.protected,
            unread=unread or self.unread,
            cut=self.cut,
            unread_files=self._unread_files,
        )


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + _PIECE
        if end < len(text):
            line_end = text.rfind("\n", at, end)
            end = line_end + 1 if line_end > at else end
        yield text[at:end]
        at = end
