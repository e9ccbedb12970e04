"""Telegram Desktop's result.json: one chat, or the export of a whole account.

Format: the app's own writer, Telegram/SourceFiles/export/output/export_output_json.cpp in telegramdesktop/tdesktop; and
https://core.telegram.org/import-export. Ids of chats and messages are those that bots see, but for basic groups, whose
messages every account counts for itself (https://core.telegram.org/api/channel).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.message import Message, Part
from bot.platforms.telegram import NAME
from bot.platforms.telegram.parts import parts
from bot.sweep.export import MALFORMED, Chunk, Circumstances, Posted
from bot.sweep.readers.arrays import arrays, objects, pieces
from bot.sweep.readers.blocks import said
from bot.sweep.readers.signs import Signs, beginning, written_json
from bot.words import PartKind
from policies.facts import Role

Json = Mapping[str, Any]

_KINDS = (
    "saved_messages", "replies", "verification_codes", "personal_chat", "bot_chat", "private_group",
    "private_supergroup", "public_supergroup", "private_channel", "public_channel",
)  # fmt: skip
_CHAT = re.compile(rb'"type"\s*:\s*"(?:' + "|".join(_KINDS).encode() + rb')"\s*,\s*"id"\s*:\s*-?\d+')
_ACCOUNT = re.compile(rb'\A\s*\{\s*"about"\s*:\s*"')
_BIG = 1_000_000_000_000
"""What bots see of a supergroup is minus this, minus its id: https://core.telegram.org/api/bots/ids."""
_FILES = frozenset({"photo", "file"})
_MEDIA = frozenset({"photo", "file", "poll", "contact_information", "place_name", "address"})
_TITLES = frozenset({"create_group", "create_channel", "edit_group_title", "migrate_from_group"})
_TOPICS = {"topic_created": "title", "topic_edit": "new_title"}


class TelegramReader:
    """Knows them by their first lines."""

    name = "telegram"
    says = "Telegram (result.json)"
    ids = True

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if path.suffix.lower() != ".json" or not path.is_file():
            return False
        head = beginning(path)
        return bool(_CHAT.search(head) or (_ACCOUNT.match(head) and b"elegram" in head))

    def open(self, path: Path, circumstances: Circumstances) -> "TelegramExport":
        """Open it."""
        return TelegramExport(path, circumstances)


class TelegramExport:
    """One result.json."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._path, self._how, self._zone = path, written_json(path), circumstances.zone
        self._strange, self._chats = 0, 0

    def chunks(self) -> Iterator[Chunk]:
        """Cut each chat for itself; `code` is its kind."""
        with self._path.open("rb") as file:
            signs = Signs(file, self._how)
            for array in arrays(signs, "messages"):
                chat, kind = array.pairs.get("id"), array.pairs.get("type")
                known = isinstance(chat, int) and kind in _KINDS
                self._strange += not known
                self._chats += 1
                place, lead = _seen_by_bots(str(kind), int(chat or 0)) if known else "", array.start
                for start, end in pieces(signs, array):
                    yield Chunk(
                        start, end, (end - start) * signs.width, lead, chat=place, code=str(kind) if known else ""
                    )
                    lead = start

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The messages of a piece of one chat."""
        with self._path.open("rb") as file:
            for one in objects(Signs(file, self._how), chunk.start, chunk.end):
                try:
                    message = self._message(one, chunk.chat, chunk.code) if one else None
                except MALFORMED:
                    message = None
                yield Posted(message, error="" if message else "broken", media=len(_FILES & {*one}) if one else 0)

    def remarks(self) -> tuple[str, ...]:
        """How it is encoded, if that had to be found out; chats that say neither their id nor their kind; no chat."""
        remarks = {
            f"{self._strange:,} of its chats don't say which they are; their own policies don't apply": self._strange,
            "it holds no messages of any chat; if there should be some, export it again": not self._chats,
        }
        return (*said(self._how), *(remark for remark, holds in remarks.items() if holds))

    def name(self, file: int) -> str:
        """There is one file."""
        del file
        return ""

    def _message(self, one: Json, chat: str, kind: str) -> Message | None:
        number, at = one.get("id"), self._at(one, "date")
        if not isinstance(number, int) or at is None:
            return None
        edited = self._at(one, "edited")
        return Message(
            NAME,
            "",
            chat,
            f"account-{number}" if kind == "private_group" else str(number),
            _person(one.get("from_id") or one.get("actor_id")),
            at,
            _parts(one),
            revision=str(int(edited)) if edited else "",
            audience=2 if kind == "personal_chat" else None,
            sender_role=Role.ADMIN if kind.endswith("_channel") or _posted_by_chat(one, chat) else None,
            forwarded="forwarded_from" in one,
        )

    def _at(self, one: Json, name: str) -> float | None:
        """A time: Unix seconds where the export has them (since 2021), else as the clock of that computer said."""
        seconds, written = one.get(f"{name}_unixtime"), one.get(name)
        try:
            if seconds is not None:
                return float(seconds)
            return datetime.fromisoformat(written).replace(tzinfo=self._zone).timestamp() if written else None
        except (TypeError, ValueError):
            return None


