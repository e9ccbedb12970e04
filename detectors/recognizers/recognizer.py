"""The shape of a recognizer: Presidio's `LocalRecognizer`, fed with a text that is normalised once for all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from detectors.budget import Budget
from detectors.gate import Gate, Hits
from detectors.later import later
from detectors.recognizers.people import Names
from detectors.text.lines import Lines
from detectors.text.normalise import Normalised, normalise
from detectors.text.sentences import Sentences
from detectors.text.tables import Table
from detectors.text.window import Cues, Places

Answer = TypeVar("Answer")

LANGUAGE = "en"
"""Presidio's key for "which recognizers": one key for every script, because chat mixes languages in one sentence."""

MOST_MATCHES = 64
"""A recognizer stops after so many sure matches, and after so many unsure ones: more change no verdict."""


@dataclass(slots=True)
class Match:
    """What a recognizer found in the normalised text; `canonical` is the value without its way of writing.

    Not frozen: long lists make a thousand of them, and freezing takes thrice as long.
    """

    start: int
    end: int
    score: float
    canonical: str = field(repr=False)
    traits: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()


class Result(RecognizerResult):
    """Presidio's result, which makes a sentence of itself to be told from others: here its place is enough."""

    def __hash__(self) -> int:
        """Hash the place; results that are equal stand at one."""
        return hash((self.start, self.end))


class Scan(NlpArtifacts):
    """One text on its way through the recognizers: it rides in the place where Presidio passes tokens.

    What several recognizers want to know of a text is read here, when the first of them asks, and once.
    What Presidio's artifacts hold is empty for all texts alike, so it stands on the class and is not built each time.
    """

    entities: Any = ()
    tokens: Any = ()
    tokens_indices: Any = ()
    lemmas: Any = ()
    keywords: Any = ()
    scores: Any = ()
    nlp_engine: Any = None
    language = LANGUAGE

    def __init__(
        self, normalised: Normalised, hits: Hits, budget: Budget | None = None, most: int = MOST_MATCHES
    ) -> None:
        """Carry `normalised`, and what its gate said of it: `hits`, for each recognizer that is to be asked.

        `matches` keeps what each recognizer (by Presidio's id) found, so that it looks only once.
        `budget` is the time that the text may take; none for those who ask a recognizer without our detector.
        `most` is how many sure matches, and how many unsure ones, each of them is asked for.
        """
        self.most = most
        self.text = normalised.text
        self.lower = normalised.lower
        self.normalised = normalised
        self.hits = hits
        self.matches: dict[str, list[Match]] = {}
        self._budget = budget
        self._places: dict[Cues, Places] = {}
        self._answers: dict[Callable[[Scan], Any], Any] = {}

    def hold_to_time(self) -> None:
        """Raise TooSlowError once the text has cost more than it may."""
        if self._budget:
            self._budget.hold()

    @later
    def sentences(self) -> Sentences:
        """The sentences of the text."""
        return Sentences(self.lower)

    @later
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.lower)

    @later
    def table(self) -> Table:
        """The rows and cells of the text."""
        return Table(self.lower)

    @later
    def names(self) -> Names:
        """The people who are named in the text."""
        return Names(self.text)

    def once(self, question: Callable[["Scan"], Answer]) -> Answer:
        """Return what `question` says of the text: what reads the whole of it is asked here, and so only once."""
        answers = self._answers
        try:
            answer: Answer = answers[question]
        except KeyError:
            answer = answers[question] = question(self)
        return answer

    def places(self, cues: Cues) -> Places:
        """Return where the words of `cues` stand."""
        places = self._places.get(cues)
        if places is None:
            places = self._places[cues] = cues.places(self.lower)
        return places


