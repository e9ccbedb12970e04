"""The cheap scan that lets most messages stop early.

It knows of each recognizer only the gate pattern and the gate literals, and must let through whatever a recognizer
would find. Literals of all recognizers are looked for in one pass; equal patterns run once.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from detectors.normalise import Normalised
from detectors.recognizers.recognizer import ChatRecognizer

Search = Callable[[str], re.Match[str] | None]
Hits = dict[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Passed:
    """Which entity types to look for, and where the literals of each stand (overlapping ones too)."""

    entities: tuple[str, ...]
    hits: Hits = field(default_factory=dict, repr=False)


class Gate:
    """Decides which recognizers a text needs."""

    def __init__(self, recognizers: Iterable[ChatRecognizer]) -> None:
        """Build the gate from the recognizers that don't run beside others."""
        own = [recognizer for recognizer in recognizers if not recognizer.beside]
        self._always = tuple(dict.fromkeys(r.entity for r in own if r.always))
        self._patterns = _patterns(own)
        self._owners = _owners(own)
        self._search = AhoCorasick(list(self._owners)) if self._owners else None
        self._entities = list(self._owners.values())

    def scan(self, normalised: Normalised) -> Passed | None:
        """Return what to look for in the text, or None: nothing."""
        lower = normalised.lower
        found = self._search.find_matches_as_indexes(lower, overlapping=True) if self._search else ()
        pointed = [entities for search, entities in self._patterns if search(lower)]
        if not found and not pointed and not self._always:
            return None
        hits = self._hits(found)
        names = dict.fromkeys((*self._always, *(name for entities in pointed for name in entities), *hits))
        return Passed(tuple(names), hits)

    def _hits(self, found: Sequence[tuple[int, int, int]]) -> Hits:
        places: dict[str, list[tuple[int, int]]] = {}
        for index, start, end in found:
            for entity in self._entities[index]:
                places.setdefault(entity, []).append((start, end))
        return {entity: tuple(spans) for entity, spans in places.items()}


def _patterns(recognizers: Iterable[ChatRecognizer]) -> list[tuple[Search, tuple[str, ...]]]:
    entities: dict[str, list[str]] = {}
    for recognizer in recognizers:
        if recognizer.gate_pattern:
            entities.setdefault(recognizer.gate_pattern, []).append(recognizer.entity)
    return [(re.compile(pattern).search, tuple(dict.fromkeys(names))) for pattern, names in entities.items()]


def _owners(recognizers: Iterable[ChatRecognizer]) -> dict[str, tuple[str, ...]]:
    owners: dict[str, list[str]] = {}
    for recognizer in recognizers:
        for literal in recognizer.gate_literals:
            owners.setdefault(literal, []).append(recognizer.entity)
    return {literal: tuple(dict.fromkeys(names)) for literal, names in owners.items()}
