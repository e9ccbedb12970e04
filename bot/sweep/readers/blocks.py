"""Large files, block by block: where something stands in them, without holding them in memory."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bot.sweep.readers.signs import Signs
from detectors.documents.formats.lined import Written, head, written

BLOCK = 1 << 20
LONGEST = 1 << 26
"""Bytes of one message or line that are looked at; what is longer is no export of a chat."""

UTF8 = Written()


class TooLongError(ValueError):
    """A message without an end."""


def find(file: Signs, wanted: bytes, start: int) -> int:
    """Where `wanted` stands at or after `start`; -1 when it doesn't."""
    file.seek(start)
    kept = b""
    while block := file.read(BLOCK):
        text = kept + block
        if (at := text.find(wanted)) >= 0:
            return start - len(kept) + at
        start += len(block)
        kept = text[-len(wanted) + 1 :] if len(wanted) > 1 else b""
    return -1


def search(file: Signs, pattern: re.Pattern[bytes], start: int, before: int) -> tuple[bytes, int] | None:
    """Where `pattern` first matches at or after `start`: at most `before` bytes ahead of it, and its end.

    A match may be as long as `before`.
    """
    file.seek(start)
    kept = b""
    while block := file.read(BLOCK):
        text = kept + block
        if matched := pattern.search(text):
            ahead = text[max(0, matched.start() - before) : matched.start()]
            return ahead, start - len(kept) + matched.end()
        start += len(block)
        kept = text[-2 * before :]
    return None


def lines(file: BinaryIO, start: int, end: int, how: Written = UTF8) -> Iterator[tuple[int, bytes]]:
    """Each line of the bytes from `start` to `end`, as UTF-8, with where it begins.

    One that is too long comes in pieces.
    """
    file.seek(start)
    while start < end and (raw := how.line(file, LONGEST)):
        yield start, how.utf8(raw)
        start += len(raw)


def written_of(path: Path) -> Written:
    """How a file of lines is written, by its beginning. Raises NoTextError, OSError."""
    with path.open("rb") as file:
        return written(head(file))


def said(how: Written) -> tuple[str, ...]:
    """What somebody should know of it: nothing of UTF-8."""
    return () if how.plain else (f"read as {how.encoding}, not as UTF-8",)
