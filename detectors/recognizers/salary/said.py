"""What the words around an amount say of it: which of them tell whose it is, and what for."""

from collections.abc import Iterable

from detectors.text.window import Place, Places

PAYING = frozenset({"pay", "own", "list", "offer", "part", "hour", "extra"})
OTHER = frozenset({"money", "post"})
SILENT = frozenset({"sample", "count"})
_SPEAKING = PAYING | OTHER
VAGUE = frozenset({"weak", "moved", "period"})
_REACH, _CLOSE = 44, 4


def spoken_of(words: Iterable[Place], start: int, end: int) -> str:
    """Return the kind of the word nearest to start..end of those that say what it is for; nothing if there is none."""
    near = [
        (start - word_end if word_end <= start else max(start - word_end, word_start - end), kind)
        for kind, word_start, word_end in words
        if kind in _SPEAKING
    ]
    return min(near)[1] if near else ""


def is_said(places: Places, at: int) -> bool:
    """Tell whether a word of pay stands right before `at`."""
    return places.anywhere("pay", "own") and any(
        kind in ("pay", "own") and at - end <= _CLOSE for kind, _, end in places.before(at, _REACH)
    )


def telling(before: list[str]) -> str:
    """Return the kind of the word that says most: what is vague gives way to a word of pay right before it."""
    kinds = [kind for kind in before if kind not in SILENT]
    if kinds[:2] == ["extra", "pay"] or (kinds[:1] and kinds[0] in VAGUE and kinds[1:2] and kinds[1] in PAYING):
        return kinds[1]
    return kinds[0] if kinds else ""
