"""When a message was written. A time that nobody knows counts as any."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from detectors.finding import Finding
from policies.conditions.condition import Condition
from policies.errors import nearest
from policies.facts import Facts

HERE = "Asia/Hong_Kong"
"""The time zone of dates, and of hours that name no other."""
_OPENED = ZoneInfo(HERE)
"""Read once and kept: when it is needed there may be no file descriptor left to read it with."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS = re.compile(r"([A-Za-z]+(?:[-,][A-Za-z]+)*) (\d\d):([0-5]\d)-(\d\d):([0-5]\d)(?: (\S+))?", re.ASCII)
_HOW = 'write it like "Mon-Fri 09:00-18:00" or "Sat,Sun 10:00-14:00 Asia/Tokyo"'
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekdays (Monday is 0) and minutes of the day, `end` exclusive; one that is not after `start` is next morning."""

    written: str
    days: frozenset[int]
    start: int
    end: int
    zone: str

    def covers(self, at: float) -> bool:
        """Whether this moment (Unix seconds) is in them."""
        day, minute = _local(at, self.zone)
        if self.start < self.end:
            return day in self.days and self.start <= minute < self.end
        return (day in self.days and minute >= self.start) or ((day - 1) % 7 in self.days and minute < self.end)

    def over(self, at: float) -> float:
        """When they end that cover this moment (both Unix seconds)."""
        local = datetime.fromtimestamp(at, ZoneInfo(self.zone))
        tonight = self.start >= self.end and local.hour * 60 + local.minute >= self.start
        ends = datetime.combine(local.date(), time()) + timedelta(days=int(tonight), minutes=self.end)
        return ends.replace(tzinfo=local.tzinfo).timestamp()


@lru_cache(maxsize=64)
def _local(at: float, zone: str) -> tuple[int, int]:
    """The weekday and the minute of the day: many rules ask about one message."""
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    return local.weekday(), local.hour * 60 + local.minute


def _hours(written: str) -> Hours:
    match = _HOURS.fullmatch(written.strip())
    if match is None:
        raise _wrong("is not weekdays and hours", _HOW)
    start, end = (int(match[hour]) * 60 + int(match[hour + 1]) for hour in (2, 4))
    if start >= _DAY or end > _DAY:
        raise _wrong("has an hour that no day has", _HOW)
    zone = match[6] or HERE
    if zone not in available_timezones():
        raise _wrong("names a time zone that is not there", _zone_cure(zone))
    return Hours(written, _days(match[1]), start, end, zone)


def _days(written: str) -> frozenset[int]:
    days: set[int] = set()
    for piece in written.split(","):
        first, *rest = [_day(name) for name in piece.split("-")]
        if len(rest) > 1:
            raise _wrong("is not weekdays and hours", _HOW)
        last = rest[0] if rest else first
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(days)


def _day(name: str) -> int:
    if name.capitalize() not in _DAYS:
        raise _wrong("names a day that is not there", nearest(name.capitalize()[:3], _DAYS))
    return _DAYS.index(name.capitalize())


def _zone_cure(zone: str) -> str:
    cure = nearest(zone, available_timezones())
    return cure if cure.startswith("did") else f"write one like {HERE}"


def _wrong(reason: str, cure: str) -> PydanticCustomError:
    # The cure holds braces for no slot: pydantic fills in what stands in the context.
    return PydanticCustomError("hours", "{reason}", {"reason": reason, "cure": cure})


HoursWritten = Annotated[str, AfterValidator(_hours)]


class WithinHours(Condition[tuple[Hours, ...]]):
    """Only in these hours."""

    field = "hours"
    written = Annotated[
        list[HoursWritten], AfterValidator(tuple), Field(description='a list of hours, such as ["Mon-Fri 09:00-18:00"]')
    ]
    default = ()

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.at is None or any(hours.covers(facts.at) for hours in self.wanted)

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it was not written in the hours {_listed(self.wanted)}"


class OutsideHours(Condition[tuple[Hours, ...]]):
    """Only outside these hours."""

    field = "hours_none"
    written = Annotated[
        list[HoursWritten], AfterValidator(tuple), Field(description='a list of hours, such as ["Mon-Fri 09:00-18:00"]')
    ]
    default = ()

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.at is None or not any(hours.covers(facts.at) for hours in self.wanted)

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it was written in the hours {_listed(self.wanted)}, which it leaves out"


class FromDate(Condition[date | None]):
    """Only from this day on."""

    field = "from_date"
    written = Annotated[date | None, Field(description="a date like 2026-12-01, without quotes")]
    default = None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.at is None or self.wanted is None or day_of(facts.at) >= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it holds from {self.wanted} on"


class UntilDate(Condition[date | None]):
    """Only until this day, which is the last."""

    field = "until_date"
    written = Annotated[date | None, Field(description="a date like 2026-12-31, without quotes")]
    default = None

    def holds(self, findings: Sequence[Finding], facts: Facts) -> bool:
        return facts.at is None or self.wanted is None or day_of(facts.at) <= self.wanted

    def says(self, findings: Sequence[Finding], facts: Facts) -> str:
        return f"it held until {self.wanted}"


@lru_cache(maxsize=64)
def day_of(at: float) -> date:
    """The day of a moment (Unix seconds) in Hong Kong."""
    return datetime.fromtimestamp(at, ZoneInfo(HERE)).date()


def moment(written: datetime) -> float:
    """The Unix seconds of a time that somebody wrote; in Hong Kong unless it says otherwise."""
    return (written if written.tzinfo else written.replace(tzinfo=ZoneInfo(HERE))).timestamp()


def _listed(hours: Sequence[Hours]) -> str:
    return " or ".join(one.written for one in hours)
