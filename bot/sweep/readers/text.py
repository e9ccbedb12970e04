"""Messages as lines: plain text, or JSON lines, as `thinktwice scan` reads them, however they are encoded.

JSON lines hold `text`, and may hold `id`, `platform`, `chat`, `sender` and `sent_at` (Unix seconds).
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.message import Message, Part
from bot.sweep.export import Chunk, Circumstances, Posted
from bot.sweep.once import once
from bot.sweep.readers import rows
from bot.sweep.readers.blocks import said, written_of
from bot.words import PartKind
from detectors.documents.formats.lined import NoTextError, head, written

NAME = "text"

ENDINGS = frozenset({".txt", ".text", ".log"})
JSON = frozenset({".jsonl", ".ndjson", ".json"})


class JsonLinesReader:
    """Knows them by their first line."""

    name = "jsonl"
    says = "JSON lines with text"
    ids = False

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if path.suffix.lower() not in JSON or not path.is_file():
            return False
        return isinstance(first_row(path).get("text"), str)

    def open(self, path: Path, circumstances: Circumstances) -> "JsonLinesExport":
        """Open it."""
        return JsonLinesExport(path, circumstances)


def first_row(path: Path) -> Mapping[str, Any]:
    """The object on the first line that isn't blank; empty for anything else."""
    with path.open("rb") as file:
        begun = head(file)
    try:
        how = written(begun)
    except NoTextError:
        return {}
    first = begun.decode(how.encoding, "replace").removeprefix("\ufeff").lstrip().partition("\n")[0]
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


class _Lines:
    """What plain text and JSON lines share."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._path, self._how = path, written_of(path)
        self._platform, self._chat = circumstances.platform or NAME, circumstances.chat

    def chunks(self) -> Iterator[Chunk]:
        """Cut where lines end."""
        yield from rows.cut(self._path, how=self._how)

    def remarks(self) -> tuple[str, ...]:
        """How it is encoded, if that had to be found out."""
        return said(self._how)

    def name(self, file: int) -> str:
        """There is one file."""
        del file
        return ""


class JsonLinesExport(_Lines):
    """One file of JSON lines."""

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """A message a line."""
        for number, raw in rows.numbered(self._path, chunk, self._how):
            if raw.strip():
                message = self._message(number, raw)
                yield Posted(message, line=number, error="" if message else "broken")

    def _message(self, number: int, raw: bytes) -> Message | None:
        """One without an id goes by the number of its line; one in which a key stands twice is none."""
        try:
            row = once(raw)
        except (ValueError, RecursionError):
            return None
        if not isinstance(row, dict) or not isinstance(text := row.get("text"), str):
            return None
        at = row.get("sent_at")
        return Message(
            _word(row.get("platform")) or self._platform,
            "",
            _word(row.get("chat")) or self._chat,
            _word(row.get("id")) or str(number),
            _word(row.get("sender")) or None,
            float(at) if isinstance(at, int | float) and not isinstance(at, bool) else 0.0,
            (Part(PartKind.TEXT, text),) if text else (),
        )


def _word(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def readable(path: Path) -> bool:
    """Whether a file is text in an encoding that is known, its beginning at least."""
    try:
        written_of(path)
    except NoTextError:
        return False
    return bool(path.stat().st_size)


class TextReader:
    """Any text."""

    name = NAME
    says = "plain text, a message a line (txt)"
    ids = False

    def opens(self, path: Path) -> bool:
        """Tell whether it is one: it says so itself, and is written as texts are."""
        return path.suffix.lower() in ENDINGS and path.is_file() and readable(path)

    def open(self, path: Path, circumstances: Circumstances) -> "TextExport":
        """Open it."""
        return TextExport(path, circumstances)


class TextExport(_Lines):
    """One text. Nobody knows who wrote a line, or when."""

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """A message a line, its number being its id."""
        for number, raw in rows.numbered(self._path, chunk, self._how):
            try:
                text = raw.decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                yield Posted(None, line=number, error="no_text")
                continue
            if text.strip():
                part = Part(PartKind.TEXT, text)
                yield Posted(Message(self._platform, "", self._chat, str(number), None, 0.0, (part,)), line=number)
