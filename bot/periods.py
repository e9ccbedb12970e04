"""Periods as people ask for them: last month, 2026-09, 2026-09-01..2026-09-30, 7d; days are those of Hong Kong.

What was typed becomes a code first, for a question is stored until it is answered; the code becomes a time only then.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files

from bot.misuse import InputError
from bot.wording import say, spoken

HONG_KONG = timezone(timedelta(hours=8), "HKT")
"""Hong Kong has had no summer time since 1979."""

_SECONDS = {"h": 3600.0, "d": 86_400.0, "w": 7 * 86_400.0}
_LONGEST = 6
"""Words that a period may have: from 2026-09-01 to 2026-09-30, with a word to spare."""
_DAY = r"20[2-9][0-9](?:[-/][0-9]{1,2}){0,2}"
"""A year, a month or a day; the log is younger than that, so a date of birth is none."""
_ROLLING = re.compile(r"([1-9][0-9]{0,2})([hdw])", re.ASCII)
_DAYS = re.compile(r"20[2-9][0-9](?:-[0-9]{2}){0,2}", re.ASCII)
_HAN = re.compile(r"(20[2-9][0-9])年(?:([0-9]{1,2})月(?:([0-9]{1,2})[日號号])?)?", re.ASCII)


class PeriodError(InputError):
    """A period that can't be used; `code` names the sentence (section `period` of the wording) that says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """The sentence, with what can be asked where that helps."""
        known = [say(language, "period.known")] if self.code == "unknown" else []
        return spoken(language, [say(language, f"period.{self.code}"), *known])


@dataclass(frozen=True, slots=True)
class Period:
    """[since, until) in Unix seconds, and [since, until) of what it is compared with."""

    since: float
    until: float
    before: tuple[float, float]


def codes(words: Sequence[str]) -> tuple[str, ...]:
    """Put the code of a period in place of the words that name one; the other words stay as they are."""
    found: list[str] = []
    left = [unicodedata.normalize("NFKC", word).lower() for word in words]
    while left:
        lengths = range(min(_LONGEST, len(left)), 0, -1)
        length, code = next(((n, code) for n in lengths if (code := _code(" ".join(left[:n])))), (1, left[0]))
        found.append(code)
        left = left[length:]
    return tuple(found)


def asked(words: Sequence[str]) -> str:
    """The code of the one period that these words name. Raises PeriodError."""
    found = codes(words)
    if len(found) != 1 or not is_code(found[0]):
        raise PeriodError("unknown")
    return found[0]


def is_code(word: str) -> bool:
    """Tell whether `word` is the code of a period."""
    return bool(word) and _code(word) == word


def onward(code: str) -> str:
    """The code for the time from a day, month or year on; other codes stay as they are."""
    return f"{code}.." if _DAYS.fullmatch(code) else code


def over(every: str, now: float) -> str:
    """The code of the week ("weekly") or month ("monthly") that was over last."""
    today = datetime.fromtimestamp(now, HONG_KONG).date()
    if every == "weekly":
        monday = today - timedelta(days=today.weekday() + 7)
        return f"{monday}..{monday + timedelta(days=6)}"
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def period(code: str, now: float) -> Period:
    """Say what time a code means. Raises PeriodError.

    A day, week, month or year is compared with the one before it, and one that is not over with as much of that;
    everything else with as much time right before it.
    """
    if rolling := _ROLLING.fullmatch(code):
        return _against(now - int(rolling[1]) * _SECONDS[rolling[2]], now)
    first, dots, last = code.partition("..")
    if not _DAYS.fullmatch(first) or (last and not _DAYS.fullmatch(last)):
        return _named(code, now)
    (begins, _), (_, ends) = _edges(first), _edges(last or first)
    if not dots:
        return _whole(begins, ends, now)
    if last and ends <= begins:
        raise PeriodError("backwards")
    return _against(_moment(begins), min(_moment(ends), now) if last else now)


