"""One made file, and what is true of it."""

from dataclasses import dataclass, field


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
