"""Where in a file something stands, in people's words: numbers of sheets and pages, never what stands there."""

from collections.abc import Sequence

from bot.store import Held, Spot
from bot.wording import say

_MOST = 3
"""Places that are named; whoever looks there finds the rest."""


def places(language: str, held: Sequence[Held]) -> str:
    """Name the places in these files; empty where a file has none, such as a picture."""
    named = [place for one in held for spot in one.spots if (place := _place(language, one.kind, spot))]
    told = tuple(dict.fromkeys(named))
    more = (say(language, "phrase.more"),) if len(told) > _MOST else ()
    return say(language, "spot.joined").join((*told[:_MOST], *more))


def _place(language: str, kind: str, spot: Spot) -> str:
    pieces = [say(language, "spot.file", number=spot.file)] if spot.file else []
    if spot.sheet:
        pieces.append(say(language, "spot.sheet", number=spot.sheet))
    elif spot.page:
        pieces.append(say(language, "spot.slide" if kind == "slides" else "spot.page", number=spot.page))
    if spot.rows:
        pieces.append(say(language, "spot.rows", count=_about(spot.rows)))
    return say(language, "phrase.comma").join(pieces)


def _about(count: int) -> int:
    """Round as people do: a number that is nearly right is enough to find the place."""
    return count if count < 20 else round(count, -1) if count < 1000 else round(count, -2)
