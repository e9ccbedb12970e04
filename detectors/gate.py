"""The cheap scan that lets most messages stop early.

It knows of each recognizer only the gate pattern, the gate literals and the gate words; a recognizer is asked only
where its own gate opened. Literals of all recognizers are looked for in one pass; equal patterns run once.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ahocorasick_rs import AhoCorasick, Implementation

from detectors.text.normalise import Normalised
from detectors.text.window import is_whole

Search = Callable[[str], re.Match[str] | None]
Hits = dict[str, list[tuple[int, int]]]
"""For each recognizer whose gate opened, by its id, where its literals and words stand (overlapping ones too)."""
Owners = dict[str, dict[str, bool]]
"""For each literal the recognizers that it points to, and whether it must be a whole word for that."""
Patterns = list[tuple[Search | None, list[tuple[Search, list[str]]]]]
"""First patterns (None: there is none), and behind each the patterns with the recognizers that they open."""

NUMBER = "[0-9$零一二兩三四五六七八九十廿卅]"
"""What the shortest number or price holds."""

FOUR_DIGITS = r"[0-9](?:[ \t\n.,\-()]{0,4}[0-9oil]){3}"
"""What every number of interest holds: four digits in a row, also spaced out or with a letter for a digit."""


class Gated(Protocol):
    """What the gate knows of a recognizer; `ChatRecognizer` says what each means."""

    gate_pattern: str
    gate_first: str
    always: bool
    beside: bool

    @property
    def gate_literals(self) -> Iterable[str]:
        """What opens the gate wherever it stands."""

    @property
    def gate_words(self) -> Iterable[str]:
        """What opens it as a word."""

    @property
    def id(self) -> str:
        """Presidio's name for this one recognizer."""


class Gate:
    """Decides which recognizers a text needs."""

    def __init__(self, recognizers: Iterable[Gated]) -> None:
        """Build the gate from the recognizers that don't run beside others."""
        own = [recognizer for recognizer in recognizers if not recognizer.beside]
        self._always = tuple(recognizer.id for recognizer in own if recognizer.always)
        self._patterns = _patterns(own)
        self._wordy_patterns = _patterns([one for one in own if one.gate_first not in (NUMBER, FOUR_DIGITS)])
        owners = _owners(own)
        self._owners = [tuple(pointed.items()) for pointed in owners.values()]
        self._search = AhoCorasick(list(owners), implementation=Implementation.ContiguousNFA) if owners else None

    def scan(self, normalised: Normalised) -> Hits | None:
        """Return which recognizers to ask about the text, or None: nobody."""
        lower = normalised.lower
        found = self._search.find_matches_as_indexes(lower, overlapping=True) if self._search else ()
        hits = self._hits(lower, found) if found else {}
        for pointed in self._always:
            hits[pointed] = []
        for first, patterns in self._wordy_patterns if normalised.wordy else self._patterns:
            if first is None or first(lower):
                for search, opened in patterns:
                    if search(lower):
                        for pointed in opened:
                            hits.setdefault(pointed, [])
        return hits or None

    def _hits(self, lower: str, found: Sequence[tuple[int, int, int]]) -> Hits:
        places: Hits = {}
        for index, start, end in found:
            for pointed, whole in self._owners[index]:
                if whole and not is_word(lower, start, end):
                    continue
                if pointed in places:
                    places[pointed].append((start, end))
                else:
                    places[pointed] = [(start, end)]
        return places


def is_word(lower: str, start: int, end: int) -> bool:
    """Tell whether lower[start:end] is a word by itself, or but for a plural s."""
    return is_whole(lower, start, end) or (lower[end : end + 1] == "s" and is_whole(lower, start, end + 1))


def _patterns(recognizers: Iterable[Gated]) -> Patterns:
    firsts: dict[str, dict[str, list[str]]] = {}
    for recognizer in recognizers:
        if recognizer.gate_pattern:
            opened = firsts.setdefault(recognizer.gate_first, {}).setdefault(recognizer.gate_pattern, [])
            opened.append(recognizer.id)
    return [
        (_search(first) if first else None, [(_search(pattern), opened) for pattern, opened in patterns.items()])
        for first, patterns in firsts.items()
    ]


def _search(pattern: str) -> Search:
    return re.compile(pattern).search


def _owners(recognizers: Iterable[Gated]) -> Owners:
    owners: Owners = {}
    for recognizer in recognizers:
        for word in recognizer.gate_words:
            owners.setdefault(word, {})[recognizer.id] = True
    for recognizer in recognizers:
        for literal in recognizer.gate_literals:
            owners.setdefault(literal, {})[recognizer.id] = False
    return owners
