"""WhatsApp's exports: a text file for each chat, alone or in a zip archive, of iPhones and Android.

There is no published format; https://faq.whatsapp.com/1180414079177245 says how to export, and that a chat has at most
40,000 messages without media, 10,000 with them. Lines begin, by the phone's settings, like
`[01/05/2024, 14:03:22] Name: words` or `1/5/24, 2:03 PM - Name: words` or `2024/5/1 下午2:03 - Name: words`; other
lines go on with the message before. Whether the day or the month comes first is found out from the whole file.
A sender is a name or a telephone number, never an id, so nothing of them is kept.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot.message import Message, Part
from bot.sweep import stamps
from bot.sweep.export import SIZE, Chunk, Circumstances, Posted
from bot.sweep.readers import holding
from bot.sweep.readers.blocks import lines, said
from bot.words import PartKind
from detectors.documents.formats.lined import NoTextError, Written, head, written

NAME = "whatsapp"

_FEW = 20
"""Lines within which the first message must begin."""
_DELETED = ("deleted", "deleted this message", "刪除", "刪除此訊息")


class WhatsAppReader:
    """Knows them by how their first lines begin."""

    name = NAME
    says = "WhatsApp (the exported txt or zip)"
    ids = False

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if path.is_dir():
            return False
        if path.suffix.lower() == ".zip":
            return bool(_text_in(holding.names(path))) and _begins(BytesIO(_member(path)))
        if path.suffix.lower() != ".txt":
            return False
        with path.open("rb") as file:
            return _begins(file)

    def open(self, path: Path, circumstances: Circumstances) -> "WhatsAppExport":
        """Open it."""
        return WhatsAppExport(path, circumstances)


def _text_in(names: tuple[str, ...]) -> str:
    """The name of the one text in an archive; iPhones call it _chat.txt."""
    texts = [name for name in names if name.lower().endswith(".txt")]
    chats = [name for name in texts if name.endswith("_chat.txt")] or texts
    return chats[0] if len(chats) == 1 else ""


def _member(path: Path) -> bytes:
    archive = holding.Archive(path)
    try:
        return archive.read(_text_in(archive.names))
    except ValueError:
        return b""


def _written(file: BinaryIO) -> Written:
    """How it is encoded; one broken byte among its first lines keeps no chat from being read."""
    try:
        return written(head(file))
    except NoTextError:
        return Written()


def _begins(file: BinaryIO) -> bool:
    how = _written(file)
    return any(_head(raw) for _, (_, raw) in zip(range(_FEW), lines(file, 0, 1 << 16, how), strict=False))


@dataclass(frozen=True, slots=True)
class _Head:
    """How a line begins: its three numbers, its time, and where its words begin."""

    numbers: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    length: int


def _head(raw: bytes) -> tuple[_Head, str] | None:
    """Read a line that begins a message; None for one that goes on."""
    read = stamps.stamp(raw)
    if read is None:
        return None
    found, text = read
    hour = _hour(int(found["hour"]), found["before"] or (f"{found['after']}m".lower() if found["after"] else ""))
    numbers = int(found["one"]), int(found["two"]), int(found["three"])
    return _Head(numbers, hour, int(found["minute"]), int(found["second"] or 0), found.end()), text


def _hour(hour: int, part: str) -> int:
    """The hour of 24, of one of 12 in a part of the day."""
    if part in _words().pm:
        return hour + 12 if hour < 12 else hour
    return 0 if part in _words().am and hour == 12 else hour


@dataclass(frozen=True, slots=True)
class _Words:
    """What the app itself says; whatsapp.toml tells what each list holds."""

    notices: tuple[str, ...]
    omitted: tuple[str, ...]
    attached: tuple[tuple[str, str], ...]
    edited: tuple[str, ...]
    am: frozenset[str]
    pm: frozenset[str]


@cache
def _words() -> _Words:
    read = tomllib.loads(Path(__file__).with_name("whatsapp.toml").read_text("utf-8"))
    clock = read.pop("clock")
    read["attached"] = [(before, after) for before, after in read["attached"]]
    return _Words(
        **{name: tuple(some) for name, some in read.items()}, am=frozenset(clock["am"]), pm=frozenset(clock["pm"])
    )


def _date(numbers: tuple[int, int, int], order: str) -> tuple[int, int, int]:
    """Year, month and day, of numbers in an order."""
    one, two, three = numbers
    year, month, day = {"dmy": (three, two, one), "mdy": (three, one, two), "ymd": (one, two, three)}[order]
    return (year + 2000 if year < 100 else year), month, day


@dataclass(slots=True)
class _Order:
    """Finds out what comes first in dates: what can't be a month is none, and time does not go backwards."""

    largest: tuple[int, int, int] = (0, 0, 0)
    backwards: tuple[int, int] = (0, 0)
    last: tuple[int, int, int] = (0, 0, 0)

    def look(self, numbers: tuple[int, int, int]) -> None:
        if numbers == self.last:
            return
        one, two, three = map(max, self.largest, numbers)
        self.largest = (one, two, three)
        if self.last[0]:
            steps = [_date(numbers, order) < _date(self.last, order) for order in ("dmy", "mdy")]
            self.backwards = (self.backwards[0] + steps[0], self.backwards[1] + steps[1])
        self.last = numbers

    @property
    def found(self) -> tuple[str, str]:
        """The order, and how it is known: by a number beyond 12, by the order of messages, or not at all."""
        one, two, _ = self.largest
        if one > 31:
            return "ymd", "sure"
        if one > 12:
            return "dmy", "sure"
        if two > 12:
            return "mdy", "sure"
        if self.backwards[0] != self.backwards[1]:
            return ("dmy", "mdy")[self.backwards[0] > self.backwards[1]], "likely"
        return "dmy", "guessed"


