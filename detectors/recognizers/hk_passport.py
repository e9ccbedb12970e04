"""`HK_PASSPORT`: numbers of Hong Kong passports, of other passports and of travel documents.

They carry no check digit, so a word for a passport or a journey is needed, or a full name right before one.
"""

import re
from collections.abc import Iterator

from detectors.gate import FOUR_DIGITS
from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.window import Cues, Places

_SHAPE = re.compile(
    r"(?<![a-z0-9])(?:(?P<hongkong>[hk][a-z][ \t\-.]{0,2}[0-9]{3}[ \t\-]?[0-9]{4}"
    r"|[hk][ \t\-.]{0,2}[0-9]{4}[ \t\-]?[0-9]{4})"
    r"|(?P<permit>[hm][0-9]{10})|(?P<foreign>[a-z]{1,2}[ \-]?[0-9]{6,8}[a-z]?)"
    r"|(?P<national>[0-9]{9}))(?![0-9a-z(])"
)
"""HKSAR passports are numbered H or K and eight digits, or two letters and seven; BN(O) and many others have nine;
most others one or two letters and six to eight digits; home return permits H or M and eight or ten digits."""
_BEFORE, _AFTER, _LABEL, _NEAR = 60, 30, 3, 24
_LONGEST_NAME, _MOST_NAMED = 40, 50
"""Characters before a number that are read for a name, and numbers of one text for which that is done."""
_BESIDE = re.compile(r"[ ,:\t\n]{1,3}").fullmatch
"""What stands between somebody's name and their number in a list."""


class HkPassportRecognizer(ChatRecognizer):
    """Finds passport numbers near the words that go with them."""

    entity = "HK_PASSPORT"
    gate_first = FOUR_DIGITS
    examples = (
        "her passport number is «K12345678», for the visa form",
        "flight booking for Amy, «H12345678»",
        "護照號碼 «KJ1234567»，訂機票用",
        "sample passport «K12345678»",
        "parcel K12345678 arrived",
        "her passport expires in 2027",
        "護照已經續咗，單號 K12345678",
        "1) Tse Ho Yan «K81524418»\n2) Mak Long Ting «KJ8625129»",
    )

    def load(self) -> None:
        """Read the words near such numbers; they are the gate, beside the shape itself."""
        self._cues = Cues.read("passport_words.tsv")
        self.gate_words = self._cues.words("passport", "travel")
        self.gate_pattern = r"[0-9][0-9]{6}(?:(?<=[hk][0-9]{7})|(?<=[hk][a-z][0-9]{7}))"

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each number of the shape; the words around it make the score."""
        named = 0
        for shape in _SHAPE.finditer(scan.lower):
            score, evidence, traits = _judge(shape, scan.places(self._cues))
            if not score and shape["hongkong"] and named < _MOST_NAMED:
                named += 1
                score, evidence = _beside_name(scan, shape.start())
            if score:
                canonical = re.sub(r"[^a-z0-9]", "", shape.group()).upper()
                yield Match(shape.start(), shape.end(), score, canonical, traits, evidence)


def _beside_name(scan: Scan, start: int) -> tuple[float, tuple[str, ...]]:
    """Judge a number without a word for it: in a list of people it stands right behind a full name."""
    for name in scan.names.within(max(0, start - _LONGEST_NAME), start):
        if name.score >= SURE and _BESIDE(scan.lower, name.end, start):
            return 0.6, ("pattern", "name")
    return 0.0, ()


def _judge(shape: re.Match[str], places: Places) -> tuple[float, tuple[str, ...], frozenset[str]]:
    around = [place for place in places.before(shape.start(), _BEFORE) if place[0] != "sample"]
    before = [kind for kind, _, _ in around]
    after = places.kinds_after(shape.end(), _AFTER)
    traits = frozenset({"sample"} & {*places.kinds_before(shape.start(), _BEFORE), *after})
    nearest = before[0] if before else ""
    if nearest == "other" and ("passport" not in before[:2] or shape.start() - around[0][2] <= _LABEL):
        return 0.0, (), traits
    if shape["national"]:
        return (0.7, ("pattern", "context_word"), traits) if nearest == "passport" else (0.0, (), traits)
    if shape["foreign"]:
        near = nearest == "passport" and shape.start() - around[0][2] <= _NEAR
        return (0.85, ("pattern", "context_word"), traits) if near else (0.0, (), traits)
    if "passport" in before or "passport" in after:
        return 0.97, ("pattern", "context_word"), traits
    if "travel" in before or "travel" in after:
        return 0.75, ("pattern", "travel_word"), traits
    return 0.0, (), traits
