"""The lines that `scan` reads: JSON, or plain text; the first line that isn't blank decides for all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bot.misuse import InputError
from bot.sweep.once import TwiceError, once
from policies.facts import UNKNOWN, Facts

_ASIDE = frozenset({"platform", "chat", "sender", "sent_at"})
"""What a line may say of its message."""
_DOCUMENT = (b"{", b"[", b"[{")
"""How JSON begins that goes on in other lines."""
EXPORTS = "Exports of chats (Telegram, Slack, WhatsApp and more) are read by `thinktwice sweep PATH`."
_CHUNK = 200
"""Lines that travel to a worker together."""


@dataclass(frozen=True, slots=True)
class Line:
    """One input line: its id, and the message in it or what is wrong with it."""

    id: object
    text: str | None
    facts: Facts = UNKNOWN
    error: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines as they were read, the number of the first, and whether they are JSON; never in a repr."""

    first: int
    raws: list[bytes]
    is_json: bool

    def __repr__(self) -> str:
        return f"Chunk({self.first}, {len(self.raws)} lines)"

    def lines(self, facts: Facts) -> Iterator[Line]:
        """Parse them; a blank line of JSON is none."""
        parse: Callable[[int, bytes, Facts], Line] = json_line if self.is_json else _text_line
        for number, raw in enumerate(self.raws, self.first):
            if not self.is_json or raw.strip():
                yield parse(number, raw, facts)


def chunks(file: Iterable[bytes], size: int = _CHUNK) -> Iterator[Chunk]:
    """Cut a file into chunks of at most `size` lines, but for blank ones before the first that says what it is.

    Raises InputError for JSON that is one document and no lines: an export of a chat, most likely.
    """
    numbered = iter(file)
    head = _head(numbered)
    if not head:
        return
    if head[-1].strip() in _DOCUMENT:
        raise InputError(f"This is one JSON document, not a message a line. {EXPORTS}")
    is_json = head[-1].lstrip().startswith(b"{")
    yield Chunk(1, head, is_json)
    first = 1 + len(head)
    while raws := list(islice(numbered, size)):
        yield Chunk(first, raws, is_json)
        first += len(raws)


def _head(file: Iterator[bytes]) -> list[bytes]:
    """Return the lines up to the first that isn't blank, without a byte order mark; nothing where all are blank."""
    head: list[bytes] = []
    for raw in file:
        head.append(raw if head else raw.removeprefix(b"\xef\xbb\xbf"))
        if head[-1].strip():
            return head
    return []


def _text_line(number: int, raw: bytes, facts: Facts) -> Line:
    if b"\0" in raw:
        return Line(number, None, error="the line holds bytes that no text holds")
    try:
        return Line(number, raw.decode("utf-8").rstrip("\r\n"), facts)
    except UnicodeDecodeError:
        return Line(number, None, error="the line is not UTF-8 text")


def json_line(number: int, raw: bytes, facts: Facts) -> Line:
    """Parse a line of JSON; one without an id goes by its number.

    No key may stand twice in it: one program reads the first value, another the last, and only one would be judged.
    """
    try:
        row = once(raw)
    except TwiceError:
        return Line(number, None, error="a key stands in it twice")
    except (ValueError, RecursionError):
        return Line(number, None, error="the line is not valid JSON")
    return _of_row(number, row, facts)


def _of_row(number: int, row: object, facts: Facts) -> Line:
    if not isinstance(row, dict):
        return Line(number, None, error="the line is not a JSON object")
    identity = number if row.get("id") is None else row["id"]
    if isinstance(identity, bool) or not isinstance(identity, str | int | float):
        return Line(number, None, error="id is neither text nor a number")
    if not isinstance(row.get("text"), str):
        return Line(identity, None, error="text is missing or not a string")
    if wrong := [
        name for name in ("platform", "chat", "sender") if not isinstance(row.get(name, ""), str | int | None)
    ]:
        return Line(identity, None, error=f"{wrong[0]} is neither text nor a number")
    return Line(identity, row["text"], _known(row, facts))


def _known(row: Mapping[str, Any], facts: Facts) -> Facts:
    """What a line says about its message, and what is known of all where it says nothing."""
    if _ASIDE.isdisjoint(row):
        return facts
    platform, chat, sender = (str(row.get(name) or "") for name in ("platform", "chat", "sender"))
    at = row.get("sent_at")
    timed = isinstance(at, int | float) and not isinstance(at, bool)
    return replace(
        facts,
        platform=platform or facts.platform,
        chat=chat or facts.chat,
        sender=sender or facts.sender,
        at=at if timed else facts.at,
    )
