"""Files with a message on each line: cut where lines end, read line by line."""

from collections.abc import Iterator
from pathlib import Path

from bot.sweep.export import SIZE, Chunk
from bot.sweep.readers.blocks import BLOCK, LONGEST, UTF8, lines
from detectors.documents.formats.lined import Written


def cut(path: Path, chat: str = "", how: Written = UTF8) -> Iterator[Chunk]:
    """Cut a file where lines end; each chunk knows the number of its first line."""
    start, line, lead = 0, 1, 0
    with path.open("rb") as file:
        end = file.seek(0, 2)
        while start < end:
            file.seek(min(start + SIZE, end))
            while (raw := how.line(file, LONGEST)) and not raw.endswith(how.end):
                pass
            stop = file.tell()
            yield Chunk(start, stop, stop - start, lead, line, chat)
            lead, line = start, line + _count(path, start, stop, how)
            start = stop


def _count(path: Path, start: int, stop: int, how: Written) -> int:
    """How many lines end between two places."""
    count = 0
    with path.open("rb") as file:
        if len(how.end) > 1:  # the same byte may be half of a letter
            return sum(raw.endswith(b"\n") for _, raw in lines(file, start, stop, how))
        file.seek(start)
        while start < stop and (block := file.read(min(BLOCK, stop - start))):
            count += block.count(b"\n")
            start += len(block)
    return count


def numbered(path: Path, chunk: Chunk, how: Written = UTF8) -> Iterator[tuple[int, bytes]]:
    """The lines of a chunk, as UTF-8, with their numbers, without a byte order mark. Pieces of one share its number."""
    number = chunk.line
    with path.open("rb") as file:
        for at, raw in lines(file, chunk.start, chunk.end, how):
            yield number, raw if at else raw.removeprefix(b"\xef\xbb\xbf")
            number += raw.endswith(b"\n")
