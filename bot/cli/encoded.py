"""A file of messages as lines of UTF-8, however it is written; what is no text is refused in a sentence."""

import io
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from bot.misuse import InputError
from detectors.documents.formats.decoding import guessed, is_text, marked

_LOOKED = 1 << 16
"""Bytes that tell what a file is; fewer where a pipe has fewer, for whoever follows a log waits for no more."""
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
_CURE = "`thinktwice scan --files FOLDER` reads the files of a folder, `thinktwice sweep PATH` exports of chats"


def utf8_lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Return the lines of a text, as UTF-8 where they are plainly written otherwise, which is said on stderr.

    Nothing for an empty file. Raises InputError for what is no text; `name` is what the sentence calls it.
    """
    head = file.read1(_LOOKED) if isinstance(file, io.BufferedReader | io.BytesIO) else file.read(_LOOKED)
    if head and not head.endswith(b"\n"):
        head += file.readline()
    if kind := next((kind for signature, kind in _FILES if head.startswith(signature)), ""):
        raise InputError(f"{name}: is {kind}, not a text of messages; {_CURE}")
    mark, encoding = marked(head)
    if encoding not in ("", "utf-8"):
        return _said(behind(mark, encoding, head + file.read(), name), encoding, name)
    if b"\0" in head:
        raise InputError(f"{name}: holds bytes that no text in UTF-8 holds; write it as UTF-8, or {_CURE}")
    if _is_utf8(head):
        return chain(io.BytesIO(head), file)
    rest = file.read()
    encoding = guessed(head)
    try:
        text = (head + rest).decode(encoding)
    except UnicodeDecodeError:  # then each line says for itself that it can't be read
        return chain(io.BytesIO(head), io.BytesIO(rest))
    if not is_text(text):
        raise InputError(f"{name}: is no text in UTF-8, nor in any encoding that is known here; write it as UTF-8")
    return _said(text, encoding, name)


def behind(mark: bytes, encoding: str, data: bytes, name: str) -> str:
    """Return the text behind a byte order mark. Raises InputError where it is broken."""
    try:
        return data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError:
        raise InputError(f"{name}: begins as {encoding.upper()} and is not; write it as UTF-8") from None


def _said(text: str, encoding: str, name: str) -> Iterator[bytes]:
    if encoding != "utf-8":
        print(f"{name}: read as {encoding}, not as UTF-8", file=sys.stderr)
    return iter(io.BytesIO(text.encode("utf-8")))


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
