"""The fourth maker: offices with merged headings, transposed sheets, signed contracts, chats in dark colours, whiteboards.

Written without a look at the reader or the makers before it, and scored before anything was corrected.
"""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.documents.case import Case, Kinds, each
from benchmarks.documents.makers.fourth import blanks, letters, notices, parcels, pictures, scenery, sheets

MAKER = "fourth"
Make = Callable[[Random, int], tuple[str, bytes]]


def cases(rng: Random, rounds: int) -> Iterator[Case]:
    """Give each kind of file `rounds` times, with other people in it each time."""
    documents = {
        **sheets.LEAKS,
        **letters.LEAKS,
        **parcels.LEAKS,
        **sheets.HARMLESS,
        **notices.HARMLESS,
        **blanks.HARMLESS,
    }
    return each(MAKER, _by_turns(documents), _by_turns({**pictures.LEAKS, **scenery.HARMLESS}), rng, rounds)


def _by_turns(kinds: Kinds) -> Kinds:
    """Each has two forms, mostly English and Chinese."""
    return {kind: (_alternating(make), names) for kind, (make, names) in kinds.items()}


def _alternating(make: Make) -> Make:
    return lambda rng, turn: make(rng, turn % 2)
