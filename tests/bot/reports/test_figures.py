"""Counting: what a report says of the log."""

from dataclasses import replace

import pytest

from bot.misuse import InputError
from bot.names import GroupNames
from bot.reports import Figures, gather, period, render
from bot.reports.figures import EndingFigure, GroupFigure, RuleFigure, TypeFigure
from bot.store import AttemptRow, IncidentRow, PoisonRow
from bot.words import Resolution, Result, SendKind, SendState
from tests.fakes import marked_find
from tests.fakes.log import INCIDENT, NOON, NUDGE, MemoryLog, ended

WEEK = 7 * 86400.0


def figures(*incidents: IncidentRow, chat: str | None = None) -> Figures:
    return gather(MemoryLog(incidents), NOON - WEEK, NOON + 1, chat)


def many(number: int, chat: str, platform: str = "telegram") -> list[IncidentRow]:
    return [
        replace(INCIDENT, id=f"{platform}{chat}{n}", message=str(n), chat=chat, platform=platform)
        for n in range(number)
    ]


def test_an_empty_log_gives_empty_figures() -> None:
    empty = figures()
    assert (empty.incidents, empty.rules, empty.types, empty.endings, empty.groups) == (0, (), (), (), ())
    assert (empty.clean_up_minutes, empty.nudge_seconds) == (None, None)


def test_only_the_period_is_counted_and_the_one_before_is_the_trend() -> None:
    before = replace(INCIDENT, posted_at=NOON - WEEK - 1)
    long_ago = replace(INCIDENT, posted_at=NOON - 3 * WEEK)
    counted = figures(INCIDENT, before, before, long_ago)
    assert (counted.incidents, counted.previous) == (1, 2)


def test_rules_come_with_the_share_that_people_called_wrong() -> None:
    wrong = ended(INCIDENT, Resolution.FALSE_ALARM, 1, rules=("phone",))
    counted = figures(INCIDENT, wrong, replace(INCIDENT, rules=("phone", "hkid")), replace(INCIDENT, rules=("phone",)))
    assert counted.rules == (RuleFigure("phone", 3, 1, 0.333), RuleFigure("hkid", 2, 0, 0.0))


def test_types_count_incidents_and_distinct_values() -> None:
    counted = figures(INCIDENT, replace(INCIDENT, types={"HKID": 12, "PERSON": 3}))
    assert counted.types == (TypeFigure("HKID", 2, 13), TypeFigure("PERSON", 1, 3))


def test_endings_come_with_the_median_minutes_and_open_ones_last() -> None:
    quick, slow, odd = (ended(INCIDENT, Resolution.EDITED, minutes) for minutes in (2, 4, 60))
    counted = figures(INCIDENT, quick, slow, odd, ended(INCIDENT, Resolution.REASON, 7))
    assert counted.endings == (
        EndingFigure("edited", 3, 4),
        EndingFigure("reason", 1, 7),
        EndingFigure("open", 1, None),
    )
    assert counted.clean_up_minutes == 4


def test_severities_go_from_grave_to_mild() -> None:
    counted = figures(*(replace(INCIDENT, severity=severity) for severity in ("low", "critical", "high", "low")))
    assert counted.severities == (("critical", 1), ("high", 1), ("low", 2))


def test_a_policy_on_trial_is_counted_apart() -> None:
    counted = figures(INCIDENT, replace(INCIDENT, mode="simulate", sender=None))
    assert (counted.incidents, counted.simulated) == (1, 1)


def test_groups_with_fewer_than_five_incidents_are_shown_together() -> None:
    counted = figures(*many(5, chat="-1001"), *many(4, chat="-1002"), *many(2, chat="-1003"))
    assert counted.groups == (GroupFigure("telegram:-1001", "", 5, 5), GroupFigure("smaller groups", "", 6, 6))
    assert counted.addresses == ("telegram:-1001",)


def test_a_single_group_is_shown_however_small_and_nothing_of_the_others() -> None:
    counted = figures(*many(5, chat="-1001"), *many(2, chat="-1003"), chat="telegram:-1003")
    assert counted.groups == (GroupFigure("telegram:-1003", "", 2, 2),)
    assert counted.incidents == 2


def test_the_same_chat_id_on_another_platform_is_another_group() -> None:
    counted = figures(*many(2, chat="C1"), *many(3, chat="C1", platform="slack"), chat="slack:C1")
    assert counted.incidents == 3


def test_nudges_are_counted_by_what_became_of_them() -> None:
    states = ("sent", "sent", "sending", "repeated", "unreachable", "refused", "cancelled", "waiting")
    sends = [replace(NUDGE, id=number, state=SendState(state)) for number, state in enumerate(states)]
    other_kind = replace(NUDGE, id=99, kind=SendKind.ALERT)
    counted = gather(MemoryLog([INCIDENT], [*sends, other_kind]), NOON - WEEK, NOON + 1)
    assert dict(counted.nudges) == {
        "sent": 2,
        "waiting": 2,
        "unreachable": 1,
        "repeated": 1,
        "refused": 1,
        "cancelled": 1,
    }


def test_time_to_nudge_runs_from_posting_to_arrival() -> None:
    failed = AttemptRow(1, "dm", NOON + 1, NOON + 2, Result.LATER, "429")
    arrived = AttemptRow(1, "dm", NOON + 3, NOON + 3.5, Result.SENT, "")
    counted = gather(MemoryLog([INCIDENT], [NUDGE], [failed, arrived]), NOON - WEEK, NOON + 1)
    assert counted.nudge_seconds == 3.5


def test_what_was_set_aside_in_the_period_is_counted() -> None:
    aside = PoisonRow("telegram", "1/2", 3, "ValueError", NOON, aside=True)
    rows = [aside, replace(aside, aside=False), replace(aside, at=NOON - 2 * WEEK)]
    assert gather(MemoryLog(all_poison=rows), NOON - WEEK, NOON + 1).set_aside == 1


def test_alerts_that_an_admin_never_got_are_counted_and_said() -> None:
    alert = replace(NUDGE, kind=SendKind.ALERT, state=SendState.REFUSED)
    sends = [alert, replace(alert, state=SendState.UNREACHABLE), replace(alert, state=SendState.SENT), NUDGE]
    log = MemoryLog([INCIDENT], [*sends, replace(alert, created_at=NOON - 2 * WEEK)])
    assert gather(log, NOON - WEEK, NOON + 1).lost_alerts == 2
    text = render(log, "text", NOON - WEEK, NOON + 1, groups=GroupNames(marked_find.find, {}))
    assert "Alerts that an admin never got (on Telegram: press Start once): 2" in text.splitlines()


@pytest.mark.parametrize(("words", "seconds"), [("24h", 86400), ("7d", WEEK), ("30d", 30 * 86400), ("1h", 3600)])
def test_periods_are_hours_or_days(words: str, seconds: float) -> None:
    assert period(words) == seconds


@pytest.mark.parametrize("words", ["", "7", "d", "0d", "-7d", "7w", "7 d", "9999d", "七d", "٧d", "7d7d"])
def test_other_periods_are_refused_with_the_cure(words: str) -> None:
    with pytest.raises(InputError, match="write 24h, 7d or 30d"):
        period(words)