class ChatRecognizer(LocalRecognizer):
    """Finds one entity type. A subclass names its `entity`, how the gate knows its texts, and implements `find`.

    The gate lets a text through to this recognizer when `gate_pattern` (a regular expression on the lower-cased
    normalised text, digits first for speed) matches, one of `gate_literals` (lower-cased, normalised) occurs, or one of
    `gate_words` occurs that is no part of a longer Latin word (a plural s aside). `find` is asked only there: it may
    count on its gate, and the gate must let through whatever is to be found.
    `gate_first` is a quick pattern that matches wherever `gate_pattern` does; recognizers share it, so that most texts
    are searched once for all of them. With `FOUR_DIGITS` or `NUMBER` a text in plain words is not searched at all.
    `always` passes every text (a trained model knows no gate). `beside` marks a recognizer that only supports others:
    it runs on texts where one of them found something, and needs no gate; with `beside_words_of` only where the gate
    of the recognizer of that type opened too.
    `examples` are invented texts, « and » around what must be found in them, near misses among them.
    """

    entity: ClassVar[str]
    gate_pattern: str = ""
    gate_first: str = ""
    gate_literals: Iterable[str] = ()
    gate_words: Iterable[str] = ()
    always: bool = False
    beside: bool = False
    beside_words_of: str = ""
    examples: tuple[str, ...] = ()

    def __init__(self) -> None:
        """Register under Presidio's name for this class."""
        super().__init__(supported_entities=[self.entity], name=type(self).__name__, supported_language=LANGUAGE)

    @later
    def id(self) -> str:
        """Presidio's name for this one recognizer; a property there, which it asks for again for each result."""
        return str(self._id)

    def load(self) -> None:
        """Presidio's hook; the subclasses load their data when they are built."""

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the matches in `scan`, in any order; overlaps are resolved by the detector."""
        raise NotImplementedError

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - Presidio asks only for what this recognizer offers: one type
        nlp_artifacts: NlpArtifacts | None = None,
    ) -> list[RecognizerResult]:
        """Presidio's entry: tells what `matches` found before; in a plain `AnalyzerEngine` it reads by itself."""
        if isinstance(nlp_artifacts, Scan):
            return [self._result(m, m.start, m.end, None) for m in nlp_artifacts.matches.get(self.id, ())]
        scan = self.scan(text)
        if scan is None:
            return []
        return [self._explained(m, *scan.normalised.original(m.start, m.end)) for m in self.matches(scan)]

    def scan(self, text: str) -> Scan | None:
        """Read `text` for this recognizer alone; None where its gate stays shut."""
        normalised = normalise(text)
        hits = {self.id: []} if self.beside else self._gate.scan(normalised)
        return None if hits is None else Scan(normalised, hits)

    @later
    def _gate(self) -> Gate:
        """The gate of this recognizer alone: for those who ask it without our detector."""
        return Gate((self,))

    def matches(self, scan: Scan) -> list[Match]:
        """Return what `find` yields, within bounds; a scan that was asked before answers from memory.

        Raises TooSlowError where the scan has a budget: looked at before each recognizer and at each match.
        """
        found = scan.matches.get(self.id)
        if found is None:
            found = scan.matches[self.id] = self._bounded(scan)
        return found

    def _bounded(self, scan: Scan) -> list[Match]:
        kept: list[Match] = []
        left = [scan.most, scan.most]
        scan.hold_to_time()
        for match in self.find(scan):
            scan.hold_to_time()
            sure = match.score >= 0.5
            left[sure] -= 1
            if left[sure] >= 0:
                kept.append(match)
            elif sure:
                break
        return kept

    def _explained(self, match: Match, start: int, end: int) -> RecognizerResult:
        """Explain a result to those who use a plain engine; ours reads the evidence of the match."""
        explanation = AnalysisExplanation(recognizer=type(self).__name__, original_score=match.score)
        return self._result(match, start, end, explanation)

    def _result(self, match: Match, start: int, end: int, explanation: Any) -> RecognizerResult:
        metadata = {
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            RecognizerResult.RECOGNIZER_NAME_KEY: type(self).__name__,
            "match": match,
        }
        return Result(self.entity, start, end, match.score, explanation, metadata)
