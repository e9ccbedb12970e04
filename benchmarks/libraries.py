"""Other libraries that look for personal data, and how little a text can cost; for the table of speed.

They name types in words of their own: the table counts warnings, and which labelled types they ever meet.
"""

import importlib
import unicodedata
from collections.abc import Iterator
from typing import Any

import re2
from ahocorasick_rs import AhoCorasick, Implementation

from benchmarks.peers import Patterns
from benchmarks.rows import Prediction, Span
from benchmarks.scanner import Scanner
from benchmarks.terms import medical_terms

_TYPES = {
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "CREDIT_CARD": "CREDIT_CARD",
    "DOB": "DATE_OF_BIRTH",
    "DATE_OF_BIRTH": "DATE_OF_BIRTH",
}
"""What DataFog and scrubadub call the types that the corpora label."""


class Library:
    """A library's function behind the face that all scanners have; `spans` reads what it returns."""

    def __init__(self, name: str, find: Any, spans: Any) -> None:
        """Take a name for the table, what finds in a text, and what yields type, start and end of its findings."""
        self.name = name
        self.find = find
        self._spans = spans

    def predict(self, text: str) -> Prediction:
        """Return the findings whose type the corpora label; it warns when there is one."""
        named = ((str(kind).upper(), start, end) for kind, start, end in self._spans(self.find(text)))
        spans = tuple(Span(_TYPES[kind], start, end) for kind, start, end in named if kind in _TYPES)
        return Prediction(spans, bool(spans))


class PatternSet:
    """The seven plain patterns in one RE2 set: which of them match, not where."""

    name = "RE2 set of 7"

    def __init__(self) -> None:
        """Compile the set."""
        self._set = re2.Set.SearchSet()
        for _, pattern in Patterns.patterns:
            self._set.Add(pattern.pattern)
        self._set.Compile()

    def find(self, text: str) -> list[int]:
        """Return the numbers of the patterns that match."""
        return list(self._set.Match(text) or ())

    def predict(self, text: str) -> Prediction:
        """It warns when a pattern matches; it has no places to show."""
        return Prediction((), bool(self.find(text)))


class Floor:
    """NFKC and one automaton over our medical terms: the least that reading a text for words can cost in Python."""

    name = "NFKC + automaton"

    def __init__(self) -> None:
        """Build the automaton."""
        self._search = AhoCorasick(medical_terms(), implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return the terms, wherever they stand."""
        return self._search.find_matches_as_indexes(unicodedata.normalize("NFKC", text).lower())

    def predict(self, text: str) -> Prediction:
        """Say nothing: a term is not a finding."""
        del text
        return Prediction()


def libraries() -> tuple[list[Scanner], list[str]]:
    """Return the libraries that are installed, and the names of those that are not."""
    found: list[Scanner] = [PatternSet(), Floor()]
    absent = []
    for name, build in (("datafog", _datafog), ("scrubadub", _scrubadub)):
        try:
            found += build()
        except ImportError:
            absent.append(name)
    return found, absent


def _datafog() -> Iterator[Library]:
    datafog = importlib.import_module("datafog")
    annotate = importlib.import_module("datafog.services").TextService(engine="regex").annotate_text_sync

    def annotated(found: dict[str, list[str]]) -> Iterator[tuple[str, int, int]]:
        return ((kind, 0, 1) for kind, values in found.items() if values)

    def scanned(found: Any) -> Iterator[tuple[str, int, int]]:
        return ((entity.type, entity.start, entity.end) for entity in found.entities)

    yield Library("DataFog annotate", annotate, annotated)
    yield Library("DataFog scan", lambda text: datafog.scan(text, engine="regex"), scanned)


def _scrubadub() -> Iterator[Library]:
    scrubber = importlib.import_module("scrubadub").Scrubber(locale="en_GB")

    def spans(found: list[Any]) -> Iterator[tuple[str, int, int]]:
        return ((filth.type, filth.beg, filth.end) for filth in found)

    yield Library("scrubadub", lambda text: list(scrubber.iter_filth(text)), spans)
