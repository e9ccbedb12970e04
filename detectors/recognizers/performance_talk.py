"""`PERFORMANCE_TALK`: appraisal results, warnings, discipline and dismissal of a person.

Built in layers that can be read and corrected as data: terms with grades (`performance_terms.tsv`), and what stands
around them (`performance_words.tsv`): persons, the sender, confidence, and what makes the same words process, policy,
news, weather, sport, food or a joke. A clear term needs a person in its sentence or, as forms have it, near on another
line; a vague one needs it close by, a verb ("acts") right behind; a result ("Meets") needs a word of appraisal, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from detectors.lexicons import rows
from detectors.recognizers.people import SURE
from detectors.recognizers.people.headed import is_headed_by_name
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.normalise import fold, fold_han
from detectors.text.spans import Spans
from detectors.text.window import Cues

_EDGE = "(?:(?<![a-z0-9])(?=[a-z0-9])|(?<=[a-z0-9])(?![a-z0-9]))"
_BEGINS = re.compile(r"(?:(?<=^)|(?<=\|)|(?<=\())\\b|(?<=\(\?:)\\b")
_ENDS = re.compile(r"\\b(?=$|\||\(\?[!=])|\\b(?=\)(?:$|\|))")
"""Where `\\b` opens or ends a term: one look is enough there, in place of four."""
_CLOSE = 22
"""Characters between a vague term and its person: a few words, or a Chinese clause."""
_AROUND = 160
"""Characters before and behind a clear term within which a person of another sentence counts."""
_ELSEWHERE = 45
"""Characters between a term and the word that gives it another meaning."""
_BESIDE = 22
"""The same for terms whose pattern holds whom it is done to, and for marks."""
_OBJECT = 4
"""Characters between a verb and the person it is done to: "fire the ..."."""
_SUFFERED = re.compile(
    fold_han(
        r"(?<![a-z])i(?:'ve| have)? (?:just |also |already |finally )?(?:got|get|was|am|been|failed|received)(?![a-z])"
        r"|(?:gave|put|fire[ds]?|sack(?:ed)?|told|asked|terminated?) me(?![a-z])"
        r"|my (?:contract|probation|pip)(?![a-z])|(?:got|received|had|signed) my(?![a-z])"
        r"|我[^\n。!?,]{0,6}(?:[俾畀被收食攞得係拿領]|過唔|過不|冇過|沒過)"
        r"|[說話講給俾畀要逼迫]我[^\n。!?,]{0,4}|我(?:今年|舊年|去年|個|嗰?份|的)"
    )
)
"""What somebody says to whom it happened."""
_HEADING = re.compile(fold_han(r"(?:overall |final |perf(?:ormance)? )?rating|appraisal|績效|考核|考績|評核|評級"))
_MARK = re.compile(
    fold_han(r"(?:[a-e][+\-]?|[1-5](?:\.[0-9])?)[檔級等分]?|[甲乙丙丁]等?|(?:不|唔)?(?:合格|稱職)|待改進")
)
"""A heading of appraisals, and the marks that stand under it."""
_LONGEST_MARK, _MARK_SCORE, _LONGEST_HEADING = 6, 0.7, 200
_TABLES = ("rating\t", "rating |", "rating\n", ",rating", "appraisal\n", "appraisal\t")
"""Headings that open the gate by themselves."""
_CLEAR = frozenset({"clear", "shape"})
_RESULTS = frozenset({"mark", "result"})
_ORDER = ("shape", "clear", "mark", "result", "vague", "acts")
"""Of two terms that overlap, the one of the earlier grade stays."""
_MOST_TERMS = 100
"""Terms of one text that are judged."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Term:
    grade: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: tuple[tuple[str, int, int], ...]
    names: tuple[Place, ...]
    hints: tuple[Place, ...]

    def kinds(self, start: int, end: int, reach: int) -> frozenset[str]:
        """Return the kinds of the words; what gives a term another meaning counts within `reach` of start..end."""
        found = {
            kind
            for kind, first, last in self.words
            if kind not in ("other", "aside") or (first - end <= reach and start - last <= reach)
        }
        return frozenset(found - {"human"} | {"person"} if "human" in found else found)

    def people(self, *kinds: str) -> tuple[Place, ...]:
        """Return where persons stand: who is named, and words of `kinds`."""
        return *((first, last) for kind, first, last in self.words if kind in kinds), *self.names

    def has_near(self, kind: str, start: int, end: int) -> bool:
        """Tell whether a word of the kind stands close to start..end."""
        return any(
            said == kind and -_CLOSE <= first - end <= _CLOSE for said, first, _ in self.words if first >= end
        ) or any(said == kind and 0 <= start - last <= _CLOSE for said, _, last in self.words if last <= start)


