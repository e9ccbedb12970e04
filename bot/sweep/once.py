"""JSON in which no key stands twice: one program reads the first value, another the last, and one would be unread."""

import json
from typing import Any


class TwiceError(ValueError):
    """A key stands twice in an object."""


def once(raw: bytes) -> Any:
    """What a piece of JSON in UTF-8 says. Raises TwiceError, and what `json.loads` raises."""
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogatepass")
    return _DECODER.decode(text)  # `loads` would make a decoder for each line


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        raise TwiceError
    return row


_DECODER = json.JSONDecoder(object_pairs_hook=_once)
