"""How a breach is called, and when people are reminded of it."""

import pytest

from bot.breach import AFTERWARDS, DAY, HOUR, called, next_reminder, number

AWARE = 1_800_000_000.0
DUE = AWARE + 72 * HOUR


@pytest.mark.parametrize(("written", "found"), [("B1", 1), ("b12", 12), ("B0", None), ("B01", None), ("1", None)])
def test_a_breach_is_called_by_a_letter_and_its_number(written: str, found: int | None) -> None:
    assert number(written) == found


def test_its_name_leads_back_to_its_number() -> None:
    assert number(called(31)) == 31


def test_reminders_come_closer_together_towards_the_deadline_and_each_day_after_it() -> None:
    times, now = [], AWARE
    for _ in range(8):
        now = next_reminder(AWARE, DUE, now, notified=False)
        times.append((now - AWARE) / HOUR)
    assert times == [24, 48, 66, 71, 72, 96, 120, 144]


def test_without_a_deadline_there_is_one_each_day_since_it_was_known() -> None:
    assert next_reminder(AWARE, None, AWARE, notified=False) == AWARE + DAY
    assert next_reminder(AWARE, None, AWARE + 30 * HOUR, notified=False) == AWARE + 2 * DAY


def test_what_was_notified_is_recalled_each_week_until_it_is_closed() -> None:
    assert next_reminder(AWARE, DUE, AWARE + HOUR, notified=True) == AWARE + HOUR + AFTERWARDS
