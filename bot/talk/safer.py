"""A safer text as somebody can paste it: the words that they wrote, masked; not the names of files and the like."""

from bot.masking import Masked
from bot.message import Message
from bot.words import PartKind
from detectors.types import of

_ASIDE = frozenset({
    PartKind.FILE_NAME, PartKind.QUOTE, PartKind.LINK, PartKind.PREVIEW, PartKind.FILE, PartKind.PICTURE,
})  # fmt: skip
"""Parts that nobody pastes."""


def pasted(message: Message, masked: Masked) -> str:
    """Return what to post in place of `message`, whose parts were masked; empty where nothing in its words was hidden.

    Empty too where hiding did not help: what a rule still speaks of is no safer text.
    """
    texts = [
        (part.text, text) for part, text in zip(message.parts, masked.texts, strict=True) if part.kind not in _ASIDE
    ]
    changed = any(before != after for before, after in texts)
    return "\n".join(after for _, after in texts) if changed and masked.quiet else ""


def hidden(masked: Masked) -> tuple[str, ...]:
    """Return the entity types that were hidden because a rule speaks of them: a name by itself is none."""
    return tuple(name for name in masked.types if not of(name).beside)
