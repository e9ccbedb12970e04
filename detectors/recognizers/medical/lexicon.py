"""Medical terms read from `detectors/lexicons/medical/`: what counts as a term, and how sure its meaning is."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from detectors.recognizers.medical.misspelled import slips, spellings
from detectors.text.normalise import fold

FOLDER = Path(__file__).parents[2] / "lexicons" / "medical"

NEVER = "never"
"""The grade of phrases that hold a term but mean something else."""

LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")

GRADES = ("clear", "vague", "visit", "mild", NEVER)
"""From sure to slight: the grade that a merged term takes is the first of its parts'."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An end of Latin words that makes a medical term of a word with at least `stem` letters before it."""

    grade: str
    stem: int
    exceptions: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term with a changing middle."""

    grade: str
    pattern: re.Pattern[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the search for terms knows; keys are folded and in lower case.

    `capitals` are the terms that count only when written exactly so; `exaggerated` those that people joke with.
    """

    terms: dict[str, str] = field(repr=False)
    capitals: dict[str, str] = field(repr=False)
    endings: dict[str, Ending] = field(repr=False)
    phrases: dict[str, tuple[Phrase, ...]] = field(repr=False)
    exaggerated: frozenset[str] = field(repr=False)

    def words(self) -> tuple[str, ...]:
        """Return the terms in Latin letters: they count as whole words only, or with a plural s."""
        return tuple(sorted(term for term in self.terms if term[0] in LATIN and term[-1] in LATIN))

    def literals(self) -> tuple[str, ...]:
        """Return what else may stand in a text for a term to be in it, also inside a word."""
        return tuple(sorted({*self.terms, *self.endings, *self.phrases}.difference(self.words())))


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a lexicon file by column; lines that start with # are for people."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if line.strip() and not line.startswith("#"))
        yield from csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)


def load() -> Lexicon:
    """Read the term files; raises KeyError or ValueError when a line names an unknown grade."""
    terms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for term, grade in (*_listed(), *_compounds()):
        if grade not in GRADES:
            raise ValueError(f"{FOLDER.name}: unknown grade {grade!r}; use one of {', '.join(GRADES)}")
        terms.setdefault(fold(term), grade)
        if grade == "vague" and _only_in_capitals(term):
            capitals[fold(term)] = term
    listed = list(terms.items())
    wrong = {row["word"]: tuple(_split(row["slips"])) for row in read_rows("misspelled.tsv")}
    for term, grade in listed:
        for other in (*spellings(term), *_misspelled(term, wrong)):
            terms.setdefault(other, grade)
    for term, grade in listed:
        if grade == "clear":
            for slip in slips(term):
                terms.setdefault(slip, grade)
    exaggerated = frozenset(fold(row["term"]) for row in read_rows("exaggerated.tsv"))
    return Lexicon(terms, capitals, _endings(), _phrases(), exaggerated)


def _listed() -> Iterator[tuple[str, str]]:
    for name in ("terms_en.tsv", "terms_zh.tsv"):
        for row in read_rows(name):
            yield row["term"], row["grade"]
    for row in read_rows("never.tsv"):
        yield row["phrase"], NEVER


def _compounds() -> Iterator[tuple[str, str]]:
    for row in read_rows("compounds.tsv"):
        joiner = " " if row["joiner"] == "_" else ""
        for head, tail in product(row["heads"].split("|"), row["tails"].split("|")):
            yield head + joiner + tail, row["grade"]


def _misspelled(term: str, wrong: dict[str, tuple[str, ...]]) -> Iterator[str]:
    words = term.split(" ")
    for at, word in enumerate(words):
        for slip in wrong.get(word, ()):
            yield " ".join([*words[:at], slip, *words[at + 1 :]])


def _only_in_capitals(term: str) -> bool:
    return term.isascii() and term.isupper() and len(term) <= 4 and term.isalpha()


def _endings() -> dict[str, Ending]:
    return {
        row["ending"]: Ending(row["grade"], int(row["stem"]), frozenset(_split(row["not"])))
        for row in read_rows("suffixes.tsv")
    }


def _phrases() -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for row in read_rows("patterns.tsv"):
        phrase = Phrase(row["grade"], re.compile(row["pattern"]))
        for anchor in _split(row["anchors"]):
            folded = fold(anchor)
            found[folded] = (*found.get(folded, ()), phrase)
    return found


def _split(cell: str | None) -> Iterable[str]:
    return (part for part in (cell or "").split("|") if part)
