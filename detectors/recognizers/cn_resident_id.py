"""`CN_RESIDENT_ID`: numbers of mainland identity cards (GB 11643-1999).

They are made of area, date of birth, serial number and check character.
"""

import datetime as dt
import re
from collections.abc import Iterator

from detectors.gate import FOUR_DIGITS
from detectors.recognizers.credit_card import LONG_NUMBER
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.window import Cues

_GAP = r"[ \t\-.]{0,2}"
_SHAPE = re.compile(
    rf"(?<![0-9])(?<![0-9][\-.])(?P<area>[1-8][0-9]{{5}}){_GAP}"
    rf"(?P<date>(?:19|20)[0-9]{{2}}{_GAP}(?:0[1-9]|1[0-2]){_GAP}[0-3][0-9]){_GAP}"
    rf"(?P<rest>[0-9]{{3}}{_GAP}[0-9x])(?![0-9a-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
_REGIONS = frozenset((71, 81, 82, 83))
"""Taiwan, Hong Kong, Macau; 83 is also given to people from Taiwan."""
_BEFORE, _AFTER = 24, 12


class CnResidentIdRecognizer(ChatRecognizer):
    """Finds numbers of mainland identity cards, and of permits for people from Hong Kong, Macau and Taiwan."""

    entity = "CN_RESIDENT_ID"
    gate_first, gate_pattern = FOUR_DIGITS, LONG_NUMBER
    examples = (
        "her mainland ID is «11010519491231002X»",
        "«440106 19990307 0015» for the hotel, please",
        "身份证号码«440106199903070015»，麻烦登记",
        "身份證號碼例如 «440106199903070015»",
        "tracking number «440106199903070015»",
        "her mainland ID is 110105194912310021",
        "ship 440106199913070015 today",
        "身份证号码440106209903070015",
    )

    def load(self) -> None:
        """Read the words near such numbers."""
        self._cues = Cues.read("resident_words.tsv")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each number with a real date; a wrong check character leaves it below 0.5."""
        for shape in _SHAPE.finditer(scan.lower):
            plain = re.sub(r"[^0-9x]", "", shape.group()).upper()
            if int(plain[:2]) not in _PROVINCES | _REGIONS or not _is_past_date(plain[6:14]):
                continue
            places = scan.places(self._cues)
            kinds = [*places.kinds_before(shape.start(), _BEFORE), *places.kinds_after(shape.end(), _AFTER)]
            yield _match(shape, plain, kinds)


def check_character(body: str) -> str:
    """Return the check character, 0-9 or X, of the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _match(shape: re.Match[str], plain: str, kinds: list[str]) -> Match:
    traits = frozenset({"sample"} & set(kinds))
    if check_character(plain[:17]) != plain[17]:
        return Match(shape.start(), shape.end(), 0.3, plain, traits, ("pattern", "date", "check_digit_wrong"))
    nearest = next((kind for kind in kinds if kind in {"id", "other"}), "")
    if nearest == "other":
        return Match(
            shape.start(), shape.end(), 0.6, plain, traits, ("pattern", "date", "check_digit", "other_number_word")
        )
    context = ("context_word",) if nearest == "id" else ()
    score = 0.99 if context else 0.95
    return Match(shape.start(), shape.end(), score, plain, traits, ("pattern", "date", "check_digit", *context))


def _is_past_date(written: str) -> bool:
    try:
        born = dt.date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return False
    return born <= dt.datetime.now(dt.UTC).date()
