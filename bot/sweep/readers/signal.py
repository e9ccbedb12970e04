"""Signal Desktop's plaintext export: main.jsonl, a frame of the backup format a line.

Formats: protos/Backups.proto in signalapp/Signal-Desktop ("This exists to improve export readability"), written as
proto3's JSON (https://protobuf.dev/programming-guides/json/: 64-bit numbers as text), and
ts/services/backups/index.preload.ts, which writes main.jsonl, metadata.json and the folder files.
Ids of chats and people are "generated for reference only within this file", so nothing of them is kept.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.message import Message, Part
from bot.sweep.export import MALFORMED, Chunk, Circumstances, Posted
from bot.sweep.readers import rows
from bot.sweep.readers.blocks import lines, said, written_of
from bot.sweep.readers.text import first_row
from bot.words import PartKind

NAME = "signal"

Json = Mapping[str, Any]

_FRAMES = frozenset({
    "account", "recipient", "chat", "chatItem", "stickerPack", "adHocCall", "notificationProfile", "chatFolder",
})  # fmt: skip
_INFO = frozenset({"backupTimeMs", "mediaRootBackupKey"})


class SignalReader:
    """Knows them by their first line."""

    name = NAME
    says = "Signal Desktop (main.jsonl of its plaintext export)"
    ids = False

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if path.suffix.lower() not in (".jsonl", ".json") or not path.is_file():
            return False
        row = first_row(path)
        return not _INFO.isdisjoint(row) or (len(row) == 1 and not _FRAMES.isdisjoint(row))

    def open(self, path: Path, circumstances: Circumstances) -> "SignalExport":
        """Open it."""
        return SignalExport(path, circumstances)


class SignalExport:
    """One main.jsonl: all chats of a device in one order."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._path, self._how = path, written_of(path)
        self._chat = circumstances.chat if circumstances.platform == NAME else ""

    def chunks(self) -> Iterator[Chunk]:
        """Cut where lines end."""
        yield from rows.cut(self._path, self._chat, self._how)

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages among the frames."""
        for number, raw in rows.numbered(self._path, chunk, self._how):
            if not raw.strip():
                continue
            try:
                frame = json.loads(raw)
                item = frame.get("chatItem")
                message = self._message(item) if isinstance(item, dict) else None
            except MALFORMED:
                yield Posted(None, line=number, error="broken")
                continue
            if message:
                yield Posted(message, line=number, media=_media(item))

    def remarks(self) -> tuple[str, ...]:
        """How it is encoded, if that had to be found out."""
        return said(self._how)

    def name(self, file: int) -> str:
        """There is one file."""
        del file
        return ""

    def _message(self, item: Json) -> Message | None:
        sent, chat = int(item["dateSent"]), str(item.get("chatId", ""))
        parts = tuple(_parts(item))
        if not parts and "standardMessage" not in item:
            return None  # an update, a call, a sticker
        return Message(
            NAME,
            "",
            self._chat,
            f"{sent}",
            f"{chat}/{item.get('authorId', '')}",
            sent / 1000,
            parts,
            revision="1" if item.get("revisions") else "",
            audience=self._audiences.get(chat),
        )

    @cached_property
    def _audiences(self) -> dict[str, int]:
        """How many people read each chat: two, or the members that its group has."""
        members: dict[str, int] = {}
        chats: dict[str, int] = {}
        with self._path.open("rb") as file:
            for _, raw in lines(file, 0, 1 << 62, self._how):
                if not raw.startswith((b'{"recipient"', b'{"chat":', b'{"chat" ')):
                    continue
                try:
                    _learn(json.loads(raw), members, chats)
                except MALFORMED:
                    continue
        return chats


def _learn(frame: Json, members: dict[str, int], chats: dict[str, int]) -> None:
    if recipient := frame.get("recipient"):
        group = recipient.get("group")
        known = group.get("snapshot", {}).get("members") if group else [None, None]
        if known:
            members[str(recipient["id"])] = len(known)
    elif (chat := frame.get("chat")) and str(chat["recipientId"]) in members:
        chats[str(chat["id"])] = members[str(chat["recipientId"])]


def _parts(item: Json) -> Iterator[Part]:
    """Words of a message, as Backups.proto names their places."""
    standard = item.get("standardMessage") or {}
    reply = (item.get("directStoryReplyMessage") or {}).get("textReply") or {}
    yield from _some(PartKind.TEXT, _body(standard.get("text")), _body(reply.get("text")))
    yield from _some(PartKind.QUOTE, _body((standard.get("quote") or {}).get("text")))
    for attachment in standard.get("attachments") or ():
        pointer = attachment.get("pointer") or {}
        yield from _some(PartKind.FILE_NAME, pointer.get("fileName"))
        yield from _some(PartKind.CAPTION, pointer.get("caption"))
    for preview in standard.get("linkPreview") or ():
        yield from _some(PartKind.LINK, preview.get("url"))
    if poll := item.get("poll"):
        options = (option.get("option") for option in poll.get("options") or ())
        yield from _some(PartKind.POLL, poll.get("question"), *options)
    if contact := (item.get("contactMessage") or {}).get("contact"):
        yield from _some(PartKind.CONTACT, *_of_contact(contact))


def _media(item: Json) -> int:
    return len((item.get("standardMessage") or {}).get("attachments") or ())


def _of_contact(contact: Json) -> Iterator[object]:
    yield " ".join(str(one) for one in (contact.get("name") or {}).values())
    for name in ("number", "email"):
        yield from (one.get("value") for one in contact.get(name) or ())
    for address in contact.get("address") or ():
        yield ", ".join(str(address[name]) for name in ("street", "neighborhood", "city") if name in address)
    yield contact.get("organization")


def _body(text: object) -> object:
    return text.get("body") if isinstance(text, dict) else None


def _some(kind: PartKind, *texts: object) -> Iterator[Part]:
    text = "\n".join(text for text in texts if isinstance(text, str) and text)
    if text:
        yield Part(kind, text)
