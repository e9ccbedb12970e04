"""`PERFORMANCE_TALK`: appraisal results, warnings, discipline and dismissal of a person.

Built in layers that can be read and corrected as data: terms with grades (`performance_terms.tsv`), and what stands
around them (`performance_words.tsv`): persons, the sender, confidence, and what makes the same words process, policy,
news, weather, sport, food or a joke. A clear term needs a person in its sentence, a vague one needs it close by, a verb
("acts") right behind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from detectors.lexicons import rows
from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.normalise import fold, fold_han
from detectors.text.spans import Spans
from detectors.text.window import Cues

_EDGE = "(?:(?<![a-z0-9])(?=[a-z0-9])|(?<=[a-z0-9])(?![a-z0-9]))"
_CLOSE = 22
"""Characters between a vague term and its person: a few words, or a Chinese clause."""
_OBJECT = 4
"""Characters between a verb and the person it is done to: "fire the ..."."""
_MOST_TERMS = 100
"""Terms of one text that are judged."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Term:
    grade: str
    anchor: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    kinds: frozenset[str]
    persons: tuple[Place, ...]
    names: tuple[Place, ...]


class PerformanceTalkRecognizer(ChatRecognizer):
    """Finds talk about how a person did at work, and what became of it."""

    entity = "PERFORMANCE_TALK"
    examples = (
        "Ken got his «final warning letter» today, keep it between us",
        "please «fire» Peter before the audit",
        "she «was fired» yesterday",
        "阿明«過唔到試用期»，做到月尾",
        "can someone send me the warning letter template?",
        "the blacklist of numbers is in the drive",
        "今晚食炒飯",
    )

    def load(self) -> None:
        """Read the terms and the words around them; the terms' anchors are the gate."""
        self._terms = _terms()
        self._cues = Cues.read("performance_words.tsv")
        self._behind: dict[str, list[int]] = {}
        for number, term in enumerate(self._terms):
            self._behind.setdefault(term.anchor, []).append(number)
        self.gate_literals = tuple(self._behind)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each term; those that speak of nobody or of something else stay below 0.5."""
        read: dict[tuple[int, int], _Sentence] = {}
        for term, start, end in islice(self._places(scan), _MOST_TERMS):
            bounds = scan.sentences.around(start, end)
            if bounds not in read:
                read[bounds] = self._sentence(scan, *bounds)
            yield _match(read[bounds], term, start, end, scan.lower[start:end])

    def _places(self, scan: Scan) -> Iterator[tuple[_Term, int, int]]:
        """Yield the places of the terms, those of the clear ones first; what overlaps an earlier one is left out."""
        lower = scan.lower
        taken = Spans()
        for number in self._numbers(scan):
            term = self._terms[number]
            for place in islice(term.pattern.finditer(lower), _MOST_TERMS):
                if not taken.touch(*place.span()):
                    taken.add(*place.span())
                    yield term, *place.span()

    def _numbers(self, scan: Scan) -> list[int]:
        """Return which terms to look for, in order: the gate has seen their anchors."""
        seen = {scan.lower[start:end] for start, end in scan.hits[self.id]}
        return sorted(number for anchor in seen for number in self._behind[anchor])

    def _sentence(self, scan: Scan, first: int, last: int) -> _Sentence:
        words = tuple(scan.places(self._cues).within(first, last))
        persons = tuple((start, end) for kind, start, end in words if kind == "person")
        names = tuple((name.start, name.end) for name in scan.names.within(first, last) if name.score >= SURE)
        return _Sentence(frozenset(kind for kind, _, _ in words), persons, names)


def _match(sentence: _Sentence, term: _Term, start: int, end: int, words: str) -> Match:
    named, kinds = bool(sentence.names), sentence.kinds
    score, evidence = _judge(term.grade, kinds, named=named, near=_has_person_near(sentence, term, start, end))
    own = "own" in kinds and not named and "person" not in kinds
    return Match(start, end, score, words, frozenset({"own"} if own else ()), (f"term_{term.grade}", *evidence))


def _has_person_near(sentence: _Sentence, term: _Term, start: int, end: int) -> bool:
    """Tell whether a person stands as close to the term as its grade asks for."""
    people = (*sentence.persons, *sentence.names)
    if term.grade == "acts":
        return any(0 <= first - end <= _OBJECT for first, _ in people)
    return any(-_CLOSE <= first - end <= _CLOSE or -_CLOSE <= start - last <= _CLOSE for first, last in people)


def _judge(grade: str, kinds: frozenset[str], *, named: bool, near: bool) -> tuple[float, tuple[str, ...]]:
    """Return score and evidence from the grade of the term and what stands around it."""
    evidence = (*sorted(kinds), *(("name",) if named else ()))
    somebody = named or bool({"person", "own"} & kinds)
    if "other" in kinds and "quiet" not in kinds and not (grade == "clear" and named):
        return 0.3, evidence
    if grade == "clear" and (named or "person" in kinds):
        return 0.9, evidence
    if grade == "clear":
        return 0.45 if somebody else 0.4, evidence
    return (0.75 if near and (named or grade == "acts") else 0.3), evidence


def _terms() -> list[_Term]:
    """Read the terms, clear ones first: where two overlap, the first stays."""
    table = rows("performance_terms.tsv", "grade", "anchor", "pattern")
    terms = [_Term(grade, fold(anchor), re.compile(_folded(pattern))) for grade, anchor, pattern in table]
    return sorted(terms, key=lambda term: ("clear", "vague", "acts").index(term.grade))


def _folded(pattern: str) -> str:
    """Fold the Chinese characters of a pattern as texts are folded, and let words end where Chinese begins."""
    return fold_han(pattern).replace(r"\b", _EDGE)
