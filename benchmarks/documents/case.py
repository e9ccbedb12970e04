"""One made file, and what is true of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Case:
    """A file: its maker, group (document, picture) and kind, its name and bytes, and the types that must be found.

    No types: a harmless look-alike. `names` are the entity types whose values somebody put in.
    """

    maker: str
    group: str
    kind: str
    name: str
    data: bytes = field(repr=False)
    names: frozenset[str] = frozenset()

    @property
    def leaks(self) -> bool:
        """Whether somebody must be told."""
        return bool(self.names)


Kinds = Mapping[str, tuple[Callable[[Random, int], tuple[str, bytes]], str]]
"""By kind what makes a file (name and bytes) in each turn, and the types whose values it holds, parted by blanks."""


def each(maker: str, documents: Kinds, pictures: Kinds, rng: Random, rounds: int) -> Iterator[Case]:
    """Yield each kind of file `rounds` times, with other people in it each time."""
    for turn in range(rounds):
        for group, kinds in (("document", documents), ("picture", pictures)):
            for kind, (make, names) in kinds.items():
                name, data = make(rng, turn)
                yield Case(maker, group, kind, name, data, frozenset(names.split()))
