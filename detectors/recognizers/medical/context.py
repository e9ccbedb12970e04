"""What stands around a term: evidence codes from the cues of its sentence, its line and its message."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.recognizers.medical.cues import HIDING, PEOPLE, WHERE, Cue
from detectors.recognizers.medical.places import Place

ENTRY = 40
"""How far into a line the entry of a list may begin, in characters."""

ROLL = 3
"""So many entries make a list, whatever its heading says."""

FAR = "_far"
"""Ends the code of a cue that stands in another sentence of the same line."""

SIDE = 28
"""How far a cue that touches a term may stand from it, small words between, in characters."""

WINDOW = 240
"""How much of a line is read on either side of a term, in characters."""

_SENTENCE_END = re.compile(r"[。!?;\n]|(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bno)\.(?=\s|$)")
_OPENING = re.compile(r"[\s>*•\-\"'“(:,.]*(?:\(?\d{1,2}[.)、]\s*)?")
_BETWEEN_LEFT = re.compile(
    r"(?:[\s\"'“(:,*\-~]|(?<![a-z])(?:an?|the|his|her|my|their|this|that|some|another|mild|severe|serious|bad|acute|"
    r"chronic|early|late|small|big|confirmed|suspected|possible|terrible|awful|"
    r"type|full-blown|really|very|both|either)(?![a-z])"
    r"|[緊咗過開嘅個啲住有到晒完埋一返係患做先又再仲佢我]|嚴重|急性|慢性|輕微|疑似|輕度|重度|末期|早期|少少|好似|左邊|右邊)*"
)
_BETWEEN_RIGHT = re.compile(r"(?:[\s\"'”),:*\-/]|(?<![a-z])(?:is|was|are|has|and|all)(?![a-z])|[嘅個都就係已經])*")
_CLOSE_LEFT = re.compile(r"(?:[\s\"'“”\-]|(?<![a-z])(?:an?|mini|mild|real|total)(?![a-z])|[個緊啲])*")
_CLOSE_RIGHT = re.compile(r"[\s\"'“”\-嘅]*")
_ACROSS = frozenset(("has", "possess", "mark", "course", "negation"))
"""Codes that may stand beyond a comma or a bracket."""

_ALONE = re.compile(r"\s*(?:[,.。、\n]|$|到|again|today|今日)")
_WORD = re.compile(r"\w")
_LISTED = re.compile(r"(?:^|[\n>])[^\n:]{1,40}[:)]\s?(?:an? )?$|[)\]] ?$")


@dataclass(frozen=True, slots=True)
class Context:
    """The evidence for one term. `subject` is the code of whom the sentence speaks of, or empty; `sentence` counts them."""

    codes: frozenset[str]
    subject: str = ""
    sentence: int = 0
    asked: bool = False
    negated: bool = False


class Surroundings:
    """A text with its cues, cut into sentences and lines once for all its terms."""

    def __init__(self, lower: str, cues: list[Cue], places: list[Place]) -> None:
        """Take the lower-cased text, its cues in order of place, and its terms."""
        self._lower = lower
        self._cues = cues
        self._starts = [cue.start for cue in cues]
        self._ends = [match.start() for match in _SENTENCE_END.finditer(lower)] + [len(lower)]
        self._heading = [cue for cue in cues if cue.place == "line" and cue.end <= lower.find("\n")]
        self._rows = frozenset(place for place in places if self._row(place))
        self._message = frozenset(cue.code for cue in cues if cue.place == "message")

    def around(self, place: Place) -> Context:
        """Collect the evidence around `place`."""
        lower = self._lower
        at = bisect_left(self._ends, place.start)
        first = self._ends[at - 1] + 1 if at else 0
        last = self._ends[bisect_left(self._ends, place.end)]
        first, last = max(first, place.start - WINDOW), min(last, place.end + WINDOW)
        line = lower.rfind("\n", 0, place.start) + 1
        stop = lower.find("\n", place.end)
        nearby = self._between(max(line, first - WINDOW), min(len(lower) if stop < 0 else stop, last + WINDOW))
        codes = set(_codes(lower, nearby, place, first, last))
        if _ALONE.match(lower, place.end) and not _WORD.search(lower, first, place.start):
            codes.add("opens")
        if line:
            codes.update(cue.code + FAR for cue in self._heading if cue.start < line)
        subject = _subject(nearby, place, first, last)
        if not subject and self._implied(first, nearby):
            subject = "implied"
        if place in self._rows:
            codes |= self._message if len(self._rows) < ROLL else {"list"}
        asked = lower[last : last + 1] == "?"
        return Context(frozenset(codes), subject, at, asked, "negation" in codes)

    def _row(self, place: Place) -> bool:
        """Say whether a line gives the term as an entry beside a name."""
        line = self._lower.rfind("\n", 0, place.start) + 1
        return place.start - line < ENTRY and bool(_LISTED.search(self._lower, max(0, line - 1), place.start))

    def _between(self, start: int, end: int) -> list[Cue]:
        return self._cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _implied(self, first: int, nearby: list[Cue]) -> bool:
        opening = _OPENING.match(self._lower, first)
        begin = opening.end() if opening else first
        return any(cue.code == "implied" and first <= cue.start <= begin + 1 for cue in nearby)


def _codes(lower: str, nearby: list[Cue], place: Place, first: int, last: int) -> Iterator[str]:
    longest: dict[int, int] = {}
    for cue in nearby:
        if cue.place == "left":
            longest[cue.end] = min(cue.start, longest.get(cue.end, cue.start))
    for cue in nearby:
        inside = first <= cue.start and cue.end <= last
        if cue.place == "left":
            if (
                cue.start == longest[cue.end]
                and cue.end <= place.start <= cue.end + SIDE
                and _left(cue).fullmatch(lower, cue.end, place.start)
            ):
                yield cue.code
        elif cue.place == "right":
            if place.end <= cue.start <= place.end + SIDE and _right(cue).fullmatch(lower, place.end, cue.start):
                yield cue.code
        elif cue.place in ("near", "line") and not (place.start <= cue.start and cue.end <= place.end):
            if inside:
                yield cue.code
            elif cue.place == "line":
                yield cue.code + FAR
            elif cue.code in ("verb", "care", "talk"):
                yield "clinical_far"


def _left(cue: Cue) -> re.Pattern[str]:
    return _BETWEEN_LEFT if cue.code in _ACROSS else _CLOSE_LEFT


def _right(cue: Cue) -> re.Pattern[str]:
    return _BETWEEN_RIGHT if cue.code in _ACROSS else _CLOSE_RIGHT


def _subject(nearby: list[Cue], place: Place, first: int, last: int) -> str:
    """Name whom the sentence speaks of: the nearest before the term, else after it, else in a sentence before."""
    who = [cue for cue in nearby if cue.place == WHERE or cue.code == "thing"]
    before = [cue for cue in who if first <= cue.start and cue.end <= place.start]
    for cue in reversed(before):
        if cue.code not in HIDING:
            return cue.code
    if any(place.end <= cue.start < last and cue.code in PEOPLE for cue in who):
        return "later"
    if any(cue.end <= first and cue.code in PEOPLE for cue in who):
        return "earlier"
    return "we" if any(cue.code == "we" for cue in before) else ""
