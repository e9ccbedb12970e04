"""Where the words of a Slack message are: text, blocks, attachments, files.

Shapes: docs.slack.dev/reference/events/message, /reference/block-kit/blocks, /messaging/formatting-message-text and
/reference/objects/file-object. Anything may be missing; what is unknown is skipped.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.message import Attachment, Part, ending
from bot.platforms.slack.ids import identifier
from bot.words import PartKind

Json = Mapping[str, Any]

_DEEPEST = 12
"""Blocks nest a few levels; hostile JSON may nest more."""
_MOST = 200
"""Parts of one message."""

_MOST_FILES = 20
"""Files of one message that are read; a person can post 10 at once."""

_SUBJECTS = {
    "channel_topic": ("topic", PartKind.TOPIC), "group_topic": ("topic", PartKind.TOPIC),
    "channel_purpose": ("purpose", PartKind.PURPOSE), "group_purpose": ("purpose", PartKind.PURPOSE),
    "channel_name": ("name", PartKind.TITLE), "group_name": ("name", PartKind.TITLE),
}  # fmt: skip
"""Subtypes that carry words which a person typed elsewhere than in `text`: where, and what they are."""


def parts(message: Json) -> tuple[Part, ...]:
    """Everything that people can read in a message, each piece once."""
    text = plain(message.get("text"))
    seen = [_letters(text)]
    found: list[Part] = []
    if subject := _SUBJECTS.get(message.get("subtype", "")):
        field, subject_kind = subject
        found.append(Part(subject_kind, plain(message.get(field))))
    elif text:
        found.append(Part(PartKind.TEXT, text))
    for kind, piece, leaves in _pieces(message):
        letters = [_letters(leaf) for leaf in leaves]
        if all(any(leaf in known for known in seen) for leaf in letters if leaf):
            continue
        seen.append(_letters(piece))
        found.append(Part(kind, piece))
        if len(found) >= _MOST:
            break
    return tuple(part for part in found if part.text.strip())


def attachments(message: Json) -> tuple[Attachment, ...]:
    """The files of a message, those of a message that it passes on too; deleted ones leave a tombstone."""
    passed_on = [file for one in _dicts(message.get("attachments")) for file in _dicts(one.get("files"))]
    old = [message["file"]] if isinstance(message.get("file"), Mapping) else []
    files = [_file_of(file) for file in (*_dicts(message.get("files")), *old, *passed_on)]
    return tuple({file.id: file for file in files if file}.values())[:_MOST_FILES]


def _file_of(file: Json) -> Attachment | None:
    known, size = identifier(file.get("id")), file.get("size")
    if not known or file.get("mode") == "tombstone":
        return None
    kind = ending(f".{file.get('filetype')}") or ending(file.get("name"))
    return Attachment(known, known, kind, size if isinstance(size, int) else None)


def shared(message: Json) -> bool:
    """Whether the message passes on somebody's message from elsewhere."""
    return any(a.get("is_share") or a.get("is_msg_unfurl") for a in _dicts(message.get("attachments")))


def plain(text: object) -> str:
    """Undo Slack's escaping of &, < and >. Links (`<tel:…|…>`) stay: the detector reads both halves."""
    if not isinstance(text, str):
        return ""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _letters(text: str) -> str:
    """Keep what two spellings of the same words share when marks, spaces and markup differ."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _pieces(message: Json) -> Iterator[tuple[PartKind, str, list[str]]]:
    """Kind, text and the strings that it is made of, of everything but `text`."""
    yield from _blocks(PartKind.BLOCK, message.get("blocks"))
    for attachment in _dicts(message.get("attachments")):
        yield from _attachment(attachment)
    for file in _dicts(message.get("files")):
        yield from _file(file)
    for key in ("file", "comment"):
        if isinstance(message.get(key), Mapping):  # shapes of older messages
            yield from _file(message[key])


def _attachment(attachment: Json) -> Iterator[tuple[PartKind, str, list[str]]]:
    if attachment.get("from_url") and not (attachment.get("is_share") or attachment.get("is_msg_unfurl")):
        return  # the preview of a web page: nobody here wrote it
    keys = ("pretext", "title", "text", "author_name", "footer")
    texts = [plain(attachment.get(key)) for key in keys]
    for field in _dicts(attachment.get("fields")):
        texts += [f"{plain(field.get('title'))}: {plain(field.get('value'))}"]
    if not any(texts) and not attachment.get("blocks") and not attachment.get("message_blocks"):
        texts = [plain(attachment.get("fallback"))]
    yield from ((PartKind.ATTACHMENT, text, [text]) for text in texts if text)
    yield from _blocks(PartKind.ATTACHMENT, attachment.get("blocks"))
    for shown in _dicts(attachment.get("message_blocks")):
        inner = shown.get("message")
        yield from _blocks(PartKind.ATTACHMENT, inner.get("blocks") if isinstance(inner, Mapping) else None)
    for file in _dicts(attachment.get("files")):
        yield from _file(file)


_FILE_WORDS = {
    "name": PartKind.FILE_NAME,
    "title": PartKind.FILE_NAME,
    "preview": PartKind.PREVIEW,
    "plain_text": PartKind.PREVIEW,
    "subject": PartKind.PREVIEW,
    "alt_txt": PartKind.CAPTION,
    "comment": PartKind.CAPTION,
}


def _file(file: Json) -> Iterator[tuple[PartKind, str, list[str]]]:
    for key, kind in _FILE_WORDS.items():
        if text := plain(file.get(key)):
            yield kind, text, [text]
    for key in ("initial_comment", "transcription"):
        inner = file.get(key)
        if isinstance(inner, Mapping):
            said = inner.get("comment") or (inner.get("preview") or {}).get("content")
            if text := plain(said):
                yield PartKind.CAPTION, text, [text]


def _blocks(kind: PartKind, blocks: object, depth: int = 0) -> Iterator[tuple[PartKind, str, list[str]]]:
    """One piece for each paragraph, field or table row of Block Kit blocks."""
    for block in _dicts(blocks):
        if block.get("type") in _PARAGRAPHS:
            leaves = list(_leaves(block, 0))
            yield kind, "".join(written for written, _ in leaves), [read for _, read in leaves]
        elif depth < _DEEPEST:
            for key in ("text", "fields", "elements", "title", "alt_text", "accessory", "label", "rows", "caption"):
                yield from _inside(kind, block.get(key), depth)


_PARAGRAPHS = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})


def _inside(kind: PartKind, value: object, depth: int) -> Iterator[tuple[PartKind, str, list[str]]]:
    if isinstance(value, str):
        yield kind, plain(value), [plain(value)]
    elif isinstance(value, Mapping):
        yield from _blocks(kind, [value], depth + 1)
    elif isinstance(value, Sequence) and depth < _DEEPEST:
        for item in value:
            yield from _inside(kind, item, depth + 1)


def _leaves(element: Json, depth: int) -> Iterator[tuple[str, str]]:
    """Each string in a rich-text paragraph: as it is judged, and as it may stand in `text` too."""
    for child in _dicts(element.get("elements")):
        kind, text = child.get("type"), child.get("text")
        if kind == "link" and isinstance(child.get("url"), str):
            label = text if isinstance(text, str) else ""
            yield f"<{child['url']}|{label}>" if label else f"<{child['url']}>", label or child["url"]
        elif isinstance(text, str):
            yield text, text
        elif depth < _DEEPEST:
            yield from _leaves(child, depth + 1)


def _dicts(value: object) -> list[Json]:
    """Pick the objects in a list; anything else is not there."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [item for item in value if isinstance(item, Mapping)]
