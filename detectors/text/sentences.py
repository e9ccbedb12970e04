"""Where sentences and clauses end, in English, in Chinese and in both at once."""

import re
from bisect import bisect_left, bisect_right

LONGEST = 400
"""A longer sentence is cut, in characters: what stands further apart has little to do with each other."""

_SHORT = ("dr", "mr", "ms", "mrs", "no", "tel", "ref", "mob", "ext", "id")
_FULL_STOP = r"(?<=\.)(?=\s|$)" + "".join(rf"(?<!\b{word}\.)" for word in _SHORT)
"""Behind a short form it ends nothing."""
_SENTENCE = re.compile(rf"[\n;。!?.](?:(?<!\.)|{_FULL_STOP})")
_CLAUSE = re.compile(rf"[\n;。!?.,](?:(?<![.,])|{_FULL_STOP}|(?<=,)(?=\s|[^\x00-\x7f]))")
"""Both begin with a class of characters, so `re` skips quickly to the first."""


class Sentences:
    """The sentences of a folded, lower-cased text, none longer than `LONGEST`."""

    def __init__(self, lower: str) -> None:
        """Cut the text; a sentence begins with the sign that ends the one before."""
        self._ends: list[int] = []
        before = 0
        for end in [*(match.start() for match in _SENTENCE.finditer(lower)), len(lower)]:
            self._ends += range(before + LONGEST, end, LONGEST)
            self._ends.append(end)
            before = end

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence that holds the characters start..end begins and ends, or those that they touch."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._ends, end, first)
        return self._ends[first - 1] if first else 0, self._ends[min(last, len(self._ends) - 1)]


def joined(lower: str, start: int, end: int) -> bool:
    """Tell whether lower[start:end] stays within one clause."""
    return not _CLAUSE.search(lower, start, end)