def _named(code: str, now: float) -> Period:
    """This week, last month ..."""
    if code not in _words().named.values():
        raise PeriodError("unknown")
    which, _, unit = {"today": "this-day", "yesterday": "last-day"}.get(code, code).partition("-")
    today = datetime.fromtimestamp(now, HONG_KONG).date()
    begins = {
        "day": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }[unit]
    ends = _after(begins, unit)
    if which == "last":
        ends, begins = begins, _before(begins, ends)
    return _whole(begins, ends, now)


def _whole(begins: date, ends: date, now: float) -> Period:
    """A day, week, month or year, as far as it has come."""
    since, until = _moment(begins), min(_moment(ends), now)
    if until <= since:
        raise PeriodError("future")
    earlier = _moment(_before(begins, ends))
    as_far = since if until == _moment(ends) else min(since, earlier + until - since)
    return Period(since, until, (earlier, as_far))


def _against(since: float, until: float) -> Period:
    """Against as much time right before it."""
    if until <= since:
        raise PeriodError("future")
    return Period(since, until, (since - (until - since), since))


def _edges(written: str) -> tuple[date, date]:
    """The first day of a year, month or day, and the first one after it."""
    numbers = [int(number) for number in written.split("-")]
    try:
        begins = date(*[*numbers, 1, 1][:3])
    except ValueError:
        raise PeriodError("unknown") from None
    return begins, _after(begins, ("year", "month", "day")[len(numbers) - 1])


def _after(begins: date, unit: str) -> date:
    if unit in ("day", "week"):
        return begins + timedelta(days=7 if unit == "week" else 1)
    return (
        date(begins.year + 1, 1, 1) if unit == "year" or begins.month == 12 else begins.replace(month=begins.month + 1)
    )


def _before(begins: date, ends: date) -> date:
    """Where the year, month, week or day before begins."""
    if ends == _after(begins, "year") and (begins.month, begins.day) == (1, 1):
        return begins.replace(year=begins.year - 1)
    if begins.day == 1 and ends == _after(begins, "month"):
        return (begins - timedelta(days=1)).replace(day=1)
    return begins - (ends - begins)


def _moment(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=HONG_KONG).timestamp()


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of `periods.toml`, ready to be compared."""

    named: dict[str, str]
    units: dict[str, str]
    rolling: re.Pattern[str]
    since: re.Pattern[str]
    between: re.Pattern[str]


@cache
def _words() -> _Words:
    book = tomllib.loads(files("bot").joinpath("periods.toml").read_text("utf-8"))
    units = {word: code for code, words in book["units"].items() for word in words}
    past, since, on, to = (_any(book["around"][name]) for name in ("past", "since", "on", "to"))
    return _Words(
        named={word: code for code, words in book["named"].items() for word in (*words, code)},
        units=units,
        rolling=re.compile(rf"(?:{past})? ?([1-9][0-9]{{0,2}}) ?({_any(list(units))})"),
        since=re.compile(rf"(?:(?:{since}) ?({_DAY})(?: ?(?:{on}))?|({_DAY}) ?(?:{on}|\.\.))"),
        between=re.compile(rf"(?:{since})? ?({_DAY}) ?(?:{to}) ?({_DAY})"),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _code(text: str) -> str:
    """The code for a text that names a period and nothing else; empty for any other."""
    words, text = _words(), _HAN.sub(lambda found: "-".join(filter(None, found.groups())), text)
    if text in words.named:
        return words.named[text]
    if rolling := words.rolling.fullmatch(text):
        return rolling[1] + words.units[rolling[2]]
    if re.fullmatch(_DAY, text):
        return _written(text)
    if since := words.since.fullmatch(text):
        day = _written(since[1] or since[2])
        return day and f"{day}.."
    if between := words.between.fullmatch(text):
        days = _written(between[1]), _written(between[2])
        return "..".join(days) if all(days) else ""
    return ""


def _written(day: str) -> str:
    """A day as codes have it, 2026-09-01; empty for one that no calendar has."""
    numbers = day.replace("/", "-").split("-")
    written = "-".join([numbers[0], *(number.zfill(2) for number in numbers[1:])])
    try:
        _edges(written)
    except PeriodError:
        return ""
    return written
