"""Medical terms read from `detectors/lexicons/medical/`: what counts as a term, and how sure its meaning is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from detectors.lexicons import rows
from detectors.recognizers.medical.misspelled import slips, spellings
from detectors.text.normalise import fold, fold_han
from detectors.text.window import LATIN

NEVER = "never"
"""The grade of phrases that hold a term but mean something else."""

GRADES = ("clear", "vague", "visit", "mild", NEVER)
"""From sure to slight: the grade that a merged term takes is the first of its parts'."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An end of Latin words that makes a medical term of a word with at least `stem` letters before it."""

    grade: str
    stem: int
    exceptions: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A term with a changing middle; each is itself alone."""

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


@cache
def load() -> Lexicon:
    """Read the term files, once; raises KeyError or ValueError when a line names an unknown grade."""
    listed: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for term, grade in (*_listed(), *_compounds()):
        if grade not in GRADES:
            raise ValueError(f"lexicons/medical: unknown grade {grade!r}; use one of {', '.join(GRADES)}")
        listed.setdefault(fold(term), grade)
        if grade == "vague" and _only_in_capitals(term):
            capitals[fold(term)] = term
    exaggerated = frozenset(fold(term) for (term,) in rows("medical/exaggerated.tsv", "term"))
    return Lexicon(_spelled(listed), capitals, _endings(), _phrases(), exaggerated)


def _spelled(listed: dict[str, str]) -> dict[str, str]:
    """Add how else the listed terms are written, and the vocabulary of medicine; what is listed keeps its grade."""
    terms = dict(listed)
    wrong = {word: tuple(_split(slips)) for word, slips in rows("medical/misspelled.tsv", "word", "slips")}
    for term, grade in listed.items():
        for other in (*spellings(term), *_misspelled(term, wrong)):
            terms.setdefault(other, grade)
    for term, grade in listed.items():
        if grade == "clear":
            for slip in slips(term):
                terms.setdefault(slip, grade)
    for term, grade in _standard():
        for other in spellings(term):
            terms.setdefault(other, grade)
    return terms


def _listed() -> Iterator[tuple[str, str]]:
    for name in ("terms_en.tsv", "terms_zh.tsv"):
        yield from ((term, grade) for term, grade in rows(f"medical/{name}", "term", "grade"))
    for (phrase,) in rows("medical/never.tsv", "phrase"):
        yield phrase, NEVER


def _standard() -> Iterator[tuple[str, str]]:
    """Yield the vocabulary of medicine, which is long: nobody's slips of the fingers are looked for."""
    for name in ("diseases.tsv", "drugs.tsv", "terms_latin.tsv"):
        yield from ((term, grade) for term, grade in rows(f"medical/{name}", "term", "grade"))


def _compounds() -> Iterator[tuple[str, str]]:
    for grade, joiner, heads, tails in rows("medical/compounds.tsv", "grade", "joiner", "heads", "tails"):
        for head, tail in product(heads.split("|"), tails.split("|")):
            yield head + (" " if joiner == "_" else "") + tail, grade


def _misspelled(term: str, wrong: dict[str, tuple[str, ...]]) -> Iterator[str]:
    words = term.split(" ")
    for at, word in enumerate(words):
        for slip in wrong.get(word, ()):
            yield " ".join([*words[:at], slip, *words[at + 1 :]])


def _only_in_capitals(term: str) -> bool:
    return term.isascii() and term.isupper() and len(term) <= 4 and term.isalpha()


def _endings() -> dict[str, Ending]:
    return {
        ending: Ending(grade, int(stem), frozenset(_split(exceptions)))
        for ending, grade, stem, exceptions in rows("medical/suffixes.tsv", "ending", "grade", "stem", "not")
    }


def _phrases() -> dict[str, tuple[Phrase, ...]]:
    parts = {f"<{name}>": f"(?:{words})" for name, words in rows("medical/parts.tsv", "name", "parts")}
    found: dict[str, tuple[Phrase, ...]] = {}
    for grade, anchors, pattern in rows("medical/patterns.tsv", "grade", "anchors", "pattern"):
        for name, words in parts.items():
            pattern = pattern.replace(name, words)  # noqa: PLW2901 - the same pattern, spelled out
        phrase = Phrase(grade, re.compile(fold_han(pattern)))
        for anchor in map(fold, _anchors(anchors)):
            found[anchor] = (*found.get(anchor, ()), phrase)
    return found


def _anchors(cell: str) -> Iterator[str]:
    for anchor in _split(cell):
        first, plus, second = anchor.partition("+")
        crossed = plus and not (first + second).isascii()
        yield from map("".join, product(first, second)) if crossed else (anchor,)


def _split(cell: str) -> Iterable[str]:
    return (part for part in cell.split("|") if part)
