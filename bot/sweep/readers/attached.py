"""What hangs on a mail, each as a message whose words are its name, for the reader of files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message as Mail
from functools import partial

from bot.message import Message, Part
from bot.sweep.export import Posted
from bot.words import PartKind

_SEALS = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
"""They say who wrote (RFC 8551, RFC 3156), and hold no words."""


def file_name(part: Mail) -> str:
    """What an attachment is called, decoded; '' for what is none."""
    return str(make_header(decode_header(name))) if (name := part.get_filename()) else ""


def attached(mail: Mail, message: Message, line: int, *, cut: bool) -> Iterator[Posted]:
    """The attachments of a mail that came to `message`; `cut`: what came after the last one's beginning is missing."""
    files = [part for part in mail.walk() if _is_file(part)]
    for number, part in enumerate(files, 1):
        name = (Part(PartKind.FILE_NAME, file_name(part) or f"file.{part.get_content_subtype()}"),)
        content: Callable[[], bytes] = _missing if cut and number == len(files) else partial(_bytes, part)
        yield Posted(replace(message, id=f"{message.id}.{number}", parts=name), line=line, content=content)


def files_of(mail: Mail) -> int:
    """How many files hang on a mail."""
    return sum(map(_is_file, mail.walk()))


def _is_file(part: Mail) -> bool:
    kind = part.get_content_type()
    if part.is_multipart() or kind in _SEALS:
        return False
    return bool(part.get_filename()) or part.get_content_maintype() != "text"


def _bytes(part: Mail) -> bytes:
    """Raises ValueError for what was not written as it says."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise ValueError("broken")  # noqa: TRY004 - what `Posted.content` raises
    return content


def _missing() -> bytes:
    raise ValueError("too_large")
