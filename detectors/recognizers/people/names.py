"""The names of one text: read once, stretch by stretch, for whoever asks who is spoken of."""

from bisect import bisect_left
from collections.abc import Iterator

from detectors.recognizers.people.called import called
from detectors.recognizers.people.han import han_names
from detectors.recognizers.people.latin import latin_names
from detectors.recognizers.people.lists import lists
from detectors.recognizers.people.name import SURE, Name

STRETCH = 1_000
"""Characters that are read at once: nearly every message is one stretch, and of a long one only what is asked for."""

_OVER = 60
"""Characters that are read beyond a stretch on either side: no name is longer."""


class Names:
    """Finds the names of a normalised text when somebody asks for a part of it, each stretch of it once."""

    def __init__(self, text: str) -> None:
        """Take the text; nothing is read yet."""
        self._text = text
        self._stretches: dict[int, list[Name]] = {}
        self._sure: dict[int, list[Name]] = {}

    def within(self, start: int, end: int) -> Iterator[Name]:
        """Yield the names and hints in text[start:end], in order of their start; some may overlap."""
        end = min(end, len(self._text))
        for number in range(start // STRETCH, (end - 1) // STRETCH + 1):
            yield from _between(self._stretch(number), start, end)

    def anybody(self, start: int, end: int) -> bool:
        """Tell whether a name stands in text[start:end], hints aside."""
        end = min(end, len(self._text))
        for number in range(start // STRETCH, (end - 1) // STRETCH + 1):
            if number not in self._sure:
                self._sure[number] = [name for name in self._stretch(number) if name.score >= SURE]
            for _ in _between(self._sure[number], start, end):
                return True
        return False

    def _stretch(self, number: int) -> list[Name]:
        if number not in self._stretches:
            self._stretches[number] = self._read(number * STRETCH, (number + 1) * STRETCH)
        return self._stretches[number]

    def _read(self, start: int, end: int) -> list[Name]:
        """Return the names that begin in text[start:end]."""
        around = self._text, max(0, start - _OVER), min(end + _OVER, len(self._text)), lists()
        found = [*latin_names(*around), *called(*around), *han_names(*around)]
        return sorted(name for name in found if start <= name.start < end)


def _between(names: list[Name], start: int, end: int) -> Iterator[Name]:
    """Yield those of `names`, which are in order, that stand in start..end."""
    for at in range(bisect_left(names, (start,)), len(names)):
        if names[at].start >= end:
            return
        if names[at].end <= end:
            yield names[at]