class WhatsAppExport:
    """One chat."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._path = path
        self._zone = circumstances.zone
        self._chat = circumstances.chat if circumstances.platform == NAME else ""
        self._packed = path.suffix.lower() == ".zip"
        self._order: tuple[str, str] = ("", "")

    def _file(self) -> BinaryIO:
        return BytesIO(self._unpacked) if self._packed else self._path.open("rb")

    @cached_property
    def _how(self) -> Written:
        with self._file() as file:
            return _written(file)

    @cached_property
    def _unpacked(self) -> bytes:
        return _member(self._path)

    def chunks(self) -> Iterator[Chunk]:
        """Cut where a message begins and the clock has moved on, so that messages of one moment are counted together.

        The whole file is looked at first: `code` is the order of its dates.
        """
        order, cuts, moment, at, number = _Order(), [(0, 1)], None, 0, 0
        with self._file() as file:
            for at, raw in lines(file, 0, 1 << 62, self._how):
                number += 1
                if (found := _head(raw)) is None:
                    continue
                begun = found[0]
                order.look(begun.numbers)
                now = (begun.numbers, begun.hour, begun.minute, begun.second)
                if now != moment and at - cuts[-1][0] >= SIZE:
                    cuts.append((at, number))
                moment = now
            end = file.tell()
        self._order = order.found
        lead = 0
        for (start, line), (stop, _) in zip(cuts, [*cuts[1:], (end, 0)], strict=True):
            if stop > start:
                yield Chunk(start, stop, stop - start, lead, line, self._chat, self._order[0])
            lead = start

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages of a piece; those of the same moment are numbered, which makes their ids."""
        moment, count = 0.0, 0
        with self._file() as file:
            for line, at, words in self._messages(file, chunk):
                if at is None:
                    yield Posted(None, line=line, error="no_time")
                    continue
                count = count + 1 if at == moment else 1
                moment = at
                if read := _message(words, self._chat, at, count):
                    yield Posted(read[0], line=line, media=read[1])

    def remarks(self) -> tuple[str, ...]:
        """How dates were read, and how the text is encoded, if that had to be found out."""
        order, known = self._order
        read_as = {"dmy": "day/month", "mdy": "month/day", "ymd": "year/month/day"}.get(order)
        if not read_as:
            return said(self._how)
        why = {
            "sure": "a number in it can't be a month",
            "likely": "otherwise its messages would not be in order",
            "guessed": "nothing in it tells; if that is wrong, the times in the list are",
        }[known]
        return (*said(self._how), f"dates are read as {read_as}: {why}")

    def name(self, file: int) -> str:
        """There is one text."""
        del file
        return ""

    def _messages(self, file: BinaryIO, chunk: Chunk) -> Iterator[tuple[int, float | None, list[str]]]:
        """Each message: its line, its time, and its lines without what stands before the name."""
        line, begun, at = chunk.line - 1, 0, None
        words: list[str] = []
        for _, raw in lines(file, chunk.start, chunk.end, self._how):
            line += 1
            found = _head(raw)
            if found is None:
                words.append(raw.decode("utf-8", "replace").rstrip("\r\n"))
                continue
            if begun:
                yield begun, at, words
            first, text = found
            begun, at, words = line, _when(first, chunk.code, self._zone), [text[first.length :]]
        if begun:
            yield begun, at, words


