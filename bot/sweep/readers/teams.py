"""Microsoft Teams: messages as Microsoft Graph's export APIs give them, an array, pages of `value`, or JSON lines.

Formats: https://learn.microsoft.com/graph/api/resources/chatmessage (and its chatMessageAttachment),
https://learn.microsoft.com/microsoftteams/export-teams-content (getAllMessages of chats and of channels).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.message import Message, Part
from bot.sweep.export import MALFORMED, Chunk, Circumstances, Posted
from bot.sweep.readers import rows
from bot.sweep.readers.arrays import arrays, objects, pieces, whole
from bot.sweep.readers.blocks import LONGEST, TooLongError, said
from bot.sweep.readers.markup import words
from bot.sweep.readers.signs import Signs, beginning, written_json
from bot.sweep.readers.text import first_row
from bot.words import PartKind
from policies.facts import Role

NAME = "teams"

Json = Mapping[str, Any]

_MARKS = (b'"messageType"', b'"createdDateTime"', b'"body"')
_PAGE = re.compile(rb'\s*\{\s*"@odata\.context"\s*:\s*"[^"]*\bchatMessage\)"')
"""A page of messages says so, also where it holds none."""
_ID = re.compile(r"[A-Za-z0-9:@._=\-]{1,200}")
_LINED = "lines"
_PASSED_ON = "forwardedMessageReference"
_QUOTED = "messageReference"
_FILE = "reference"
_PICTURE = "/hostedContents/"


class TeamsReader:
    """Knows them by the names of a chatMessage's fields."""

    name = NAME
    says = "Microsoft Teams (chatMessage of Microsoft Graph, JSON)"
    ids = True

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if path.suffix.lower() not in (".json", ".jsonl", ".ndjson") or not path.is_file():
            return False
        head = beginning(path)
        return all(mark in head for mark in _MARKS) or bool(_PAGE.match(head))

    def open(self, path: Path, circumstances: Circumstances) -> "TeamsExport":
        """Open it."""
        return TeamsExport(path, circumstances)


class TeamsExport:
    """One file of messages."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._path, self._how = path, written_json(path)
        self._chat = circumstances.chat if circumstances.platform == NAME else ""

    def chunks(self) -> Iterator[Chunk]:
        """Cut each array, or where lines end; messages of many chats may be mixed. Raises TooLongError."""
        if "messageType" in first_row(self._path):
            for chunk in rows.cut(self._path, how=self._how):
                yield replace(chunk, code=_LINED)
            return
        with self._path.open("rb") as file:
            signs = Signs(file, self._how)
            alone, array = whole(signs), None
            for array in (alone,) if alone else arrays(signs, "value"):
                lead = array.start
                for start, end in pieces(signs, array):
                    yield Chunk(start, end, (end - start) * signs.width, lead)
                    lead = start
            if array is None:  # messages one behind another, or something that none is found in, which is told then
                if signs.end > LONGEST:
                    raise TooLongError
                yield Chunk(signs.begin, signs.end, signs.end * signs.width, signs.begin)

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages of a piece."""
        for line, one in self._objects(chunk):
            if one and (one.get("messageType", "message") != "message" or one.get("deletedDateTime")):
                continue
            try:
                message = _message(one, self._chat) if one else None
            except MALFORMED:
                message = None
            yield Posted(message, line=line, error="" if message else "broken", media=_media(one) if message else 0)

    def remarks(self) -> tuple[str, ...]:
        """How it is encoded, if that had to be found out."""
        return said(self._how)

    def name(self, file: int) -> str:
        """There is one file."""
        del file
        return ""

    def _objects(self, chunk: Chunk) -> Iterator[tuple[int, Json | None]]:
        if chunk.code == _LINED:
            for number, raw in rows.numbered(self._path, chunk, self._how):
                if raw.strip():
                    yield number, _read(raw)
            return
        with self._path.open("rb") as file:
            yield from ((0, one) for one in objects(Signs(file, self._how), chunk.start, chunk.end))


def _read(raw: bytes | str) -> Json | None:
    try:
        one = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return one if isinstance(one, dict) else None


def _message(one: Json, chat: str) -> Message | None:
    number, at = _id(one.get("id")), _seconds(one.get("createdDateTime"))
    if not number or at is None or not isinstance(one.get("body"), dict):  # as text: it was saved not deep enough
        return None
    channel = _table(one, "channelIdentity")
    who = _table(one, "from")
    bot = not _table(who, "user") and bool(_table(who, "application"))
    edited = _seconds(one.get("lastEditedDateTime"))
    attachments = [file for file in one.get("attachments") or () if isinstance(file, dict)]
    return Message(
        NAME,
        "",
        _id(one.get("chatId")) or _id(channel.get("channelId")) or chat,
        number,
        _id(_table(who, "user").get("id")) or None,
        at,
        tuple(_parts(one, attachments)),
        revision=f"{edited:.3f}" if edited else "",
        thread=_id(one.get("replyToId")),
        sender_role=Role.BOT if bot else None,
        forwarded=any(file.get("contentType") == _PASSED_ON for file in attachments),
    )


def _media(one: Json | None) -> int:
    """Files that it refers to, and pictures that stand in its words."""
    attachments = (one or {}).get("attachments") or ()
    files: int = sum(isinstance(file, dict) and file.get("contentType") == _FILE for file in attachments)
    words = _table(one or {}, "body").get("content")
    return files + (words.count(_PICTURE) if isinstance(words, str) else 0)


def _parts(one: Json, attachments: Sequence[Json]) -> Iterator[Part]:
    body = _table(one, "body")
    content = body.get("content")
    if isinstance(content, str):
        yield from _some(PartKind.TEXT, words(content) if body.get("contentType") == "html" else content)
    yield from _some(PartKind.TITLE, one.get("subject"))
    for file in attachments:
        if file.get("contentType") in (_PASSED_ON, _QUOTED):
            quoted = _read(file["content"]) if isinstance(file.get("content"), str) else None
            preview = quoted and (quoted.get("originalMessageContent") or quoted.get("messagePreview"))
            yield from _some(PartKind.QUOTE, words(preview) if isinstance(preview, str) else None)
        else:
            yield from _some(PartKind.FILE_NAME, file.get("name"))


def _some(kind: PartKind, text: object) -> Iterator[Part]:
    if isinstance(text, str) and text.strip():
        yield Part(kind, text)


def _table(one: Json, name: str) -> Json:
    value = one.get(name)
    return value if isinstance(value, dict) else {}


def _id(value: object) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _seconds(written: object) -> float | None:
    try:
        return datetime.fromisoformat(str(written)).timestamp() if written else None
    except ValueError:
        return None
