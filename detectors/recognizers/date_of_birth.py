"""`DATE_OF_BIRTH`: a full date beside a word for birth. A birthday without its year is a party, not a finding.

Hong Kong writes the day first. The year must leave its owner between 14 and 110 years old.
"""

import datetime as dt
import re
from collections.abc import Iterator

from detectors.fold import rows
from detectors.normalise import fold
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.window import Cues, Places

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DIGITS = "〇一二三四五六七八九"
_HAN = "一二三四五六七八九十廿卅〇零"
_DAY, _MONTH_NUMBER = r"[0-3]?[0-9]", r"[01]?[0-9]"
_HAN_YEAR = rf"(?:19|20)?[0-9]{{2}}|一九[{_HAN}]{{2}}|二[〇零][{_HAN}]{{2}}"
_SHAPE = re.compile(
    r"(?<![0-9])(?<![0-9][/.\-])(?:"
    rf"(?P<y1>(?:19|20)[0-9]{{2}})(?P<sep1> ?[\-/.] ?)(?P<m1>{_MONTH_NUMBER})(?P=sep1)(?P<d1>{_DAY})"
    rf"|(?P<d2>{_DAY})(?P<sep2> ?[\-/.] ?| )(?P<m2>{_MONTH_NUMBER})(?P=sep2)(?P<y2>(?:19|20)[0-9]{{2}}|'?[0-9]{{2}})"
    rf"|(?P<d3>{_DAY})(?:st|nd|rd|th)?[ \-]?(?:of )?"
    rf"(?P<m3>{_MONTH})[ \-,]{{0,2}}(?P<y3>(?:19|20)[0-9]{{2}}|'?[0-9]{{2}})"
    rf"|(?P<m4>{_MONTH}) ?(?P<d4>{_DAY})(?:st|nd|rd|th)?,? ?(?P<y4>(?:19|20)[0-9]{{2}})"
    rf"|(?P<y5>{_HAN_YEAR}) ?年 ?"
    rf"(?P<m5>{_MONTH_NUMBER}|[{_HAN}]{{1,2}}) ?月 ?(?P<d5>{_DAY}|[{_HAN}]{{1,3}}) ?(?:[日號](?!生))?"
    r"|(?P<y6>19[0-9]{2}|20[0-2][0-9])(?P<m6>0[1-9]|1[0-2])(?P<d6>0[1-9]|[12][0-9]|3[01])"
    r"|(?P<d8>0[1-9]|[12][0-9]|3[01])(?P<m8>0[1-9]|1[0-2])(?P<y8>19[0-9]{2}|20[01][0-9])"
    rf"|(?P<y7>(?:19|20)[0-9]{{2}})-(?P<m7>[a-z]{{3}})-(?P<d7>{_DAY})"
    r")(?![0-9]|[/\-][0-9])"
)
_BEFORE, _AFTER = 48, 14
_YOUNGEST, _OLDEST = 14, 110


class DateOfBirthRecognizer(ChatRecognizer):
    """Finds dates of birth."""

    entity = "DATE_OF_BIRTH"

    def load(self) -> None:
        """Read the words near dates; those of birth are the gate, too."""
        self._cues = Cues.read("birth_words.tsv")
        self.gate_literals = tuple(
            {fold(word) for kind, word in rows("birth_words.tsv") if kind in {"birth", "born", "own"}}
        )

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each date that the words around it make a date of birth."""
        places = None
        for shape in _SHAPE.finditer(scan.lower):
            born = _date(shape)
            if not born:
                continue
            if places is None:
                places = self._cues.places(scan.lower)
            score, evidence = _judge(scan.lower, shape, places)
            if score:
                traits = frozenset({"own", "sample"} & set(places.kinds_before(shape.start(), _BEFORE)))
                yield Match(shape.start(), shape.end(), score, born.isoformat(), traits, evidence)


def _judge(lower: str, shape: re.Match[str], places: Places) -> tuple[float, tuple[str, ...]]:
    before = [kind for kind in places.kinds_before(shape.start(), _BEFORE) if kind in {"birth", "own", "other"}]
    if before[:1] in (["birth"], ["own"]):
        return 0.95, ("pattern", "context_word")
    if "born" in places.kinds_after(shape.end(), _AFTER):
        return 0.9, ("pattern", "context_word")
    if before[:1] != ["other"] and _under_heading(lower, shape.start(), places):
        return 0.7, ("pattern", "list_row")
    return 0.0, ()


def _under_heading(lower: str, at: int, places: Places) -> bool:
    """Tell whether the date stands in a row of a list whose heading speaks of birth."""
    row = lower.rfind("\n", 0, at)
    return row >= 0 and "birth" in places.kinds_before(lower.find("\n"), 200)


def _date(shape: re.Match[str]) -> dt.date | None:
    form = next(number for number in "12345678" if shape[f"y{number}"])
    year, month, day = (_number(shape[f"{part}{form}"]) for part in "ymd")
    today = dt.datetime.now(dt.UTC).date()
    if year < 100:
        year += 1900 if year > (today.year - _YOUNGEST) % 100 else 2000
    if month > 12 and day <= 12:
        month, day = day, month
    try:
        born = dt.date(year, month, day)
    except ValueError:
        return None
    return born if _YOUNGEST <= today.year - year <= _OLDEST else None


def _number(written: str) -> int:
    """Read digits, an English month, or a Chinese number up to 31."""
    written = written.strip("'.")
    if written.isdigit():
        return int(written)
    if written[:3] in _MONTHS:
        return _MONTHS.index(written[:3]) + 1
    if len(written) == 4:
        return int("".join(str(_DIGITS.find(sign)) for sign in written.replace("零", "〇")))
    tens, ten, ones = written.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    value = _DIGITS.find(ones or "〇")
    return value + 10 * _DIGITS.find(tens or "一") if ten else value