@lru_cache(maxsize=1024)
def _midnight(numbers: tuple[int, int, int], order: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime(*_date(numbers, order), tzinfo=zone)
    except ValueError:
        return None


def _when(head: _Head, order: str, zone: ZoneInfo) -> float | None:
    day = _midnight(head.numbers, order, zone)
    if day is None:
        return None
    try:
        return day.replace(hour=head.hour, minute=head.minute, second=head.second).timestamp()
    except ValueError:
        return None


def _message(written: list[str], chat: str, at: float, count: int) -> tuple[Message, int] | None:
    """A message, and how many files came with it; None for what the app itself says."""
    first, *more = written
    sender, colon, text = first.partition(": ")
    if not colon or (text.startswith("\u200e") and _holds(_words().notices, text)):
        return None
    parts, edited, media = _parts("\n".join([text, *more]))
    message = Message(
        NAME, "", chat, f"{at:.0f}.{count}", sender.strip(stamps.MARKS), at, parts, revision="1" if edited else ""
    )
    return message, media


def _parts(text: str) -> tuple[tuple[Part, ...], bool, int]:
    """The words of a message without what the app adds to them, whether it was edited, and how many files it had."""
    edited = False
    for mark in _words().edited:
        if text.endswith(mark):
            text, edited = text.removesuffix(mark).rstrip(" " + stamps.MARKS), True
    head, _, rest = text.partition("\n")
    plain = head.strip(stamps.MARKS)
    if plain in _words().omitted:
        return _some((PartKind.CAPTION, rest)), edited, 1
    for before, after in _words().attached:
        if plain.startswith(before) and plain.endswith(after):
            name = plain.removeprefix(before).removesuffix(after).strip(stamps.MARKS)
            return _some((PartKind.FILE_NAME, name), (PartKind.CAPTION, rest)), edited, 1
    if "\u200e" in head and _holds(_words().omitted, head):  # the name of a document stands before the app's mark
        return _some((PartKind.FILE_NAME, head.partition("\u200e")[0]), (PartKind.CAPTION, rest)), edited, 1
    if not rest and plain.endswith(_DELETED) and _holds(_words().notices, plain):  # what is quick to tell comes first
        return (), edited, 0
    return _some((PartKind.TEXT, text.lstrip("\u200e"))), edited, 0


def _some(*parts: tuple[PartKind, str]) -> tuple[Part, ...]:
    return tuple(Part(kind, text) for kind, text in parts if text.strip())


def _holds(said: tuple[str, ...], text: str) -> bool:
    return any(one in text for one in said)
