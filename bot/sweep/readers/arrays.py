"""Arrays of objects in large JSON files: found, cut into pieces, and read, never held whole.

Where each object begins on a line of its own, as in what apps write, the lines tell where one ends: in JSON a line
break never stands inside a text. Of any other layout the brackets tell, object by object.
Places are those of `Signs`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sweep.export import SIZE
from bot.sweep.readers.blocks import BLOCK, LONGEST, TooLongError, find, search
from bot.sweep.readers.signs import Signs

Json = dict[str, Any]

HEAD = 4096
"""Bytes ahead of an array that may say what it is of."""

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_OTHER = rb'[^"{}\[\]]*+'
_AHEAD = _OTHER + rb"(?:" + _STRING + _OTHER + rb")*+"
_DEEP = 4
"""Levels of brackets within an object that is matched as one; of a deeper one each bracket is looked at."""


def _nested(levels: int) -> bytes:
    within = _STRING + (rb"|" + _nested(levels - 1) if levels else b"")
    return rb"[{\[]" + _OTHER + rb"(?:(?:" + within + rb")" + _OTHER + rb")*+[}\]]"


_TOKEN = re.compile(_AHEAD + rb"(?:(?P<whole>" + _nested(_DEEP) + rb")|(?P<sign>[{}\[\]])|.*+\Z)", re.DOTALL)
"""What comes next that counts: all of an object, a bracket of one that is deep or has no end here, or neither."""
_PAIRS = re.compile(
    rb'(?:"[^"\\]*"\s*+:\s*+(?:' + _STRING + rb"|-?[0-9.eE+-]++|true|false|null)\s*+,\s*+)++\Z", re.DOTALL
)
_MARGIN = re.compile(rb"\n([ \t]*)\Z")
_LINED = re.compile(rb"\n([ \t]+)\{")
_ODD = re.compile(rb"\\(\\|x[0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Array:
    """An array: the pairs of its object that stand before it, where its first element begins, and where it ends.

    `indent` is what stands before each element on its line; empty: it is laid out otherwise, and `end` is unknown.
    """

    pairs: Json = field(repr=False)
    start: int
    end: int = 0
    indent: bytes = b""


def arrays(file: Signs, key: str) -> Iterator[Array]:
    """Every array under a key of this name, outermost ones only; the last must be cut before the next is asked for."""
    pattern = re.compile(
        b'"' + key.encode() + rb'"\s*:\s*\['
    )  # what begins with plain signs is found forty times as fast
    at = 0
    while found := search(file, pattern, at, HEAD):
        before, start = found
        margin = _MARGIN.search(before)
        array = _lined(file, _pairs(before.rstrip()), start, margin and margin[1])
        yield array
        at = array.end or start


def whole(file: Signs) -> Array | None:
    """The array that the file is, if it is one."""
    file.seek(file.begin)
    head = file.read(HEAD)
    return _lined(file, {}, file.begin + head.index(b"[") + 1, b"") if head.lstrip().startswith(b"[") else None


def _pairs(before: bytes) -> Json:
    """The names and plain values that stand between the opening of an object and its array."""
    matched = _PAIRS.search(before)
    if matched is None:
        return {}
    try:
        read = json.loads(b"{" + matched[0].rstrip().removesuffix(b",") + b"}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _lined(file: Signs, pairs: Json, start: int, outer: bytes | None) -> Array:
    """`outer` is what stands before the array on its line, where it begins one."""
    file.seek(start)
    first = _LINED.match(file.read(HEAD))
    if first is None or outer is None or len(first[1]) <= len(outer):
        return Array(pairs, start)
    end = find(file, b"\n" + outer + b"]", start)
    return Array(pairs, start, end, first[1]) if end >= 0 else Array(pairs, start)


def pieces(file: Signs, array: Array, size: int = SIZE) -> Iterator[tuple[int, int]]:
    """Cut an array between its elements: where each piece begins and ends. The commas between pieces are in none."""
    return _by_lines(file, array, size) if array.indent else _by_signs(file, array.start, size)


def _by_lines(file: Signs, array: Array, size: int) -> Iterator[tuple[int, int]]:
    closing = b"\n" + array.indent + b"},"
    start = array.start
    while start < array.end:
        end = find(file, closing, start + size) if start + size < array.end else -1
        if not 0 <= end < array.end:
            yield start, array.end
            return
        yield start, end + len(closing) - 1
        start = end + len(closing)


def _by_signs(file: Signs, start: int, size: int) -> Iterator[tuple[int, int]]:
    """The same by brackets. Of an array without an end the last piece ends behind the file."""
    for _, end, final in _elements(file, start):
        if final:
            if end > start:
                yield start, end
            return
        if end - start >= size:
            yield start, end
            start = _after_comma(file, end)
    yield start, file.end + 1


def _after_comma(file: Signs, at: int) -> int:
    file.seek(at)
    ahead = file.read(256)
    return at + len(ahead) - len(ahead.lstrip().removeprefix(b","))


def _elements(file: Signs, start: int) -> Iterator[tuple[int, int, bool]]:
    """Where each element of an array begins and ends; last, with True, where the array's closing bracket stands."""
    kept, depth, begun, base = b"", 0, start, start
    while True:
        file.seek(base + len(kept))
        block = file.read(BLOCK)
        if not block:
            return
        text, done = kept + block, 0
        for begins, ends, deep in _steps(text, depth):
            begun, depth, done = begun if depth else base + begins, deep, ends
            if depth < 0:
                yield base + begins, base + begins, True
                return
            if not depth:
                yield begun, base + ends, False
        kept, base = text[done:], base + done
        if len(kept) > LONGEST:
            raise TooLongError


def _steps(text: bytes, depth: int) -> Iterator[tuple[int, int, int]]:
    """Where each token begins and ends, and how deep in brackets we are behind it, `depth` before all of them."""
    for token in _TOKEN.finditer(text):
        if not token.lastgroup:  # it goes on in the next block
            return
        if token.lastgroup == "sign":
            depth += 1 if token["sign"] in b"{[" else -1
        yield token.start(token.lastgroup), token.end(), depth


def objects(file: Signs, start: int, end: int) -> Iterator[Json | None]:
    """The objects between two places; None for one that is broken, or where the file was cut off."""
    raw = file.text(start, end)
    try:
        read = json.loads(b"[" + raw.strip().removesuffix(b",") + b"]")
    except (ValueError, RecursionError):
        read = [*_one_by_one(raw)]
    if file.end < end and read[-1:] != [None]:
        read.append(None)
    for one in read:
        yield one if isinstance(one, dict) else None


def _one_by_one(raw: bytes) -> Iterator[Any]:
    depth, begun = 0, 0
    for begins, ends, deep in _steps(raw, 0):
        begun, depth = begun if depth else begins, deep
        if not depth:
            yield _mended(raw[begun:ends])
    if depth:
        yield None  # cut off


def _mended(raw: bytes) -> Any:
    r"""One object, also with the \x0B that Telegram Desktop writes for control characters and JSON does not know."""
    try:
        return json.loads(_ODD.sub(_known, raw).decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _known(escape: re.Match[bytes]) -> bytes:
    return rb"\\" if escape[1] == b"\\" else rb"\u00" + escape[1][1:]
