"""What the encoder makes of a text, without the encoder: it takes half a second to load."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detectors.opinion.labels import begins, goes_on

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder makes of a stretch of text.

    `places` say where each piece stands, `odds` (pieces, labels) are the probabilities of each piece's labels,
    `warn` (0 to 1) is how likely the message should make somebody think twice.
    """

    places: tuple[tuple[int, int], ...]
    odds: "Array" = field(repr=False)
    warn: float

    def shares(self, kind: int) -> "Array":
        """Return for each piece the probability that TYPES[kind] stands there."""
        return self.odds[:, begins(kind)] + self.odds[:, goes_on(kind)]

    def most(self, kind: int) -> float:
        """Return the highest of them."""
        return max(map(float, self.shares(kind)), default=0.0)

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a place of the text was read, in part at least."""
        return bool(self.places) and start < self.places[-1][1] and self.places[0][0] < end
