"""What the encoder makes of a text, without the encoder: it takes half a second to load."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from detectors.opinion.labels import TYPES

Shares = Sequence[Sequence[float]]
"""By type (TYPES), and in it for each piece: a probability."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder makes of a stretch of text.

    `places` say where each piece stands, `begun` how likely a place of a type begins there, `later` goes on there, and
    `held` does either; `warn` (0 to 1) is how likely the message should make somebody think twice.
    """

    places: tuple[tuple[int, int], ...]
    begun: Shares = field(repr=False)
    later: Shares = field(repr=False)
    held: Shares = field(repr=False)
    warn: float

    @classmethod
    def empty(cls, places: tuple[tuple[int, int], ...], warn: float) -> "Read":
        """Return a stretch of text in which nothing stands."""
        nothing = ((0.0,) * len(places),) * len(TYPES)
        return cls(places, nothing, nothing, nothing, warn)

    def most(self, kind: int) -> float:
        """Return the highest probability that TYPES[kind] stands somewhere."""
        return max(self.held[kind], default=0.0)

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a place of the text was read, in part at least."""
        return bool(self.places) and start < self.places[-1][1] and self.places[0][0] < end
