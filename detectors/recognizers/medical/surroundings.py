"""What stands around a term: evidence codes from the cues of its sentence, its line and its message."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from detectors.recognizers.medical.cues import Cue
from detectors.recognizers.medical.places import Place
from detectors.recognizers.medical.sentence import FAR, Cued, Sentence
from detectors.recognizers.recognizer import Scan
from detectors.text.normalise import fold_han

PEOPLE = frozenset(("name", "maybe_name", "pronoun", "own", "kin", "role"))
HIDING = frozenset(("we", "none"))
HELD = frozenset(("pronoun", "own"))
"""Who may stand in a term itself: metal in his leg, my back went out."""

THINGS = frozenset(("thing", "maybe_thing"))

ENTRY = 40
"""How far into a line the entry of a list may begin, in characters."""

ROLL = 3
"""So many entries make a list, whatever its heading says."""

NEAR = 100
"""How far from a term another one counts as company, in characters of the same line."""

SIDE = 28
"""How far a cue that touches a term may stand from it, small words between, in characters."""

OWNED = 8
"""How far a word for a person may stand before the term that it owns, in characters."""

LONGEST_CUE = 64
"""No cue is longer, in characters."""

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

_DONE_TO = re.compile(
    fold_han(
        r"(?:[搬喺在去到整修執開拎攞揸抬推洗入落返出睇拆裝踩坐搭掃抹搵][咗緊完過]? ?(?:client |new )?"
        r"|(?<![a-z])(?:in|on|at|from|with|by|off|under|behind|into|near|outside|inside|moving|lifting|carrying|pushing"
        r"|fixing|cleaning|using|driving|loading|unloading) (?:(?:the|a|his|her|our|my|that)(?: [a-z]{2,10})? )?)$"
    )
)
"""What a thing stands behind that somebody does something with, or is at."""
_OWNS = re.compile(r"(?:'s)?[\s個嘅條隻又已經仲先啱啱]{0,4}")
_ALONE = re.compile(r"\s*(?:[,.。、\n]|$|到|again|today|今日)")
_WORD = re.compile(r"\w")
_LISTED = re.compile(r"(?:^|[\n>])[^\n:]{1,40}[:)]\s?(?:an? )?$|[)\]] ?$")


@dataclass(frozen=True, slots=True)
class Context:
    """The evidence for one term; `subject` is the code of whom the sentence speaks of, or empty."""

    codes: frozenset[str]
    subject: str = ""
    sentence: int = 0
    asked: bool = False
    negated: bool = False


class Surroundings:
    """A text with its cues and its sentences."""

    def __init__(self, scan: Scan, cues: list[Cue], places: list[Place]) -> None:
        """Take the text, its cues in order of place, and its terms."""
        lower = scan.lower
        self._lower = lower
        self._cued = Cued(lower, cues)
        self._bounds = scan.sentences
        self._sentences: dict[tuple[int, int], Sentence] = {}
        self._starts = [place.start for place in places]
        self._rows = frozenset(place.start for place in places if self._row(place))
        self._message = frozenset(cue.code for cue in cues if cue.place == "message")
        first_line = lower.find("\n")
        self._heading: frozenset[str] = frozenset()
        if first_line >= 0:
            self._heading = frozenset(cue.code + FAR for cue in cues if cue.place == "line" and cue.end <= first_line)
        self._body = first_line

    def around(self, place: Place) -> Context:
        """Collect the evidence around `place`."""
        sentence = self._sentence(place)
        codes = {cue.code for cue in sentence.loose if cue.start < place.start or cue.end > place.end}
        codes |= sentence.far
        codes.update(cue.code for cue in _touching(self._lower, sentence, place) if not self._is_carried(cue))
        if place.start > self._body:
            codes |= self._heading
        if _ALONE.match(self._lower, place.end) and not _WORD.search(self._lower, sentence.start, place.start):
            codes.add("opens")
        if self._in_company(place):
            codes.add("company")
        if place.start in self._rows:
            codes |= self._message if len(self._rows) < ROLL else {"list"}
        subject = _subject(self._lower, sentence, place)
        if _owned(self._lower, sentence, place):
            codes.add("owner")
        if not subject and sentence.implied:
            subject = "implied"
        asked = self._lower[sentence.end : sentence.end + 1] == "?"
        return Context(frozenset(codes), subject, sentence.start, asked, "negation" in codes)

    def _is_carried(self, cue: Cue) -> bool:
        """Tell whether the cue is a thing that somebody has to do with: 搬server閃親腰."""
        return cue.code == "figurative" and _is_done_to(self._lower, cue)

    def _sentence(self, place: Place) -> Sentence:
        bounds = self._bounds.around(place.start, place.end)
        if bounds not in self._sentences:
            self._sentences[bounds] = self._cued.sentence(*bounds)
        return self._sentences[bounds]

    def _in_company(self, place: Place) -> bool:
        at = bisect_left(self._starts, place.start)
        before, after = self._starts[max(0, at - 1) : at], self._starts[at + 1 : at + 2]
        return any(
            place.start - start <= NEAR and "\n" not in self._lower[start : place.start] for start in before
        ) or any(start - place.end <= NEAR and "\n" not in self._lower[place.end : start] for start in after)

    def _row(self, place: Place) -> bool:
        """Say whether a line gives the term as an entry beside a name."""
        line = self._lower.rfind("\n", max(0, place.start - ENTRY - 1), place.start) + 1
        return place.start - line < ENTRY and bool(_LISTED.search(self._lower, max(0, line - 1), place.start))


def _touching(lower: str, sentence: Sentence, place: Place) -> list[Cue]:
    """Return the cues at the sides of `place`; of those that end together the longest hides the others."""
    found = []
    hidden: dict[int, int] = {}
    for cue in _around(sentence.touching, place.start - SIDE, place.end + SIDE):
        if cue.place == "left":
            if cue.end <= place.start <= cue.end + SIDE and hidden.get(cue.end, cue.start) >= cue.start:
                hidden[cue.end] = cue.start
                across = _BETWEEN_LEFT if cue.code in _ACROSS else _CLOSE_LEFT
                if across.fullmatch(lower, cue.end, place.start):
                    found.append(cue)
        elif place.end <= cue.start <= place.end + SIDE:
            across = _BETWEEN_RIGHT if cue.code in _ACROSS else _CLOSE_RIGHT
            if across.fullmatch(lower, place.end, cue.start):
                found.append(cue)
    return found


def _around(cues: list[Cue], start: int, end: int) -> list[Cue]:
    """Return those of `cues`, which are in order, that may reach into start..end."""
    return cues[bisect_left(cues, (start - LONGEST_CUE,)) : bisect_left(cues, (end + 1,))]


def _owned(lower: str, sentence: Sentence, place: Place) -> bool:
    """Say whether a word for a person stands right before the term."""
    return any(
        cue.code in PEOPLE
        and place.start - OWNED <= cue.end <= place.start
        and _OWNS.fullmatch(lower, cue.end, place.start)
        for cue in _around(sentence.who, place.start - OWNED, place.start)
    )


def _within(cue: Cue, place: Place) -> bool:
    return place.start <= cue.start and cue.end <= place.end


def _is_object(lower: str, cue: Cue) -> bool:
    """Tell whether a thing stands behind a verb or a preposition: somebody before it is spoken of, not the thing."""
    return cue.code in THINGS and _is_done_to(lower, cue)


def _is_done_to(lower: str, cue: Cue) -> bool:
    return bool(_DONE_TO.search(lower, max(0, cue.start - SIDE), cue.start))


def _subject(lower: str, sentence: Sentence, place: Place) -> str:
    """Name whom the sentence speaks of: the nearest before the term, else in it, after it, or in a sentence before."""
    before = [cue for cue in sentence.who if cue.start >= sentence.start and cue.end <= place.start]
    people = any(cue.code in PEOPLE for cue in before)
    for cue in reversed(before):
        if cue.code not in HIDING and not (people and (cue.code == "counted" or _is_object(lower, cue))):
            return cue.code
    held = next((cue.code for cue in sentence.who if _within(cue, place) and cue.code in HELD), "")
    if held:
        return held
    if any(place.end <= cue.start < sentence.end and cue.code in PEOPLE for cue in sentence.who):
        return "later"
    if any(cue.end <= sentence.start and cue.code in PEOPLE for cue in sentence.who):
        return "earlier"
    return "we" if before else ""
