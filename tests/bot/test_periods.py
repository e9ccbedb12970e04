"""Periods as people ask for them, in both languages, and what they are compared with."""

from datetime import datetime

import pytest

from bot.judging.asked import codes as reduced
from bot.periods import HONG_KONG, PeriodError, asked, codes, is_code, onward, over, period

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=HONG_KONG).timestamp()
"""A Wednesday."""
DAY = 86_400.0


def at(written: str) -> float:
    return datetime.fromisoformat(written).replace(tzinfo=HONG_KONG).timestamp()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("7d", "7d"),
        ("24H", "24h"),
        ("last 7 days", "7d"),
        ("過去7天", "7d"),
        ("最近 24 小時", "24h"),
        ("2 weeks", "2w"),
        ("today", "today"),
        ("今日", "today"),
        ("尋日", "yesterday"),
        ("This Month", "this-month"),
        ("本月", "this-month"),
        ("last month", "last-month"),
        ("last-month", "last-month"),
        ("上個月", "last-month"),
        ("上星期", "last-week"),
        ("今年", "this-year"),
        ("2026", "2026"),
        ("2026-9", "2026-09"),
        ("２０２６年９月", "2026-09"),
        ("2026/09/01", "2026-09-01"),
        ("2026年9月1日", "2026-09-01"),
        ("2026-09-01..2026-09-30", "2026-09-01..2026-09-30"),
        ("2026-09-01 to 2026-09-30", "2026-09-01..2026-09-30"),
        ("from 2026-09-01 to 2026-09-30", "2026-09-01..2026-09-30"),
        ("2026-09-01 - 2026-09-30", "2026-09-01..2026-09-30"),
        ("由2026年9月1日至2026年9月30日", "2026-09-01..2026-09-30"),
        ("2026-07 … 2026-09", "2026-07..2026-09"),
        ("since 2026-09-01", "2026-09-01.."),
        ("自2026年9月1日起", "2026-09-01.."),
        ("2026-09-01..", "2026-09-01.."),
    ],
)
def test_words_in_both_languages_are_codes(words: str, code: str) -> None:
    assert asked(words.split()) == code
    assert is_code(code)
    assert codes([code]) == (code,)


@pytest.mark.parametrize(
    "words",
    [
        *("", "7", "d", "0d", "-7d", "9999d", "七d", "٧d", "7d7d", "7d 30d", "last", "last month please", "A123456(3)"),
        *("2026-13", "2026-02-30", "1985-03-02", "2026-9-1-2", "2026年13月", "2026-09-01..x", "..2026-09-01"),
    ],
)
def test_other_words_are_refused_with_what_is_known(words: str) -> None:
    with pytest.raises(PeriodError, match="Periods that I know: today") as refused:
        asked(words.split())
    assert "A123456" not in str(refused.value)


