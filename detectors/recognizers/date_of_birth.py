"""`DATE_OF_BIRTH`: a full date beside a word for birth. A birthday without its year is a party, not a finding.

Without such a word, an age that fits the date makes it one, or a row with a person's sex or identity card number.
Hong Kong writes the day first; 11/27/1991 can only be the American way. The year must leave its owner between 14 and
110 years old; a child needs a clear word.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import islice

from detectors.gate import FOUR_DIGITS
from detectors.recognizers.people import SURE
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from detectors.text.window import Cues, Places

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABROAD = {
    "mei": 5,
    "agu": 8,
    "okt": 10,
    "des": 12,
    "ene": 1,
    "peb": 2,
    "abr": 4,
    "hun": 6,
    "hul": 7,
    "ago": 8,
    "set": 9,
    "nob": 11,
    "dis": 12,
}
"""How months begin in Indonesian and Tagalog, where English has another beginning."""
_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
    r"|(?:mei|agustus|oktober|desember|enero|pebrero|abril|hunyo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre)(?![a-z]))"
)
_DIGITS = "〇一二三四五六七八九"
_HAN = "一二三四五六七八九十廿卅〇零"
_DAY, _MONTH_NUMBER = r"[0-3]?[0-9]", r"[01]?[0-9]"
_HAN_YEAR = rf"(?:19|20)?[0-9]{{2}}|一九[{_HAN}]{{2}}|二[〇零][{_HAN}]{{2}}|[五六七八九〇零][{_HAN[:9]}〇零]"
_SHAPE = re.compile(
    rf"(?=[0-9一二五六七八九〇零]|{_MONTH})(?<![0-9])(?<![0-9][/.\-])(?:"
    rf"(?P<y1>(?:19|20)[0-9]{{2}})(?P<sep1> ?[\-/.] ?)(?P<m1>{_MONTH_NUMBER})(?P=sep1)(?P<d1>{_DAY})"
    rf"|(?P<d2>{_DAY})(?P<sep2> ?[\-/.] ?| )(?P<m2>{_MONTH_NUMBER})(?P=sep2)(?P<y2>(?:19|20)[0-9]{{2}}|'?[0-9]{{2}})"
    r"|(?P<m9>1[0-2]|0?[1-9])(?P<sep9>[/.\-])(?P<d9>1[3-9]|2[0-9]|3[01])(?P=sep9)(?P<y9>(?:19|20)[0-9]{2})"
    rf"|(?P<d3>{_DAY})(?:st|nd|rd|th)?[ \-/]?(?:of )?"
    rf"(?P<m3>{_MONTH})[ \-,/]{{0,2}}(?P<y3>(?:19|20)[0-9]{{2}}|'?[0-9]{{2}})"
    rf"|(?P<m4>{_MONTH}) ?(?P<d4>{_DAY})(?:st|nd|rd|th)?,? ?(?P<y4>(?:19|20)[0-9]{{2}})"
    rf"|(?P<y5>{_HAN_YEAR}) ?年 ?"
    rf"(?P<m5>{_MONTH_NUMBER}|[{_HAN}]{{1,2}}) ?月 ?(?P<d5>{_DAY}|[{_HAN}]{{1,3}}) ?(?:[日號](?!生))?"
    r"|(?P<y6>19[0-9]{2}|20[0-2][0-9])(?P<m6>0[1-9]|1[0-2])(?P<d6>0[1-9]|[12][0-9]|3[01])"
    r"|(?P<d8>0[1-9]|[12][0-9]|3[01])(?P<m8>0[1-9]|1[0-2])(?P<y8>19[0-9]{2}|20[01][0-9])"
    rf"|(?P<y7>(?:19|20)[0-9]{{2}})[ \-/](?P<m7>{_MONTH})[ \-/](?P<d7>{_DAY})"
    r")(?![0-9]|[/\-][0-9])"
)
_HINT = re.compile("[0-9年]")
"""What every date holds; most talk of birthdays has none."""
_AGE = re.compile(
    r"(?=[0-9at今年歲])(?:"
    r"(?<![0-9])(?P<n>[1-9][0-9])(?:[ ]?(?:歲|大壽|y\.?o\.?(?![a-z])|y/o|yrs? old|years? old)|th(?![a-z]))"
    r"|(?:(?<![a-z])(?:aged?|turn(?:s|ed|ing)?)|今年|年齡|年紀|歲數)[ :係是]{0,3}(?P<m>[1-9][0-9])(?![0-9年月]))"
)
"""An age, or the birthday of a round one: it counts when it is the age that the date makes."""
_SEX_BEFORE = re.compile(r"(?:^|[^a-z])(?:[mf]|male|female|男|女)[ ,/|;\t:]{1,4}$")
_SEX_AFTER = re.compile(r"[ ,/|;\t(]{0,3}(?:[mf]|male|female|男|女)(?![a-z\u4e00-\u9fff])")
_ID_BEFORE = re.compile(r"[a-z]{1,2}[0-9]{6} ?\(?[0-9a]\)?[ ,/|;\t]{1,4}(?:(?:[mf]|male|female|男|女)[ ,/|;\t]{1,4})?$")
_ID_NEAR_BEFORE = re.compile(r"(?<![a-z0-9])[a-z]{1,2}[0-9]{6,8} ?(?:\(?[0-9a]\)?)?[ ,/|;:\t]{1,4}$")
_ID_NEAR_AFTER = re.compile(r"[ ,/|;:\t]{1,4}[a-z]{1,2}[0-9]{6} ?\(?[0-9a]\)?(?![a-z0-9])")
_PARTING, _ENTRY_ENDS = " ,/|;:\t", frozenset("0123456789)amfe男女")
"""What parts a date from what stands before it in a row, and what a card number or a word for the sex ends with."""
_NAME_GAP = re.compile(r" ?(?:[,/|;\t]|\n| - | -- ) ?$")
_LONGEST_NAME, _FULL = 40, 3
"""Characters of a name at most, and of one with its surname at least."""
_BORN_AFTER = re.compile(r" ?生(?![效日產意活])")
_BEFORE, _AFTER, _AROUND, _CHAIN = 48, 14, 44, 40
_MOST_DATES = 1_000
"""Dates of one text that are judged: a longer list says the same."""
_YOUNGEST, _OLDEST, _GROWN = 14, 110, 15
_CHILD = frozenset(
    {"dob", "d.o.b", "d.o.b.", "date of birth", "born", "born on", "was born", "出生日期", "出世", "出生"}
)
"""Words after which a child's date of birth may stand, too: no party is meant."""


