"""Outlook's mails (.msg): a compound file whose streams are named by the numbers of their properties."""

import io
from typing import Any

from detectors.documents.document import DocumentKind, Place, Unread
from detectors.documents.formats import mail, text
from detectors.documents.formats.decoding import decoded
from detectors.documents.formats.intake import Intake, UnreadError

_SUBJECT, _BODY, _HTML = "0037", "1000", "1013"
_PEOPLE = ("0C1A", "0C1F", "5D01", "0E04", "0E03")
"""The sender's name and address, and to whom it went."""
_DATA, _LONG_NAME, _NAME = "3701", "3707", "3704"


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take subject, people, text and attachments."""
    import olefile  # noqa: PLC0415 - only where there is such a mail

    take.enter(DocumentKind.MAIL)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            _take(file, take, place)
    except (OSError, ValueError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise UnreadError(Unread.BROKEN) from error
    finally:
        take.leave()


def _take(file: Any, take: Intake, place: Place) -> None:
    people = [_words(file, [], code) for code in _PEOPLE]
    mail.add_head(_words(file, [], _SUBJECT), list(dict.fromkeys(people)), take, place)
    body = _words(file, [], _BODY) or text.without_tags(_words(file, [], _HTML))
    text.add(body, take, place)
    for folder in dict.fromkeys(path[0] for path in file.listdir() if path[0].startswith("__attach")):
        name = _words(file, [folder], _LONG_NAME) or _words(file, [folder], _NAME)
        data = _stream(file, [folder, f"__substg1.0_{_DATA}0102"])
        if data:
            take.inside(data, name, place)


def _words(file: Any, folder: list[str], code: str) -> str:
    """A property that holds words: UTF-16, the encoding of its writer's place, or bytes of HTML."""
    wide = _stream(file, [*folder, f"__substg1.0_{code}001F"])
    if wide:
        return wide.decode("utf-16-le", "replace")
    narrow = _stream(file, [*folder, f"__substg1.0_{code}001E"]) or _stream(file, [*folder, f"__substg1.0_{code}0102"])
    return decoded(narrow)


def _stream(file: Any, path: list[str]) -> bytes:
    if not file.exists(path):
        return b""
    data = file.openstream(path).read()
    return data if isinstance(data, bytes) else b""
