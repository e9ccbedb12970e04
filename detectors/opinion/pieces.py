"""A text cut into pieces that the encoder knows: the likeliest way to cut it, as SentencePiece's unigram model does.

All pieces in a text are found in one Aho-Corasick pass, so that cutting costs a few microseconds a word and no library.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

SPACE = "▁"
"""How the vocabulary writes the beginning of a word."""
UNKNOWN_COST = 10.0
"""How much unlikelier than the rarest piece a character is that no piece holds."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of a text by their numbers in the vocabulary, and where each stands; a leading space is no part of it."""

    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


class Cutter:
    """Cuts texts into pieces of one vocabulary."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], unknown: int) -> None:
        """Take the pieces with their log probabilities, special ones empty, and the number that stands for the rest."""
        self._numbers = [number for number, piece in enumerate(pieces) if piece]
        self._scores = [float(scores[number]) for number in self._numbers]
        self._search = AhoCorasick(
            [pieces[number] for number in self._numbers], implementation=Implementation.ContiguousNFA
        )
        self._unknown = unknown
        self._unknown_score = min(self._scores) - UNKNOWN_COST

    def cut(self, text: str) -> Pieces:
        """Return the likeliest pieces of `text`, white space aside; takes time in proportion to its length."""
        written = SPACE + "".join(SPACE if char.isspace() else char for char in text)
        before = self._walk(written)
        ids: list[int] = []
        places: list[tuple[int, int]] = []
        end = len(written)
        while end:
            start, number = before[end]
            first = start
            while first < end and written[first] == SPACE:
                first += 1
            if first < end:
                ids.append(number)
                places.append((first - 1, end - 1))
            end = start
        return Pieces(tuple(reversed(ids)), tuple(reversed(places)))

    def _walk(self, written: str) -> list[tuple[int, int]]:
        """Return for each end of a likeliest cut where its last piece begins, and which it is."""
        ends: list[list[tuple[int, int]]] = [[] for _ in range(len(written) + 1)]
        for index, start, end in self._search.find_matches_as_indexes(written, overlapping=True):
            ends[end].append((start, index))
        best = [0.0] * (len(written) + 1)
        before = [(0, self._unknown)] * (len(written) + 1)
        scores, numbers = self._scores, self._numbers
        for end in range(1, len(written) + 1):
            top, came = best[end - 1] + self._unknown_score, (end - 1, self._unknown)
            for start, index in ends[end]:
                score = best[start] + scores[index]
                if score > top:
                    top, came = score, (start, numbers[index])
            best[end], before[end] = top, came
        return before
