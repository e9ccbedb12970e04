"""A safer text in a private chat, in a block that a tap copies: https://core.telegram.org/bots/api#messageentity."""

from collections.abc import Iterator
from typing import Any

LONGEST = 4096
"""https://core.telegram.org/bots/api#sendmessage: text; counted as entities are, so that what fits here fits there."""

Json = dict[str, Any]


def told(text: str, safer: str) -> Iterator[Json]:
    """Yield the parameters of one sendMessage, or of several where one would be too long."""
    below = f"{text}\n\n{safer}"
    if not safer:
        yield {"text": text}
    elif _units(below) <= LONGEST:
        yield {"text": below, "entities": [_block(_units(text) + 2, safer)], **_NO_PREVIEW}
    else:
        yield {"text": text}
        for piece in _pieces(safer):
            yield {"text": piece, "entities": [_block(0, piece)], **_NO_PREVIEW}


_NO_PREVIEW: Json = {"link_preview_options": {"is_disabled": True}}


def _block(start: int, text: str) -> Json:
    return {"type": "pre", "offset": start, "length": _units(text)}


def _units(text: str) -> int:
    """How long Telegram says a text is: in UTF-16 code units (#messageentity, offset)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into pieces that can be sent; of white space alone nothing can."""
    pieces = (text[start : start + LONGEST // 2] for start in range(0, len(text), LONGEST // 2))
    return (piece for piece in pieces if piece.strip())
