"""Whether a text is worth the encoder's time: a sum of weights of short runs of characters, in one pass."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation

LONGEST_RUN = 4
PLAIN = str.maketrans("0123456789\t\n\r", "0000000000   ")
"""All digits are one, and all white space."""


def runs(lower: str, lengths: Iterable[int]) -> Iterator[str]:
    """Yield the runs of these lengths in a text in lower case, with a space before and behind it."""
    text = f" {lower} ".translate(PLAIN)
    for length in lengths:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


class Wide:
    """A gate that lets through nearly every leak, and little of ordinary chat."""

    def __init__(self, weights: Mapping[str, float], bar: float) -> None:
        """Take the weight of each run, and the sum from which on a text is let through."""
        self._search = AhoCorasick(list(weights), implementation=Implementation.ContiguousNFA)
        self._weights = list(weights.values())
        self._bar = bar

    def opens(self, lower: str) -> bool:
        """Tell whether the encoder should read the text."""
        return self.sum(lower) >= self._bar

    def sum(self, lower: str) -> float:
        """Return the sum of the weights of the runs in a text in lower case; each run counts once."""
        found = self._search.find_matches_as_indexes(f" {lower} ".translate(PLAIN), overlapping=True)
        weights = self._weights
        return sum([weights[run] for run in {match[0] for match in found}])


def read(path: Path, bar: float) -> Wide:
    """Read the weights from a file with a run and its weight in each line."""
    lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    return Wide({run: float(weight) for run, weight in (line.split("\t") for line in lines)}, bar)
