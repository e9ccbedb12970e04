"""Files that are no export: sheets, letters, pictures, mails, each looked into by the reader of files.

Also those that came along inside archives of chats. What they are called is a word: the list names them, nothing else.
"""

import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bot.message import Message, Part
from bot.sweep.export import Chunk, Circumstances, Posted
from bot.words import PartKind

NAME = "file"

_TOGETHER = 4
"""Files of a chunk: one may take seconds."""
LARGEST = 50_000_000
"""Bytes beyond which a file is not even fetched; the reader of files has its own limits."""


class FilesExport:
    """Files of a folder. An entry below a zip archive's path is a file in it."""

    def __init__(self, entries: Sequence[Path], root: Path, circumstances: Circumstances) -> None:
        self._entries, self._root = entries, root
        self._chat = circumstances.chat if circumstances.platform == NAME else ""

    def chunks(self) -> Iterator[Chunk]:
        """A few files each."""
        for start in range(0, len(self._entries), _TOGETHER):
            end = min(start + _TOGETHER, len(self._entries))
            size = sum(_size(entry) for entry in self._entries[start:end])
            yield Chunk(start, end, max(size, 1), start, chat=self._chat)

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """Each file as a message whose words are its name."""
        for number in range(chunk.start, chunk.end):
            entry = self._entries[number]
            name = (Part(PartKind.FILE_NAME, entry.name),)
            message = Message(NAME, "", self._chat, str(number + 1), None, _changed(entry), name)
            yield Posted(message, number + 1, content=partial(_bytes, entry))

    def remarks(self) -> tuple[str, ...]:
        """Nothing had to be found out."""
        return ()

    def name(self, file: int) -> str:
        """The path of a file, from where the sweep began."""
        return str(self._entries[file - 1].relative_to(self._root)) if file else ""


def _packed(entry: Path) -> tuple[Path, str] | None:
    """The archive that a file lies in, and its name there."""
    for above in entry.parents:
        if above.suffix.lower() == ".zip" and above.is_file():
            return above, entry.relative_to(above).as_posix()
    return None


def _size(entry: Path) -> int:
    try:
        if packed := _packed(entry):
            with zipfile.ZipFile(packed[0]) as archive:
                return archive.getinfo(packed[1]).file_size
        return entry.stat().st_size
    except (OSError, KeyError, zipfile.BadZipFile):
        return 0


def _changed(entry: Path) -> float:
    try:
        return (packed[0] if (packed := _packed(entry)) else entry).stat().st_mtime
    except OSError:
        return 0.0


def _bytes(entry: Path) -> bytes:
    """What is in a file. Raises OSError, ValueError."""
    if _size(entry) > LARGEST:
        raise ValueError("too_large")
    if packed := _packed(entry):
        try:
            with zipfile.ZipFile(packed[0]) as archive:
                return archive.read(packed[1])
        except (KeyError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile):
            raise ValueError("broken") from None
    return entry.read_bytes()
