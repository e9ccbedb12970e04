"""The cheap scan that lets most messages stop early.

It knows of each recognizer only the gate pattern, the gate literals and the gate words, and must let through whatever
a recognizer would find. Literals of all recognizers are looked for in one pass; equal patterns run once.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from detectors.recognizers.recognizer import ChatRecognizer
from detectors.text.normalise import Normalised
from detectors.text.window import is_whole

Search = Callable[[str], re.Match[str] | None]
Hits = dict[str, list[tuple[int, int]]]
Owners = dict[str, dict[str, bool]]
"""For each literal the entity types that it points to, and whether it must be a whole word for that."""


class Passed(NamedTuple):
    """Which entity types to look for, and where the literals of each stand (overlapping ones too).

    No dataclass: one is built for every other message, and theirs takes thrice as long.
    """

    entities: tuple[str, ...]
    hits: Hits


class Gate:
    """Decides which recognizers a text needs."""

    def __init__(self, recognizers: Iterable[ChatRecognizer]) -> None:
        """Build the gate from the recognizers that don't run beside others."""
        own = [recognizer for recognizer in recognizers if not recognizer.beside]
        self._always = tuple(dict.fromkeys(r.entity for r in own if r.always))
        self._patterns = _patterns(own)
        owners = _owners(own)
        self._owners = [tuple(entities.items()) for entities in owners.values()]
        self._search = AhoCorasick(list(owners), implementation=Implementation.ContiguousNFA) if owners else None

    def scan(self, normalised: Normalised) -> Passed | None:
        """Return what to look for in the text, or None: nothing."""
        lower = normalised.lower
        found = self._search.find_matches_as_indexes(lower, overlapping=True) if self._search else ()
        hits = self._hits(lower, found) if found else {}
        names = list(self._always)
        for first, patterns in self._patterns:
            if first is None or first(lower):
                for search, entities in patterns:
                    if search(lower):
                        names += entities
        if not (hits or names):
            return None
        return Passed(tuple(dict.fromkeys((*names, *hits))), hits)

    def _hits(self, lower: str, found: Sequence[tuple[int, int, int]]) -> Hits:
        places: Hits = {}
        for index, start, end in found:
            for entity, whole in self._owners[index]:
                if whole and not is_word(lower, start, end):
                    continue
                if entity in places:
                    places[entity].append((start, end))
                else:
                    places[entity] = [(start, end)]
        return places


def is_word(lower: str, start: int, end: int) -> bool:
    """Tell whether lower[start:end] is a word by itself, or but for a plural s."""
    return is_whole(lower, start, end) or (lower[end : end + 1] == "s" and is_whole(lower, start, end + 1))


def _patterns(recognizers: Iterable[ChatRecognizer]) -> list[tuple[Search | None, list[tuple[Search, list[str]]]]]:
    """Return for each first pattern (None: there is none) the patterns behind it with their entity types."""
    firsts: dict[str, dict[str, list[str]]] = {}
    for recognizer in recognizers:
        if recognizer.gate_pattern:
            names = firsts.setdefault(recognizer.gate_first, {}).setdefault(recognizer.gate_pattern, [])
            names.append(recognizer.entity)
    return [
        (_search(first) if first else None, [(_search(pattern), names) for pattern, names in patterns.items()])
        for first, patterns in firsts.items()
    ]


def _search(pattern: str) -> Search:
    return re.compile(pattern).search


def _owners(recognizers: Iterable[ChatRecognizer]) -> Owners:
    owners: Owners = {}
    for recognizer in recognizers:
        for word in recognizer.gate_words:
            owners.setdefault(word, {})[recognizer.entity] = True
    for recognizer in recognizers:
        for literal in recognizer.gate_literals:
            owners.setdefault(literal, {})[recognizer.entity] = False
    return owners
