"""Every place of a Bot API message that can hold words -> parts. Fields: https://core.telegram.org/bots/api#message.

Missing and unknown fields are fine: Telegram adds some every few weeks. Nothing here keeps or prints what it reads.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from bot.message import Attachment, Part, ending
from bot.words import PartKind

Json = Mapping[str, Any]

_FILES = ("document", "animation", "audio", "video")
_DIGITS = re.compile(r"\D+")
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


def parts(message: Json) -> tuple[Part, ...]:
    """All words of a message, in reading order, as parts; empty for a message without words."""
    found = [*_written(message), *_attached(message), *_service(message)]
    if quote := message.get("quote"):
        found += _some(PartKind.QUOTE, quote.get("text"))
    if reply := message.get("external_reply"):  # a reply to a message of another chat brings that chat's words here
        found += [Part(PartKind.QUOTE, part.text) for part in _attached(reply)]
    return tuple(found)


def attachments(message: Json) -> tuple[Attachment, ...]:
    """The documents and the picture of a message; films, sounds and stickers hold nothing that is read.

    https://core.telegram.org/bots/api#photosize: one picture in several sizes. #document: file_unique_id "is supposed
    to be the same over time", file_id fetches.
    """
    sizes = [size for size in message.get("photo") or () if isinstance(size, Mapping)]
    largest = max(sizes, key=lambda size: int(size.get("width") or 0) * int(size.get("height") or 0), default=None)
    document = None if "animation" in message else message.get("document")  # an animation is both: #message
    pictured = _attachment(largest, "jpg") if largest else ()
    return (*pictured, *(_attachment(document, ending(document.get("file_name"))) if document else ()))


def _attachment(file: Json, kind: str) -> tuple[Attachment, ...]:
    ref, size = file.get("file_id"), file.get("file_size")
    known = file.get("file_unique_id") or ref
    if not (_is_id(ref) and _is_id(known)):
        return ()
    return (Attachment(str(known), str(ref), kind, size if isinstance(size, int) else None),)


def _is_id(value: object) -> bool:
    """Whether it is written as Telegram writes the ids of files: what is not may be words, and an id is stored."""
    return isinstance(value, str) and _FILE_ID.fullmatch(value) is not None


def _written(message: Json) -> Iterator[Part]:
    for kind, marks in ((PartKind.TEXT, "entities"), (PartKind.CAPTION, "caption_entities")):
        text = message.get(kind) or ""
        yield from _some(kind, text)
        for mark in message.get(marks) or ():
            if mark.get("type") == "text_link":
                yield from _hidden(mark.get("url") or "", text)


def _hidden(url: str, text: str) -> Iterator[Part]:
    """What a link hides behind its words: unless the words show it too, for then the text has been judged already."""
    value = unquote(url)
    target = value.partition(":")[2].partition("?")[0]
    digits = _DIGITS.sub("", target)
    shown = target in text or (len(digits) >= 8 and digits[-8:] in _DIGITS.sub("", text))
    if value and not shown:
        yield Part(PartKind.LINK, _phone(target) if value.lower().startswith(("tel:", "sms:")) else value)


def _attached(message: Json) -> Iterator[Part]:
    for field in _FILES:
        file = message.get(field) or {}
        yield from _some(PartKind.FILE_NAME, file.get("file_name"), file.get("title"), file.get("performer"))
    if poll := message.get("poll"):
        options = (option.get("text") for option in poll.get("options") or ())
        yield from _some(
            PartKind.POLL, poll.get("question"), *options, poll.get("explanation"), poll.get("description")
        )
    if contact := message.get("contact"):
        phone = _phone(contact.get("phone_number") or "")
        yield from _some(PartKind.CONTACT, contact.get("first_name"), contact.get("last_name"), phone)
        yield from _some(PartKind.CONTACT, contact.get("vcard"))
    if venue := message.get("venue"):
        yield from _some(PartKind.VENUE, venue.get("title"), venue.get("address"))
    for field in ("checklist", "checklist_tasks_added"):
        if listed := message.get(field):
            yield from _some(
                PartKind.CHECKLIST, listed.get("title"), *(task.get("text") for task in listed.get("tasks") or ())
            )


def _service(message: Json) -> Iterator[Part]:
    """Service messages that carry words: new names of topics and of the chat."""
    for field in ("forum_topic_created", "forum_topic_edited"):
        if topic := message.get(field):
            yield from _some(PartKind.TOPIC, topic.get("name"))
    yield from _some(PartKind.TITLE, message.get("new_chat_title"))


def _some(kind: PartKind, *texts: str | None) -> list[Part]:
    text = "\n".join(text for text in texts if text)
    return [Part(kind, text)] if text else []


def _phone(number: str) -> str:
    """Telegram writes the numbers of shared contacts with the country code, often without the plus sign."""
    number = number.strip()
    return f"+{number}" if number.isdigit() and len(number) > 8 and not number.startswith("00") else number
