"""What `mask` does: messages in, the same out with personal data hidden. What can't be masked is never passed on."""

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from bot.cli.lines import json_line
from bot.cli.yardstick import TOO_SLOW, Yardstick
from bot.masking import mask
from bot.misuse import InputError
from detectors.documents.formats.decoding import marked
from detectors.documents.formats.lined import NoTextError, behind
from detectors.errors import TooSlowError
from policies.facts import UNKNOWN, Facts

NOT_QUIET = "the policy speaks of it whatever is hidden"
"""A rule of somebody's own may fire over what no mask can hide."""


@dataclass(frozen=True, slots=True)
class Masker:
    """Masks one text after the other; `names` makes initials of names."""

    yardstick: Yardstick
    names: bool = False

    def __call__(self, text: str, facts: Facts) -> str:
        """Return the text, masked. Raises InputError where that can't be done."""
        policy = self.yardstick.policy(facts.platform, facts.chat)
        find = self.yardstick.every or self.yardstick.find
        try:
            found = mask([("text", text)], find, policy.decide, facts, names=self.names)
        except TooSlowError:
            raise InputError(TOO_SLOW) from None
        except Exception as error:  # noqa: BLE001 - whatever one text does must not stop the next, nor be shown
            raise InputError(f"the text could not be judged ({type(error).__name__}); please report this") from None
        if not found.quiet:
            raise InputError(NOT_QUIET)
        return found.texts[0]


def run(paths: Sequence[str], form: str, masker: Masker) -> int:
    """Mask these files one after the other (- is standard input); returns the exit code.

    `form` is lines, jsonl or whole; empty: as the first line looks. Raises InputError for a file that can't be read.
    """
    good = True
    for path in paths:
        with _open(path) as file:
            encoding, lines = _lines(file, form, path)
            for number, (masked, error) in enumerate(_masked(lines, form, masker), 1):
                sys.stdout.buffer.write(masked if encoding == "utf-8" else masked.decode().encode(encoding))
                if path == "-":
                    sys.stdout.buffer.flush()  # whoever follows a log wants each line when it comes
                if error:
                    place = "" if form == "whole" else f", line {number}"
                    print(f"{path}{place}: {error}; left out", file=sys.stderr)
                    good = False
    return 0 if good else 1


def _open(path: str) -> "nullcontext[BinaryIO] | BinaryIO":
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}; check the path") from None


def _lines(file: BinaryIO, form: str, path: str) -> tuple[str, Iterator[bytes]]:
    """How the file is written, by its byte order mark, and its lines as UTF-8, or all of it as one.

    Raises InputError where it is not what its mark says.
    """
    first = file.read() if form == "whole" else file.readline()
    mark, encoding = marked(first)
    if encoding in ("", "utf-8"):
        return "utf-8", chain([first], file)
    # UTF-16 ends lines with two bytes, so they are found in what it says; the mark is a character of the first
    try:
        text = mark.decode(encoding) + behind(mark, encoding, first + file.read())
    except NoTextError as error:
        raise InputError(f"{path}: {error}") from None
    return encoding, iter([text.encode()]) if form == "whole" else iter(BytesIO(text.encode()))


def _masked(lines: Iterator[bytes], form: str, masker: Masker) -> Iterator[tuple[bytes, str]]:
    """Yield what is written for each message, and why where nothing is; a byte order mark and blank lines stay."""
    first = next(lines, b"")
    mark = BOM_UTF8 if first.startswith(BOM_UTF8) else b""
    is_json = form == "jsonl"
    for number, raw in enumerate(chain([first.removeprefix(BOM_UTF8)], lines), 1):
        if not form and raw.strip():
            form, is_json = "known", raw.lstrip().startswith(b"{")
        masked, error = raw, ""
        if raw.strip():
            masked, error = _json_line(number, raw, masker) if is_json else _line(raw, masker)
        yield mark + masked, error
        mark = b""


def _line(raw: bytes, masker: Masker) -> tuple[bytes, str]:
    if b"\0" in raw:
        return b"", "it holds bytes that no text holds"
    try:
        text = raw.decode("utf-8")
        body = text.rstrip("\r\n")
        return (masker(body, UNKNOWN) + text[len(body) :]).encode("utf-8"), ""
    except UnicodeDecodeError:
        return b"", "it is not UTF-8 text"
    except InputError as error:
        return b"", str(error)


def _json_line(number: int, raw: bytes, masker: Masker) -> tuple[bytes, str]:
    """Mask `text` and leave the other fields; a line in which nothing is hidden stays as it was written."""
    read = json_line(number, raw, UNKNOWN)
    if read.text is None:
        return _broken(read.id, read.error), read.error
    try:
        masked = masker(read.text, read.facts)
    except InputError as error:
        return _broken(read.id, str(error)), str(error)
    if masked == read.text:
        return raw, ""
    row = json.dumps({**json.loads(raw), "text": masked}, ensure_ascii=False)
    return (row + "\n").encode("utf-8", "backslashreplace"), ""


def _broken(identity: object, error: str) -> bytes:
    return (json.dumps({"id": identity, "error": error}) + "\n").encode()
