"""Places that the encoder points to: runs of pieces that it takes for one type."""

from collections.abc import Iterator
from dataclasses import dataclass

from detectors.opinion.labels import TYPES
from detectors.opinion.read import Read

LEAST = 0.2
"""The probability below which a piece belongs to no place."""
NAMED = TYPES[:-1]
"""The types that it can find alone; `OTHER` only seconds what has a shape."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text that was read, the type it may be, and how likely that is."""

    type: str
    start: int
    end: int
    tag: float


def places(read: Read) -> Iterator[Place]:
    """Yield the places of each type, in order of type and place."""
    for kind, entity in enumerate(NAMED):
        if read.most(kind) < LEAST:
            continue
        first, later, shares = read.begun[kind], read.later[kind], read.held[kind]
        run: list[int] = []
        for piece, share in enumerate(shares):
            starts_anew = bool(run) and first[piece] > later[piece] and first[piece] >= 0.5
            if run and (share < LEAST or starts_anew):
                yield _place(read, entity, run)
                run = []
            if share >= LEAST:
                run.append(piece)
        if run:
            yield _place(read, entity, run)


def tag_at(read: Read, entity: str, start: int, end: int) -> float:
    """Return the highest probability of a type among the pieces of a place of the text."""
    kind = TYPES.index(entity) if entity in TYPES else len(TYPES) - 1
    shares = zip(read.held[kind], read.places, strict=True)
    return max((share for share, (first, last) in shares if first < end and start < last), default=0.0)


def _place(read: Read, entity: str, run: list[int]) -> Place:
    tag = max(read.held[TYPES.index(entity)][piece] for piece in run)
    return Place(entity, read.places[run[0]][0], read.places[run[-1]][1], tag)