_OPENING = ("birth", "born", "own")


class DateOfBirthRecognizer(ChatRecognizer):
    """Finds dates of birth."""

    entity = "DATE_OF_BIRTH"
    gate_first = FOUR_DIGITS
    gate_pattern = r"19[2-9][0-9](?![0-9])|20[01][0-9](?: ?[\-/.年]|(?<=[\-/.].{4})(?![0-9]))"
    examples = (
        "my date of birth is «12 March 1985»",
        "born on «12 March 1985» in the old hospital across the street, «13 March 1986» his brother",
        "佢«1985年3月12日»出世",
        "出生日期例如 «12/03/1985»",
        "Chan Tai Man, M, «12/03/1985»",
        "DOB «11/27/1991», lahir «30 Juni 1995»",
        "12/03/1985",
        "Birthday lunch for Ling on 12 March!",
        "the lease ends on 12/03/2025",
        "陳生3月12日生日，記得買蛋糕",
    )

    def load(self) -> None:
        """Read the words near dates; those of birth are the gate, too."""
        self._cues = _cues()
        self.gate_words = self._cues.words(*_OPENING)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield a match for each date that the words around it make a date of birth."""
        if not _HINT.search(scan.lower):
            return
        places = scan.places(self._cues)
        today = dt.datetime.now(dt.UTC).date()
        last, shown = -_CHAIN - 1, set[dt.date]()
        for shape in islice(_SHAPE.finditer(scan.lower), _MOST_DATES):
            born = _date(shape, today)
            if not born:
                continue
            age = today.year - born.year
            score, evidence = _judge(scan, shape, age, places)
            if not score and shape.start() - last <= _CHAIN and _continues(scan.lower, last, shape, age, places):
                score, evidence = 0.7, ("pattern", "follows_birth")
            if score:
                last = shape.end()
                traits = frozenset({"own", "sample"} & set(places.kinds_before(shape.start(), _BEFORE)))
                if "sample" in traits or born in shown:
                    # A date that only shows the form shows nothing else later in the message.
                    shown.add(born)
                    traits |= {"sample"}
                yield Match(shape.start(), shape.end(), score, born.isoformat(), traits, evidence)


def _judge(scan: Scan, shape: re.Match[str], age: int, places: Places) -> tuple[float, tuple[str, ...]]:
    lower, (start, end) = scan.lower, shape.span()
    around = [place for place in places.before(start, _BEFORE) if place[0] in {"birth", "own", "other"}]
    nearest = around[0][0] if around else ""
    if age < _YOUNGEST:
        child = any(lower[first:last] in _CHILD and start - last <= _AFTER for _, first, last in around[:1])
        return (0.85, ("pattern", "context_word")) if child or _is_born(lower, end, places) else (0.0, ())
    if nearest in {"birth", "own"}:
        return 0.95, ("pattern", "context_word")
    if _is_born(lower, end, places):
        return 0.9, ("pattern", "context_word")
    return (0.0, ()) if nearest == "other" else _unsaid(scan, start, end, age)


def _unsaid(scan: Scan, start: int, end: int, age: int) -> tuple[float, tuple[str, ...]]:
    """Judge a date without a word of birth: by an age that fits it, by its row or its column."""
    if _has_age(scan, start, end, age):
        return 0.8, ("pattern", "age")
    if _is_beside_id(scan, start, end) or (age >= _GROWN and _is_row_of_person(scan, start)):
        return 0.7, ("pattern", "list_row")
    headed = scan.lines.number(start) > 0 and scan.once(_is_headed)
    if headed or (age >= _GROWN and _is_entry(scan.lower, start, end)):
        return 0.7, ("pattern", "list_row")
    return 0.0, ()


def _is_born(lower: str, end: int, places: Places) -> bool:
    return bool(_BORN_AFTER.match(lower, end)) or "born" in places.kinds_after(end, _AFTER)


def _has_age(scan: Scan, start: int, end: int, age: int) -> bool:
    """Tell whether an age is said nearby that somebody born on the date has this year."""
    ages = scan.once(_ages)
    if not ages:
        return False
    floor = max(scan.lower.rfind("\n", max(0, start - _AROUND), start) + 1, start - _AROUND)
    near = ages[bisect_left(ages, (floor,)) : bisect_left(ages, (end + _AROUND,))]
    return any(abs(said - age) <= 1 for _, last, said in near if last <= end + _AROUND)


def _ages(scan: Scan) -> list[tuple[int, int, int]]:
    """Return where the ages of the text begin and end, and what they are."""
    return [(*said.span(), int(said["n"] or said["m"])) for said in _AGE.finditer(scan.lower)]


def _is_entry(lower: str, start: int, end: int) -> bool:
    """Tell whether the date stands in a row about a person: after an identity card number, or beside the sex."""
    if _SEX_AFTER.match(lower, end):
        return True
    if not _may_be_entry(lower, start):
        return False
    row = lower[max(lower.rfind("\n", max(0, start - 30), start) + 1, start - 30) : start]
    return bool(_ID_BEFORE.search(row) or _SEX_BEFORE.search(row))


def _may_be_entry(lower: str, start: int) -> bool:
    """Tell whether what stands before a date ends as a card number or a word for the sex does."""
    return lower[max(0, start - 20) : start].rstrip(_PARTING)[-1:] in _ENTRY_ENDS


def _is_beside_id(scan: Scan, start: int, end: int) -> bool:
    """Tell whether hardly anything but blanks and signs parts the date from a person's card number, on either side."""
    if _ID_NEAR_AFTER.match(scan.lower, end):
        return True
    return _may_be_entry(scan.lower, start) and bool(_ID_NEAR_BEFORE.search(scan.lower, max(0, start - 20), start))


