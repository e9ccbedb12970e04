"""Files with a message on each line: cut where lines end, read line by line."""

from collections.abc import Iterator
from pathlib import Path

from bot.sweep.export import SIZE, Chunk
from bot.sweep.readers.blocks import BLOCK, LONGEST, lines


def cut(path: Path, chat: str = "") -> Iterator[Chunk]:
    """Cut a file where lines end; each chunk knows the number of its first line."""
    start, line, lead = 0, 1, 0
    with path.open("rb") as file:
        end = file.seek(0, 2)
        while start < end:
            file.seek(min(start + SIZE, end))
            file.readline(LONGEST)
            stop = file.tell()
            yield Chunk(start, stop, stop - start, lead, line, chat)
            lead, line = start, line + _count(path, start, stop)
            start = stop


def _count(path: Path, start: int, stop: int) -> int:
    """How many lines end between two places."""
    count = 0
    with path.open("rb") as file:
        file.seek(start)
        while start < stop and (block := file.read(min(BLOCK, stop - start))):
            count += block.count(b"\n")
            start += len(block)
    return count


def numbered(path: Path, chunk: Chunk) -> Iterator[tuple[int, bytes]]:
    """The lines of a chunk with their numbers, without a byte order mark."""
    with path.open("rb") as file:
        for number, (at, raw) in enumerate(lines(file, chunk.start, chunk.end), chunk.line):
            yield number, raw if at else raw.removeprefix(b"\xef\xbb\xbf")
