"""`HOSTILE_WORDS`: words that turn people against somebody: a call to find, expose or harass, a threat, an insult.

They are nobody's personal data and never warn alone: beside somebody's details they make a message that may do harm.
Who speaks of the law, a course or the news about it, or asks others not to, is not hostile.
"""

from collections.abc import Iterator
from itertools import islice

from detectors.recognizers.hostile.words import HOSTILE, cues
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan

_SCORES = {"call": 0.9, "threat": 0.8, "insult": 0.6}
_HARMLESS = 0.3
_NOT = 14
"""Characters before such words within which somebody says not to."""
_ELSEWHERE = 40
"""Characters around them within which a word makes them talk of something else."""
_MOST = 100
"""Such words of one text that are judged."""


class HostileWordsRecognizer(ChatRecognizer):
    """Finds calls to expose or harass somebody, threats and insults."""

    entity = "HOSTILE_WORDS"
    examples = (
        "let's «dox him», he lives in Sha Tin",
        "someone should «beat him up»",
        "this «scumbag» works on 12/F",
        "«起底»！陳大文，電話 9123 4567",
        "大家«打爆佢電話»",
        "«人肉他»，住沙田",
        "呢個«賤人»電話 9123 4567",
        "「«打死佢»」",
        "training on doxxing and the law next week",
        "please don't expose him like that",
        "our policy: whoever would dox anybody is out",
        "講座：點樣防止起底",
        "唔好起佢底啦",
        "打佢電話啦，佢喺公司",
        "expose port 8080 in the container",
    )

    def load(self) -> None:
        """Read the words; those that are hostile open the gate."""
        self._cues = cues()
        self.gate_words = self._cues.words(*HOSTILE)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each of the words; what speaks of something else stays below 0.5."""
        places = scan.places(self._cues)
        said = (place for place in places.within(0, len(scan.lower)) if place[0] in HOSTILE)
        for kind, start, end in islice(said, _MOST):
            first, last = scan.sentences.around(start, end)
            near = [one for one, _, _ in places.within(max(first, start - _ELSEWHERE), min(last, end + _ELSEWHERE))]
            negated = "negated" in places.kinds_before(start, _NOT)
            weakened = [*(["negated"] if negated else []), *(["other"] if "other" in near else [])]
            score = _HARMLESS if weakened else _SCORES[kind]
            yield Match(start, end, score, scan.lower[start:end], frozenset(), (f"hostile_{kind}", *weakened))