def _is_row_of_person(scan: Scan, start: int) -> bool:
    """Tell whether the date stands right behind a name, parted from it by a sign or a line, and nothing else speaks."""
    gap = _NAME_GAP.search(scan.lower, max(0, start - 8), start)
    if not gap:
        return False
    names = scan.names.within(max(0, gap.start() - _LONGEST_NAME), gap.start())
    return any(name.score >= SURE and name.end == gap.start() and name.end - name.start >= _FULL for name in names)


def _continues(lower: str, last: int, shape: re.Match[str], age: int, places: Places) -> bool:
    """Tell whether a date stands in one sentence with a date of birth before it: the same, corrected, or the next."""
    between = [kind for kind, first, _ in places.before(shape.start(), _CHAIN) if first >= last]
    return age >= _GROWN and "other" not in between and "\n" not in lower[last : shape.start()]


def _is_headed(scan: Scan) -> bool:
    """Tell whether the first line, the heading of a list, speaks of birth."""
    return "birth" in scan.places(_cues()).kinds_before(scan.lines.first_end, 200)


@cache
def _cues() -> Cues:
    return Cues.read("birth_words.tsv")


def _date(shape: re.Match[str], today: dt.date) -> dt.date | None:
    form = str(shape.lastgroup)[-1]  # of the way of writing that matched: all its groups end with its number
    year, month, day = _number(shape[f"y{form}"]), _number(shape[f"m{form}"]), _number(shape[f"d{form}"])
    if year < 100:
        year += 1900 if year > (today.year - _YOUNGEST) % 100 else 2000
    if month > 12 and day <= 12:
        month, day = day, month
    try:
        born = dt.date(year, month, day)
    except ValueError:
        return None
    return born if born <= today and today.year - year <= _OLDEST else None


def _number(written: str) -> int:
    """Read digits, a month in English, Indonesian or Tagalog, or a Chinese number up to 31."""
    written = written.strip("'.")
    if written.isdigit():
        return int(written)
    if written[:3] in _MONTHS:
        return _MONTHS.index(written[:3]) + 1
    if written[:3] in _ABROAD:
        return _ABROAD[written[:3]]
    if len(written) == 4 or (len(written) == 2 and not set("十廿卅") & set(written)):
        return int("".join(str(_DIGITS.find(sign)) for sign in written.replace("零", "〇")))
    tens, ten, ones = written.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    value = _DIGITS.find(ones or "〇")
    return value + 10 * _DIGITS.find(tens or "一") if ten else value