@pytest.mark.parametrize(
    ("code", "since", "until", "before", "before_until"),
    [
        ("today", "2026-11-25", "2026-11-25T14:30", "2026-11-24", "2026-11-24T14:30"),
        ("yesterday", "2026-11-24", "2026-11-25", "2026-11-23", "2026-11-24"),
        ("this-week", "2026-11-23", "2026-11-25T14:30", "2026-11-16", "2026-11-18T14:30"),
        ("last-week", "2026-11-16", "2026-11-23", "2026-11-09", "2026-11-16"),
        ("this-month", "2026-11-01", "2026-11-25T14:30", "2026-10-01", "2026-10-25T14:30"),
        ("last-month", "2026-10-01", "2026-11-01", "2026-09-01", "2026-10-01"),
        ("last-year", "2025-01-01", "2026-01-01", "2024-01-01", "2025-01-01"),
        ("2026-01", "2026-01-01", "2026-02-01", "2025-12-01", "2026-01-01"),
        ("2026-11", "2026-11-01", "2026-11-25T14:30", "2026-10-01", "2026-10-25T14:30"),
        ("2026-11-01", "2026-11-01", "2026-11-02", "2026-10-31", "2026-11-01"),
        ("2025", "2025-01-01", "2026-01-01", "2024-01-01", "2025-01-01"),
        ("2026-09-01..2026-09-10", "2026-09-01", "2026-09-11", "2026-08-22", "2026-09-01"),
        ("2026-07..2026-09", "2026-07-01", "2026-10-01", "2026-03-31", "2026-07-01"),
        ("2026-11-23..2026-12-24", "2026-11-23", "2026-11-25T14:30", "2026-11-20T09:30", "2026-11-23"),
        ("2026-11-24..", "2026-11-24", "2026-11-25T14:30", "2026-11-22T09:30", "2026-11-24"),
        ("24h", "2026-11-24T14:30", "2026-11-25T14:30", "2026-11-23T14:30", "2026-11-24T14:30"),
        ("1w", "2026-11-18T14:30", "2026-11-25T14:30", "2026-11-11T14:30", "2026-11-18T14:30"),
    ],
)
def test_a_code_is_a_time_and_what_it_is_compared_with(
    code: str, since: str, until: str, before: str, before_until: str
) -> None:
    found = period(code, NOW)
    assert [found.since, found.until, *found.before] == [at(since), at(until), at(before), at(before_until)]


def test_a_month_that_is_longer_than_the_one_before_is_compared_with_all_of_that() -> None:
    found = period("this-month", at("2026-03-31T12:00"))
    assert found.before == (at("2026-02-01"), at("2026-03-01"))


@pytest.mark.parametrize("code", ["2026-09-30..2026-09-01", "2026-09..2026-08"])
def test_a_period_that_ends_before_it_begins_is_refused(code: str) -> None:
    with pytest.raises(PeriodError, match="earlier day first"):
        period(code, NOW)


@pytest.mark.parametrize("code", ["2026-12", "2027", "2026-11-26", "2026-11-26..", "2026-12-01..2026-12-24"])
def test_a_time_that_has_not_come_is_refused(code: str) -> None:
    with pytest.raises(PeriodError, match="not come yet"):
        period(code, NOW)


@pytest.mark.parametrize("code", ["", "csv", "2026-99", "soon"])
def test_what_is_no_code_is_no_time(code: str) -> None:
    with pytest.raises(PeriodError, match="Periods that I know"):
        period(code, NOW)


def test_a_day_stands_for_all_time_since_then_where_somebody_says_since() -> None:
    assert [onward(code) for code in ("2026-09", "7d", "2026-09-01..2026-09-02")] == [
        "2026-09..",
        "7d",
        "2026-09-01..2026-09-02",
    ]


@pytest.mark.parametrize(
    ("every", "now", "code"),
    [
        ("weekly", "2026-11-25", "2026-11-16..2026-11-22"),
        ("weekly", "2026-11-23", "2026-11-16..2026-11-22"),
        ("weekly", "2026-11-22T23:59", "2026-11-09..2026-11-15"),
        ("monthly", "2026-11-25", "2026-10"),
        ("monthly", "2026-01-01", "2025-12"),
    ],
)
def test_what_was_over_last(every: str, now: str, code: str) -> None:
    assert over(every, at(now)) == code
    assert period(code, at(now)).until <= at(now)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (("report", ("last", "month", "csv")), ("last-month", "csv")),
        (("report", ("上個月", "html", "here")), ("last-month", "html", "here")),
        (("report", ("from", "2026-09-01", "to", "2026-09-30", "chart")), ("2026-09-01..2026-09-30", "chart")),
        (("incidents", ("open", "this", "week")), ("open", "this-week")),
        (("audit", ("2026-09",)), ("2026-09",)),
        (("report", ("1985-03-02",)), ("?",)),
        (("forgetme", ("today",)), ("?",)),
    ],
)
def test_of_what_was_typed_a_code_remains(typed: tuple[str, tuple[str, ...]], known: tuple[str, ...]) -> None:
    name, args = reduced(*typed)
    assert args == known
    assert reduced(name, args) == (name, args)
