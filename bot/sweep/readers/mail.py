"""Mail: mbox files and single mails (eml).

Formats: RFC 4155 (a line `From ` after an empty one begins a mail; within one it is written `>From `) and RFC 5322.
Addresses are people's, so nothing of a sender is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from bot.message import Message, Part
from bot.sweep.export import SIZE, Chunk, Circumstances, Posted
from bot.sweep.readers.attached import attached, file_name, files_of
from bot.sweep.readers.blocks import LONGEST, lines
from bot.sweep.readers.markup import words
from bot.words import PartKind

NAME = "mail"

_FROM = re.compile(rb"From \S+ .*\d{4}")
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


class MailReader:
    """Knows them by how they begin."""

    name = NAME
    says = "mail (mbox, eml)"
    ids = False

    def opens(self, path: Path) -> bool:
        """Tell whether it is one."""
        if not path.is_file():
            return False
        with path.open("rb") as file:
            first = file.readline(1 << 12)
        return bool(_FROM.match(first)) or (path.suffix.lower() == ".eml" and bool(_HEADER.match(first)))

    def open(self, path: Path, circumstances: Circumstances) -> "MailExport":
        """Open it."""
        return MailExport(path, circumstances)


class MailExport:
    """One mbox, or one mail."""

    def __init__(self, path: Path, circumstances: Circumstances) -> None:
        self._path = path
        self._chat = circumstances.chat if circumstances.platform == NAME else ""
        self._with_files = circumstances.with_files

    def chunks(self) -> Iterator[Chunk]:
        """Cut where a mail begins."""
        start, line, lead, number, empty = 0, 1, 0, 0, True
        with self._path.open("rb") as file:
            for at, raw in lines(file, 0, 1 << 62):
                number += 1
                if empty and at - start >= SIZE and _FROM.match(raw):
                    yield Chunk(start, at, at - start, lead, line, self._chat)
                    start, line, lead = at, number, start
                empty = not raw.strip(b"\r\n")
            if (end := file.tell()) > start:
                yield Chunk(start, end, end - start, lead, line, self._chat)

    def read(self, chunk: Chunk) -> Iterator[Posted]:
        """The mails of a piece, each with the number of its first line, and what hangs on it if that is asked for."""
        for line, raw, cut in self._mails(chunk):
            mail = _parsed(raw)
            message = None if mail is None else _message(mail, len(raw), self._chat)
            if mail is None or message is None:
                yield Posted(None, line=line, error="broken")
            elif not self._with_files:
                yield Posted(message, line=line, media=files_of(mail))
            else:
                # The names of files are read with the files.
                words = tuple(part for part in message.parts if part.kind is not PartKind.FILE_NAME)
                yield Posted(replace(message, parts=words), line=line)
                yield from attached(mail, message, line, cut=cut)

    def remarks(self) -> tuple[str, ...]:
        """Nothing had to be found out."""
        return ()

    def name(self, file: int) -> str:
        """There is one file."""
        del file
        return ""

    def _mails(self, chunk: Chunk) -> Iterator[tuple[int, bytes, bool]]:
        """The first line of each, its bytes, and whether some are missing at its end: it is too long."""
        begun, kept, size, empty, cut = chunk.line, list[bytes](), 0, True, False
        with self._path.open("rb") as file:
            for number, (_, raw) in enumerate(lines(file, chunk.start, chunk.end), chunk.line):
                if empty and _FROM.match(raw):
                    if kept:
                        yield begun, b"".join(kept), cut
                    begun, kept, size, cut = number, [], 0, False
                elif size < LONGEST:
                    kept.append(raw)
                    size += len(raw)
                else:
                    cut = True
                empty = not raw.strip(b"\r\n")
        if kept:
            yield begun, b"".join(kept), cut


def _parsed(raw: bytes) -> Mail | None:
    try:
        mail = message_from_bytes(_ESCAPED.sub(rb"\1", raw), policy=policy.compat32)  # ten times as fast as the default
    except Exception:  # noqa: BLE001 - the library raises whatever it stumbles over in a broken mail
        return None
    return mail if mail.keys() else None


def _message(mail: Mail, size: int, chat: str) -> Message | None:
    try:
        at, people = _seconds(mail), _people(mail)
        parts = tuple(_parts(mail))
        sender = _header(mail, "From") or None
        forwarded = any(part.get_content_type() == "message/rfc822" for part in mail.walk())
    except Exception:  # noqa: BLE001 - as above
        return None
    # Its own id may hold names: the moment and the length tell one mail from another, too.
    return Message(NAME, "", chat, f"{at:.0f}.{size}", sender, at, parts, audience=people, forwarded=forwarded)


def _header(mail: Mail, name: str) -> str:
    """A header's words, decoded (RFC 2047)."""
    written = mail.get(name)
    if written is None:
        return ""
    text = str(written)
    return str(make_header(decode_header(text))) if "=?" in text else text


def _seconds(mail: Mail) -> float:
    try:
        return parsedate_to_datetime(_header(mail, "Date")).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _people(mail: Mail) -> int | None:
    """How many are written to, and the writer; None where nobody is named."""
    written = [str(value) for name in ("To", "Cc") for value in mail.get_all(name, [])]
    return 1 + len(getaddresses(written)) if written else None


def _parts(mail: Mail) -> Iterator[Part]:
    yield from _some(PartKind.TITLE, _header(mail, "Subject"))
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    plain = any(part.get_content_type() == "text/plain" and not part.get_filename() for part in leaves)
    for part in leaves:
        kind = part.get_content_type()
        if part.get_filename():
            yield from _some(PartKind.FILE_NAME, file_name(part))
        elif kind == "text/plain" or (kind == "text/html" and not plain):
            yield from _some(PartKind.TEXT, words(_text(part)) if kind == "text/html" else _text(part))


def _text(part: Mail) -> str:
    """What a part says, in its own encoding or, where that is unknown, in UTF-8."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _some(kind: PartKind, text: object) -> Iterator[Part]:
    if isinstance(text, str) and text.strip():
        yield Part(kind, text)
