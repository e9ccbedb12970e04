"""What a sweep works on: exports, cut into chunks that any process can read by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.message import Message

SIZE = 1 << 18
"""Bytes of a chunk, about: some hundred messages, whatever the engine and the number of processes."""


MALFORMED = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError)
"""What reading a message raises that is not as its app writes it: its place is told, and the next one is read."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Which piece of which export: numbers, ids and codes alone, so that it may travel.

    `start` and `end` are bytes of the export's file, in JSON units of its encoding, or numbers of files in it (`end` is
    not in it). `lead` is where to begin reading in order to know what senders wrote just before; `start` where there
    is no such thing. `size` are bytes, `line` is the number of the first line. `code` is what the reader found out
    about the file: an order of dates.
    """

    start: int
    end: int
    size: int
    lead: int
    line: int = 1
    chat: str = ""
    code: str = ""
    source: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of an export and where it stands, or a code that says why it could not be read.

    `file` is the number of the file inside the export, 0 for the export itself; `line` is 0 where lines say nothing.
    `content` fetches the bytes of a file that is to be looked into. `media` counts the files and pictures that came
    with the message, of which its export holds the names at most, or that nobody asked to look into.
    """

    message: Message | None
    file: int = 0
    line: int = 0
    error: str = ""
    content: Callable[[], bytes] | None = field(default=None, repr=False)
    media: int = 0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What exports don't say themselves: the time zone, and which chat it is where chats have no ids.

    `with_files`: what hangs on mails is read, too.
    `bots`: what apps write on Slack is judged, too, as the configuration wants it of the live bot.
    """

    zone: ZoneInfo
    platform: str = ""
    chat: str = ""
    bots: bool = False
    with_files: bool = False


class Export(Protocol):
    """One export that was recognised."""

    def chunks(self) -> Iterator[Chunk]:
        """Cut it; the same file is cut the same way by everybody."""
        ...

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages of a chunk, in order. Words are in the messages alone."""
        ...

    def remarks(self) -> tuple[str, ...]:
        """What somebody should know of how it was read, as sentences; to be asked after `chunks`."""
        ...

    def name(self, file: int) -> str:
        """The name of a file inside it, for the list that its owner asked for; '' for 0."""
        ...


class Reader(Protocol):
    """Knows one kind of export."""

    name: str
    says: str
    """What it reads, for the sentence that says what is known."""
    ids: bool
    """Whether senders and chats are told by ids, which may be kept, and not by names."""

    def opens(self, path: Path) -> bool:
        """Tell whether this file or folder is an export of this kind."""
        ...

    def open(self, path: Path, circumstances: Circumstances) -> Export:
        """Open it."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """An export among those to sweep: its kind and place, and what tells whether another machine sees the same one."""

    reader: str
    path: Path = field(repr=False)
    size: int
    changed: int
    entries: tuple[Path, ...] = field(default=(), repr=False)
    """The files that the reader of files is to read; else empty."""
