"""Places that the encoder points to: runs of pieces that it takes for one type."""

from collections.abc import Iterator
from dataclasses import dataclass

from detectors.opinion.labels import TYPES, begins, goes_on
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
        first, later, shares = read.odds[:, begins(kind)], read.odds[:, goes_on(kind)], read.shares(kind)
        run: list[int] = []
        for piece in range(len(shares)):
            starts_anew = bool(run) and first[piece] > later[piece] and first[piece] >= 0.5
            if run and (shares[piece] < LEAST or starts_anew):
                yield _place(read, entity, run, max(map(float, shares[run])))
                run = []
            if shares[piece] >= LEAST:
                run.append(piece)
        if run:
            yield _place(read, entity, run, max(map(float, shares[run])))


def tag_at(read: Read, entity: str, start: int, end: int) -> float:
    """Return the highest probability of a type among the pieces of a place of the text."""
    kind = TYPES.index(entity) if entity in TYPES else len(TYPES) - 1
    column = read.shares(kind)
    shares = [float(column[n]) for n, (first, last) in enumerate(read.places) if first < end and start < last]
    return max(shares, default=0.0)


def _place(read: Read, entity: str, run: list[int], tag: float) -> Place:
    return Place(entity, read.places[run[0]][0], read.places[run[-1]][1], tag)