def _seen_by_bots(kind: str, chat: int) -> str:
    """A chat's id as bots know it."""
    if kind.endswith(("supergroup", "channel")):
        return str(-_BIG - chat)
    return str(-chat if kind == "private_group" else chat)


def _person(written: object) -> str | None:
    """Somebody's id; None for a chat that posts in its own name."""
    digits = written.removeprefix("user") if isinstance(written, str) and written.startswith("user") else ""
    return digits if digits.isascii() and digits.isdigit() else None


def _posted_by_chat(one: Json, chat: str) -> bool:
    """Anonymous administrators write in the name of the group."""
    written = one.get("from_id")
    return isinstance(written, str) and written.startswith("channel") and chat == f"-100{written[7:]}"


def _parts(one: Json) -> tuple[Part, ...]:
    """Words as the bot would have been handed them."""
    text = one.get("text")
    if isinstance(text, str) and _MEDIA.isdisjoint(one) and "action" not in one:
        return (Part(PartKind.TEXT, text),) if text else ()
    return parts(_as_bots_see(one, text))


def _as_bots_see(one: Json, text: object) -> Json:
    """The same message in the words of the Bot API."""
    pieces = text if isinstance(text, list) else [text]
    words = "".join(piece if isinstance(piece, str) else _word(piece, "text") for piece in pieces)
    links = [{"type": "text_link", "url": _word(one, "href")} for one in pieces if isinstance(one, dict)]
    marks = [link for link in links if link["url"]]
    seen: dict[str, Any] = (
        {"caption": words, "caption_entities": marks} if _FILES & {*one} else {"text": words, "entities": marks}
    )
    if "file" in one:
        seen["document"] = {name: _word(one, name) for name in ("title", "performer")} | {"file_name": _file_name(one)}
    if isinstance(poll := one.get("poll"), dict):
        answers = [answer for answer in poll.get("answers") or () if isinstance(answer, dict)]
        seen["poll"] = {"question": _word(poll, "question"), "options": [{"text": _word(a, "text")} for a in answers]}
    if isinstance(contact := one.get("contact_information"), dict):
        seen["contact"] = {name: _word(contact, name) for name in ("first_name", "last_name", "phone_number")}
    if "place_name" in one or "address" in one:
        seen["venue"] = {"title": _word(one, "place_name"), "address": _word(one, "address")}
    action = one.get("action")
    if action in _TITLES:
        seen["new_chat_title"] = _word(one, "title")
    elif action in _TOPICS:
        seen["forum_topic_created"] = {"name": _word(one, _TOPICS[action])}
    return seen


def _word(one: object, name: str) -> str:
    value = one.get(name) if isinstance(one, dict) else None
    return value if isinstance(value, str) else ""


def _file_name(one: Json) -> str:
    """A file's name: newer exports tell it, in older ones it is the end of the path, if the file came along."""
    path = _word(one, "file")
    return _word(one, "file_name") or ("" if path.startswith("(") else path.rpartition("/")[2])