class PerformanceTalkRecognizer(ChatRecognizer):
    """Finds talk about how a person did at work, and what became of it."""

    entity = "PERFORMANCE_TALK"
    examples = (
        "Ken got his «final warning letter» today, keep it between us",
        "please «fire» Peter before the audit",
        "she «was fired» yesterday",
        "阿明«過唔到試用期»，做到月尾",
        "can someone send me the warning letter template?",
        "Appraisal: Kwan «Meets», Dickson «below expectations»",
        "Ricky嗰份評核係«D級»",
        "Name: Ken Lo\nOutcome: «final written warning»",
        "I «was fired» last week",
        "wolfgang «failed probation»",
        "個客話佢要«寫檢討書»",
        "the blacklist of numbers is in the drive",
        "今晚食炒飯",
    )

    def load(self) -> None:
        """Read the terms and the words around them; the terms' anchors are the gate."""
        self._terms = _terms()
        self._cues = Cues.read("performance_words.tsv")
        self._behind: dict[str, list[int]] = {}
        for number, term in enumerate(self._terms):
            for anchor in term.anchors:
                self._behind.setdefault(anchor, []).append(number)
        self.gate_literals = (*self._behind, *_TABLES)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each term; those that speak of nobody or of something else stay below 0.5."""
        read: dict[tuple[int, int], _Sentence] = {}
        for term, start, end in islice(self._places(scan), _MOST_TERMS):
            bounds = scan.sentences.around(start, end)
            if bounds not in read:
                read[bounds] = self._sentence(scan, *bounds)
            yield self._match(scan, read[bounds], term, start, end)
        for start, end in islice(_marks(scan), _MOST_TERMS):
            yield Match(start, end, _MARK_SCORE, scan.lower[start:end], frozenset(), ("term_mark",))

    def _places(self, scan: Scan) -> Iterator[tuple[_Term, int, int]]:
        """Yield the places of the terms, those of the clear ones first; what overlaps an earlier one is left out."""
        lower = scan.lower
        taken = Spans()
        for number in self._numbers(scan):
            term = self._terms[number]
            for place in islice(term.pattern.finditer(lower), _MOST_TERMS):
                said = place.span("said" if "said" in term.pattern.groupindex else 0)
                if not taken.touch(*said):
                    taken.add(*place.span())
                    yield term, *said

    def _numbers(self, scan: Scan) -> list[int]:
        """Return which terms to look for, in order: the gate has seen their anchors."""
        seen = {scan.lower[start:end] for start, end in scan.hits[self.id]}
        return sorted({number for anchor in seen for number in self._behind.get(anchor, ())})

    def _sentence(self, scan: Scan, first: int, last: int) -> _Sentence:
        names = list(scan.names.within(first, last))
        sure = tuple((name.start, name.end) for name in names if name.score >= SURE)
        hints = tuple((name.start, name.end) for name in names if name.score < SURE)
        return _Sentence(tuple(scan.places(self._cues).within(first, last)), sure, hints)

    def _match(self, scan: Scan, sentence: _Sentence, term: _Term, start: int, end: int) -> Match:
        reach = _BESIDE if term.grade in ("shape", "mark") else _ELSEWHERE
        named, kinds = bool(sentence.names), sentence.kinds(start, end, reach)
        clear = term.grade in _CLEAR
        around = clear and not (named or "person" in kinds) and self._is_told_of(scan, start, end)
        near = term.grade == "shape" or _has_person_near(sentence, term, start, end)
        around = around or (clear and bool(_SUFFERED.search(scan.lower, max(0, start - _CLOSE), end)))
        told = named or (clear and sentence.has_near("human", start, end))
        score, evidence = _judge(term.grade, kinds, named=named, told=told, near=near, around=around)
        own = "own" in kinds and not named and "person" not in kinds
        traits = frozenset({"own"} if own else ())
        return Match(start, end, score, scan.lower[start:end], traits, (f"term_{term.grade}", *evidence))

    def _is_told_of(self, scan: Scan, start: int, end: int) -> bool:
        """Tell whether a person stands around the term, in another sentence or on another line."""
        first, last = max(0, start - _AROUND), end + _AROUND
        words = scan.places(self._cues).within(first, last)
        return (
            any(kind in ("person", "human") for kind, _, _ in words)
            or next(scan.names.within(first, last), None) is not None
            or is_headed_by_name(scan.text, start)
        )


def _has_person_near(sentence: _Sentence, term: _Term, start: int, end: int) -> bool:
    """Tell whether a person stands as close to the term as its grade asks for."""
    if term.grade == "acts":
        behind = (*sentence.people("person", "human"), *sentence.hints)
        return any(0 <= first - end <= _OBJECT for first, _ in behind)
    kinds = ("person", "human", "own") if term.grade == "mark" else ("person", "human")
    people = sentence.people(*kinds)
    return any(-_CLOSE <= first - end <= _CLOSE or -_CLOSE <= start - last <= _CLOSE for first, last in people)


def _judge(
    grade: str, kinds: frozenset[str], *, named: bool, told: bool, near: bool, around: bool
) -> tuple[float, tuple[str, ...]]:
    """Return score and evidence from the grade of the term and what stands around it."""
    evidence = (*sorted(kinds), *(("name",) if named else ()), *(("around",) if around else ()))
    clear = grade in _CLEAR
    aside = "aside" in kinds and not (near and (clear or grade in _RESULTS))
    if ("other" in kinds or aside) and "quiet" not in kinds and not (clear and told):
        return 0.3, evidence
    if clear and (named or "person" in kinds):
        return 0.9, evidence
    if clear:
        return (0.75 if grade == "shape" else 0.7 if around else 0.4), evidence
    if near and (named or grade == "acts" or (grade == "mark" and not kinds.isdisjoint({"person", "own"}))):
        return 0.75, evidence
    return (0.55 if near and grade == "vague" and "person" in kinds else 0.3), evidence


def _marks(scan: Scan) -> Iterator[Place]:
    """Yield the marks that stand under a heading of appraisals, in rows that name somebody."""
    if "\n" not in scan.lower or not _HEADING.search(scan.lower, 0, _LONGEST_HEADING):
        return
    lower = scan.lower
    for start in sorted(scan.table.cells_under(lambda first, last: bool(_HEADING.fullmatch(lower, first, last)))):
        mark = _MARK.match(lower, start, start + _LONGEST_MARK)
        ends = mark and not lower[mark.end() : mark.end() + 1].strip(" \t\n|,")
        if mark and ends and scan.names.anybody(scan.lines.start(start), start):
            yield mark.span()


def _terms() -> list[_Term]:
    """Read the terms, clear ones first: where two overlap, the first stays."""
    table = rows("performance_terms.tsv", "grade", "anchor", "pattern")
    terms = [
        _Term(grade, tuple(map(fold, anchor.split("|"))), re.compile(_folded(pattern)))
        for grade, anchor, pattern in table
    ]
    return sorted(terms, key=lambda term: _ORDER.index(term.grade))


def _folded(pattern: str) -> str:
    """Fold the Chinese characters of a pattern as texts are folded, and let words end where Chinese begins."""
    begun = _BEGINS.sub("(?<![a-z0-9])", fold_han(pattern))
    return _ENDS.sub("(?![a-z0-9])", begun).replace(r"\b", _EDGE)
