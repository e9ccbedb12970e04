"""A file of lines however it is written: told by its beginning, and read line by line, as UTF-8, never held whole."""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from detectors.documents.formats.decoding import guessed, is_text, marked

LOOKED = 1 << 16
"""Bytes that tell how a file is written; fewer where a pipe has fewer, for whoever follows a log waits for no more."""
_LONGEST = 1 << 20
"""Bytes of a line that are looked at to that end."""
_FILES = (
    (b"PK\x03\x04", "a zip archive, or an Office file"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an Office file of long ago, or a mail of Outlook"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a rar archive"),
    (b"SQLite format 3\0", "a database"),
)
_FOREIGN = re.compile(rb"[\x80-\xff]{4}")
"""Windows' Latin is what remains where no other encoding fits; words of its languages have no such letters in a row."""
_BROKEN = b"\xff\n"
"""What stands for a line that can't be read: no UTF-8 holds such a byte."""


class NoTextError(ValueError):
    """A file holds no text: what it is instead, as the end of a sentence that begins with its name."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a text is written. Lines of UTF-8 pass as they are, also broken ones: each says so for itself."""

    encoding: str = "utf-8"

    @property
    def plain(self) -> bool:
        """Whether nothing has to be done to its bytes."""
        return self.encoding == "utf-8"

    @property
    def end(self) -> bytes:
        """What ends a line; no other character of these encodings ends in such a byte, or has as many."""
        return "\n".encode(self.encoding)

    def line(self, file: BinaryIO, most: int, begun: bytes = b"") -> bytes:
        """The next line with its end, as it stands there, at most so many bytes; `begun` was read of it already."""
        if self.plain and not begun:
            return file.readline(most)
        raw, width = bytearray(begun), len(self.end)
        while len(raw) < most and (more := file.readline(most - len(raw))):
            raw += more
            raw += file.read(-len(raw) % width)
            if raw.endswith(self.end):
                break
        return bytes(raw)

    def utf8(self, raw: bytes) -> bytes:
        """A line in UTF-8; one that is broken can't be read as that, either."""
        if self.plain:
            return raw
        try:
            return raw.decode(self.encoding).encode("utf-8")
        except UnicodeError:
            return _BROKEN


def head(file: BinaryIO) -> bytes:
    """The beginning of a file, up to the end of a line as bytes go; a pipe gives what it has."""
    read = file.read1(LOOKED) if isinstance(file, io.BufferedReader | io.BytesIO) else file.read(LOOKED)
    return read if not read or read.endswith(b"\n") else read + file.readline(_LONGEST)


def written(head: bytes) -> Written:
    """How a file is written, by its beginning. Raises NoTextError."""
    if kind := next((kind for signature, kind in _FILES if head.startswith(signature)), ""):
        raise NoTextError(f"is {kind}, not a text of messages")
    _, encoding = marked(head)
    if encoding in ("", "utf-8"):
        if b"\0" in head:
            raise NoTextError("holds bytes that no text in UTF-8 holds; write it as UTF-8")
        if _is_utf8(head):
            return Written()
        encoding = guessed(head)
        if encoding == "cp1252" and _FOREIGN.search(head):
            return Written()  # then each line says for itself that it can't be read
    if not is_text(head.decode(encoding, "replace")):
        raise NoTextError("is no text in UTF-8, nor in any encoding that is known here; write it as UTF-8")
    return Written(encoding)


def lines(file: BinaryIO) -> tuple[Written, Iterator[bytes]]:
    """How a file is written, and its lines as UTF-8, from a pipe too. Raises NoTextError."""
    begun = head(file)
    how = written(begun)
    return how, chain(io.BytesIO(begun), file) if how.plain else _recoded(how, io.BytesIO(begun), file)


def _recoded(how: Written, begun: BinaryIO, file: BinaryIO) -> Iterator[bytes]:
    while raw := how.line(begun, sys.maxsize):
        yield how.utf8(raw if raw.endswith(how.end) else how.line(file, sys.maxsize, raw))
    while raw := how.line(file, sys.maxsize):
        yield how.utf8(raw)


def behind(mark: bytes, encoding: str, data: bytes) -> str:
    """The text behind a byte order mark. Raises NoTextError where it is broken."""
    try:
        return data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError:
        raise NoTextError(f"begins as {encoding.upper()} and is not; write it as UTF-8") from None


def _is_utf8(head: bytes) -> bool:
    """Whether the lines beyond ASCII are UTF-8, most of them: a broken line spoils no file."""
    fits = [_fits(line) for line in io.BytesIO(head) if not line.isascii()]
    return sum(fits) * 2 >= len(fits)


def _fits(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
