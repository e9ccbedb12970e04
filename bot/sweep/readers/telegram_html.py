"""Telegram Desktop's HTML export: a folder with messages.html, messages2.html and so on.

Format: the app's own writer, Telegram/SourceFiles/export/output/export_output_html.cpp in telegramdesktop/tdesktop.
It tells the ids of messages, but neither whose nor which chat they are: names are all that it has of people.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.message import Message, Part
from bot.platforms.telegram import NAME
from bot.sweep.export import Chunk, Circumstances, Posted
from bot.sweep.readers.markup import words
from bot.words import PartKind

_PAGE = re.compile(r"messages(\d*)\.html")
_BLOCK = re.compile(r'<div class="message (default|service)[^"]*" id="message(-?\d+)">')
_TIME = re.compile(r'<div class="pull_right date details" title="([^"]+)"')
_FROM = re.compile(r'<div class="from_name">\s*(.*?)\s*</div>', re.DOTALL)
_FORWARDED = '<div class="forwarded body">'
_TEXT = re.compile(r'<div class="text">\s*(.*?)\s*</div>', re.DOTALL)
_FILE = re.compile(
    r'media_(file|contact|venue|audio_file)\b.*?<div class="title bold">(.*?)</div>'
    r'(?:\s*<div class="description">(.*?)</div>)?(?:\s*<div class="status details">(.*?)</div>)?',
    re.DOTALL,
)
_MEDIA = re.compile(r'class="[^"]*\b(?:media_(?:photo|video|voice_message|file|audio_file)|\w+_wrap clearfix)\b')
_POLL = re.compile(r'<div class="(?:question bold|answer)">(.*?)</div>', re.DOTALL)
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-]\d\d):(\d\d))?")


class TelegramHtmlReader:
    """Knows them by their pages."""

    name = "telegram-html"
    says = "Telegram (the folder with messages.html)"
    ids = False

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        page = path / "messages.html"
        if not page.is_file():
            return False
        with page.open("rb") as file:
            return b'class="page_wrap"' in file.read(1 << 14)

    def open(self, path: Path, circumstances: Circumstances) -> "TelegramHtmlExport":
        """Open it."""
        return TelegramHtmlExport(path, circumstances)


def pages(path: Path) -> list[Path]:
    """The pages of a folder, in their order."""
    found = [(int(number[1] or 1), page) for page in path.iterdir() if (number := _PAGE.fullmatch(page.name))]
    return [page for _, page in sorted(found)]


class TelegramHtmlExport:
    """One chat; each page, of a thousand messages at most, is a chunk."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._pages, self._zone = pages(path), circumstances.zone
        self._chat = circumstances.chat if circumstances.platform == NAME else ""

    def chunks(self) -> Iterator[Chunk]:
        """A page each."""
        for number, page in enumerate(self._pages):
            yield Chunk(number, number + 1, page.stat().st_size, max(number - 1, 0), chat=self._chat)

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages of some pages."""
        for number in range(chunk.start, chunk.end):
            text = self._pages[number].read_text("utf-8", "replace")
            begun = [*_BLOCK.finditer(text)]
            sender = ""
            for block, following in zip(begun, [*begun[1:], None], strict=True):
                if block[1] == "service":
                    continue
                body = text[block.end() : following.start() if following else len(text)]
                own = body.partition(_FORWARDED)[0]
                if named := _FROM.search(own):
                    sender = words(named[1])
                message = self._message(block[2], sender, body)
                media = bool(_MEDIA.search(body))
                yield Posted(message, number + 1, error="" if message else "no_time", media=media)

    def remarks(self) -> tuple[str, ...]:
        """What is missing."""
        if self._chat:
            return ()
        return ("it doesn't say which chat it is: name it with --chat, or export as JSON",)

    def name(self, file: int) -> str:
        """The page."""
        return self._pages[file - 1].name if file else ""

    def _message(self, number: str, sender: str, body: str) -> Message | None:
        time = _TIME.search(body)
        at = self._at(time[1]) if time else None
        if at is None:
            return None
        forwarded = _FORWARDED in body
        return Message(NAME, "", self._chat, number, sender or None, at, tuple(_parts(body)), forwarded=forwarded)

    def _at(self, written: str) -> float | None:
        """A time, with its distance from UTC in newer exports."""
        found = _DATE.match(written)
        if not found:
            return None
        day, month, year, hour, minute, second = map(int, found.groups()[:6])
        try:
            at = datetime(year, month, day, hour, minute, second, tzinfo=self._zone)
        except ValueError:
            return None
        return (
            datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M:%S}{found[7]}:{found[8]}").timestamp()
            if found[7]
            else at.timestamp()
        )


def _parts(body: str) -> Iterator[Part]:
    text = _TEXT.search(body)
    media = _FILE.search(body)
    kind = PartKind.CAPTION if 'class="media_wrap' in body else PartKind.TEXT
    yield from _some(kind, text[1] if text else "")
    if media:
        title, description, status = (media[number] or "" for number in (2, 3, 4))
        match media[1]:
            case "venue":
                yield from _some(PartKind.VENUE, f"{title}\n{description}")
            case "contact":
                yield from _some(PartKind.CONTACT, f"{title}\n{status}")
            case _:
                yield from _some(PartKind.FILE_NAME, title)
    if 'class="media_poll"' in body:
        yield from _some(PartKind.POLL, "\n".join(_POLL.findall(body)))


def _some(kind: PartKind, markup: str) -> Iterator[Part]:
    if text := words(markup):
        yield Part(kind, text)
