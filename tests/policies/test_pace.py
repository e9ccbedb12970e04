"""When people are told: quiet hours, a day's budget, digests."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from policies.pace import Pace
from policies.schema import PaceTable

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


def at(written: str) -> float:
    return datetime.fromisoformat(written).replace(tzinfo=HONG_KONG).timestamp()


def pace(**fields: object) -> Pace:
    return PaceTable.model_validate(fields).pace()


NIGHTS = pace(quiet_hours=["Mon-Sun 20:00-08:00"])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-11-27T12:00", "2026-11-27T12:00"),
        ("2026-11-27T19:59", "2026-11-27T19:59"),
        ("2026-11-27T20:00", "2026-11-28T08:00"),
        ("2026-11-28T03:00:30", "2026-11-28T08:00"),
    ],
)
def test_what_is_written_at_night_is_told_in_the_morning(written: str, told: str) -> None:
    assert NIGHTS.not_before("medium", at(written)) == at(told)


@pytest.mark.parametrize("severity", ["high", "critical"])
def test_what_is_grave_is_told_at_once(severity: str) -> None:
    assert NIGHTS.not_before(severity, at("2026-11-27T23:00")) == at("2026-11-27T23:00")
    assert pace(per_day=1).budget(severity) == 0
    assert pace(per_day=1).budget("medium") == 1


def test_quiet_all_week_is_no_time_to_wait_for() -> None:
    assert pace(quiet_hours=["Mon-Sun 00:00-24:00"]).not_before("low", at("2026-11-27T12:00")) == at("2026-11-27T12:00")


def test_weekends_are_quiet_until_monday() -> None:
    weekend = pace(quiet_hours=["Sat,Sun 00:00-24:00", "Mon-Sun 20:00-08:00"])
    assert weekend.not_before("low", at("2026-11-27T21:00")) == at("2026-11-30T08:00")


def test_digests_go_in_the_morning() -> None:
    assert pace().next_digest(at("2026-11-27T08:00")) == at("2026-11-28T09:00")
    assert pace(digest="weekly").next_digest(at("2026-11-27T08:00")) == at("2026-11-30T09:00")
    assert pace(digest="weekly").next_digest(at("2026-11-30T08:00")) == at("2026-12-07T09:00")


@pytest.mark.parametrize(
    "wrong", [{"per_day": -1}, {"quiet_hours": ["nights"]}, {"digest": "hourly"}, {"again_days": 0}]
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PaceTable.model_validate(wrong)
