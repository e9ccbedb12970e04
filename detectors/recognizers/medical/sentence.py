"""What a sentence holds: whom it speaks of, and the cues in it and about it."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from detectors.recognizers.medical.cues import WHO, Cue

FAR = "_far"
"""Ends the code of a cue that stands in another sentence of the same line."""

BEYOND = 240
"""How much of the line is read before and after a sentence, in characters."""

CLINICAL_WORDS = frozenset(("verb", "care", "talk"))
"""Codes that become `clinical_far` in another sentence of the same line."""

TOUCHING = frozenset(("left", "right"))
LOOSE = frozenset(("near", "line"))

_OPENING = re.compile(
    r"[\s>*•\-\"'“(:,.]*(?:\(?\d{1,2}[.)、]\s*)?"
    r"(?:(?:ugh|argh|hi|hey|hello|morning|good morning|guys|team|all|everyone|so|well|omg|"
    r"sigh|sorry|fyi|yeah|唉|喂|hello|早晨|大家)[\s,.!~]*){0,3}"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence holds. `who`: people and things, also of the line before it; `touching`: cues by their side."""

    start: int
    end: int
    who: list[Cue] = field(repr=False)
    touching: list[Cue] = field(repr=False)
    loose: list[Cue] = field(repr=False)
    far: frozenset[str]
    implied: bool


class Cued:
    """The cues of a text in order: who is spoken of, and what each says from afar, is told once for all sentences."""

    def __init__(self, lower: str, cues: list[Cue]) -> None:
        """Take the text, and its cues in order of place."""
        self._lower = lower
        self._cues = cues
        self._who = [cue for cue in cues if cue.place == WHO]
        self._far = [_far(cue) for cue in cues]

    def sentence(self, start: int, end: int) -> Sentence:
        """Read the sentence at start..end with the cues of its line."""
        lower, cues = self._lower, self._cues
        line = max(lower.rfind("\n", max(0, start - BEYOND), start) + 1, start - BEYOND, 0)
        stop = lower.find("\n", end, end + BEYOND)
        stop = min(end + BEYOND, len(lower)) if stop < 0 else stop
        first, last = bisect_left(cues, (start,)), bisect_left(cues, (min(end + 1, stop),))
        far = {*self._far[bisect_left(cues, (line,)) : first], *self._far[last : bisect_left(cues, (stop,))]}
        touching: list[Cue] = []
        loose: list[Cue] = []
        implied = False
        opening = _OPENING.match(lower, start)
        begin = (opening.end() if opening else start) + 1
        for number in range(first, last):
            cue = cues[number]
            if cue.end > end:
                far.add(self._far[number])
            elif cue.place in TOUCHING:
                touching.append(cue)
            elif cue.place in LOOSE:
                loose.append(cue)
            elif cue.code == "implied" and cue.start <= begin:
                implied = True
        far.discard("")
        who = self._who[bisect_left(self._who, (line,)) : bisect_left(self._who, (stop,))]
        return Sentence(start, end, who, touching, loose, frozenset(far), implied)


def _far(cue: Cue) -> str:
    if cue.place == "line":
        return cue.code + FAR
    return "clinical" + FAR if cue.code in CLINICAL_WORDS and cue.place == "near" else ""
