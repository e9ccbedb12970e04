"""Counting: what a report says of the log."""

from dataclasses import replace

import pytest

from bot.names import GroupNames
from bot.reports import FORMATS, Figures, figures_of, gather, render
from bot.reports.figures import EndingFigure, GroupFigure, RuleFigure, TypeFigure
from bot.store import AttemptRow, IncidentRow, OutboxRow, PoisonRow
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


def test_the_period_before_is_compared_by_difference_and_share() -> None:
    before = [
        replace(ended(INCIDENT, Resolution.EDITED, minutes), posted_at=NOON - WEEK - 60) for minutes in (1, 3, 2000)
    ]
    compared = figures(INCIDENT, *before, replace(INCIDENT, posted_at=NOON - WEEK - 60)).before
    assert (compared.incidents, compared.difference, compared.share) == (4, -3, -0.75)
    assert (compared.cleaned_soon, compared.cleaned_in_a_day, compared.clean_up_minutes) == (0.5, 0.5, 3)
    assert figures(INCIDENT).before.share is None


def test_another_period_to_compare_with_can_be_named() -> None:
    long_ago = replace(INCIDENT, posted_at=NOON - 10 * WEEK)
    log = MemoryLog([INCIDENT, long_ago])
    compared = gather(log, NOON - WEEK, NOON + 1, None, (NOON - 11 * WEEK, NOON - 9 * WEEK))
    assert (compared.previous, compared.before.since) == (1, NOON - 11 * WEEK)


@pytest.mark.parametrize(
    ("days", "step", "count", "begins"),
    [
        (1, "hour", 25, "2023-11-14T06:00"),  # NOON is 06:13 of the next day in Hong Kong
        (7, "day", 8, "2023-11-08T00:00"),
        (90, "week", 14, "2023-08-14T00:00"),
        (800, "month", 27, "2021-09-01T00:00"),
    ],
)
def test_time_is_counted_in_steps_that_fit_and_empty_ones_are_there(
    days: int, step: str, count: int, begins: str
) -> None:
    counted = gather(MemoryLog([INCIDENT, INCIDENT]), NOON - days * 86400, NOON + 1)
    assert (counted.step, len(counted.over_time), counted.over_time[0].begins) == (step, count, begins)
    assert [one.incidents for one in counted.over_time][-1] == 2
    assert sum(one.incidents for one in counted.over_time) == counted.incidents


@pytest.mark.parametrize(
    ("days", "lacking"), [(None, ""), (15, ""), (13, "purged_before"), (8, "purged_before"), (6, "purged")]
)
def test_what_is_deleted_already_is_not_called_none(days: int | None, lacking: str) -> None:
    complete = None if days is None else NOON - days * 86400
    counted = figures_of(
        MemoryLog([INCIDENT]),
        NOON - WEEK,
        NOON,
        groups=GroupNames(marked_find.find, {}),
        complete_since=complete,
    )
    assert counted.lacking == lacking
    said = FORMATS["text"](counted, "en"), FORMATS["html"](counted, "en")
    assert all(("as the retention says" in text) == bool(lacking) for text in said)


def test_who_did_it_again_is_a_share_and_none_of_a_few() -> None:
    five = [replace(INCIDENT, sender=str(number)) for number in range(5)]
    assert figures(*five, five[0], five[0], replace(INCIDENT, sender=None)).repeat_rate == 0.2
    assert figures(*five[:4], five[0]).repeat_rate is None


def test_what_nobody_got_is_counted_by_what_the_first_rung_said() -> None:
    sends = [replace(NUDGE, id=number, state=SendState.UNREACHABLE) for number in (1, 2, 3)]
    tries = [
        AttemptRow(1, "dm", NOON, NOON, Result.REFUSED, "not_started"),
        AttemptRow(1, "ephemeral", NOON, NOON, Result.REFUSED, "not_open"),
        AttemptRow(2, "dm", NOON, NOON, Result.LATER, "flood"),
        AttemptRow(2, "dm", NOON, NOON, Result.REFUSED, "not_started"),
    ]
    counted = gather(MemoryLog([INCIDENT], [*sends, NUDGE], tries), NOON - WEEK, NOON + 1)
    assert counted.undelivered == (("not_started", 2), ("", 1))


def spoken(*sentences: tuple[str, int, int]) -> Figures:
    """So many nudges that began with a sentence, and how many of their messages were cleaned up."""
    incidents: list[IncidentRow] = []
    sends: list[OutboxRow] = []
    tries: list[AttemptRow] = []
    for variant, nudges, cleaned in sentences:
        for number in range(nudges):
            name, row = f"{variant}{number}", len(sends) + 1
            made = replace(INCIDENT, id=name)
            incidents.append(ended(made, Resolution.EDITED, 1) if number < cleaned else made)
            sends.append(replace(NUDGE, id=row, incidents=(name,), variant=variant))
            tries.append(AttemptRow(row, "dm", NOON, NOON, Result.SENT, ""))
    return gather(MemoryLog(incidents, sends, tries), NOON - WEEK, NOON + 1)


def test_which_sentence_works_is_said_from_thirty_of_each_on() -> None:
    few = spoken(("en.hkid.1", 30, 30), ("en.hkid.2", 29, 0))
    assert [(one.nudges, one.cleaned, one.best) for one in few.variants] == [(30, None, False), (29, None, False)]
    [first, second] = spoken(("en.hkid.1", 30, 24), ("en.hkid.2", 30, 12)).variants
    assert (first.language, first.wording, first.variant, first.cleaned, first.best) == ("en", "hkid", 1, 0.8, True)
    assert (second.cleaned, second.best) == (0.4, False)


def test_a_difference_that_may_be_chance_makes_no_sentence_the_best() -> None:
    assert not any(one.best for one in spoken(("en.hkid.1", 40, 24), ("en.hkid.2", 40, 20)).variants)


def test_sentences_compare_within_their_language_and_key() -> None:
    counted = spoken(("en.hkid.1", 30, 30), ("zh.hkid.2", 30, 3), ("en.phone.1", 30, 3))
    assert counted.variants == ()
