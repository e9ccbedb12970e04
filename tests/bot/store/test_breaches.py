"""Breaches in the database: their incidents stay, who did what is noted, people are reminded through the outbox."""

from dataclasses import replace

import pytest

from bot.breach import DAY, HOUR
from bot.store import AlertBody, BreachChange, BreachRow, Store
from bot.words import Act, AlertCode, BreachEnding, BreachStep, PressCode, Resolution, SendKind
from tests.fakes.logbook import NOON, clean, leak

BY = ("cli", "anna")
PEOPLE = {"stub": ("1", "2"), "slack": ("U9",)}


def opening(*incidents: str, deadline: float | None = 72 * HOUR) -> BreachChange:
    return BreachChange(Act.BREACH_OPEN, NOON, *BY, incidents=incidents, deadline=deadline, people=PEOPLE)


def change(act: Act, *codes: str, at: float = NOON) -> BreachChange:
    return BreachChange(act, at, *BY, 1, codes=codes)


async def logged(store: Store, *messages: str) -> list[str]:
    await store.commit([leak(message, at=NOON + number) for number, message in enumerate(messages)])
    return [row.id for row in store.incidents(0, 9e12)]


def first(store: Store) -> BreachRow:
    row = store.breach(1)
    assert row is not None
    return row


def reminders(store: Store) -> list[tuple[str, str]]:
    rows = store.outbox(kind=SendKind.ALERT)
    return [(row.platform, row.recipient) for row in rows if row.body == AlertBody(AlertCode.BREACH, detail="B1")]


async def test_incidents_become_one_case_with_a_clock_and_people_are_told(store: Store) -> None:
    ids = await logged(store, "1", "2")
    assert await store.commit([opening(*ids)]) == (PressCode.THANKS,)
    row = first(store)
    assert (row.incidents, row.aware_at, row.due_at, row.closed_at) == (tuple(ids), NOON, NOON + 72 * HOUR, None)
    assert (row.figures.incidents, row.figures.types, row.figures.endings) == (2, {"HKID": 2}, {"open": 2})
    assert reminders(store) == [("stub", "1"), ("stub", "2"), ("slack", "U9")]
    assert store.breach_of(ids[0]) == row
    assert [(note.action, note.detail) for note in store.audits(about=ids[0])] == [("breach_open", "B1")]
    assert [note.action for note in store.audits(about="B1")] == ["breach_open"]


async def test_who_opened_it_is_not_told_of_it(store: Store) -> None:
    ids = await logged(store, "1")
    await store.commit([replace(opening(*ids), platform="stub", user="2")])
    assert reminders(store) == [("stub", "1"), ("slack", "U9")]


async def test_an_incident_is_in_one_open_case_and_unknown_ones_are_in_none(store: Store) -> None:
    ids = await logged(store, "1", "2")
    assert await store.commit([opening(ids[0], "aaaaaaaaaaaa")]) == (PressCode.UNKNOWN,)
    assert await store.commit([opening()]) == (PressCode.UNKNOWN,)
    assert store.breaches() == ()
    await store.commit([opening(ids[0])])
    assert await store.commit([opening(*ids)]) == (PressCode.STALE,)
    add = BreachChange(Act.BREACH_ADD, NOON, *BY, 1, incidents=(ids[1],))
    assert await store.commit([add, add]) == (PressCode.THANKS, PressCode.STALE)
    assert first(store).incidents == tuple(ids)
    assert [edition.figures.incidents for edition in first(store).editions] == [1, 2]


async def test_the_checklist_says_who_did_what_and_when(store: Store) -> None:
    await store.commit([opening(*await logged(store, "1"))])
    tick = change(Act.BREACH_TICK, BreachStep.TELL, BreachStep.CONTAIN, at=NOON + 5)
    assert await store.commit([tick, tick]) == (PressCode.THANKS, PressCode.STALE)
    assert [(one.step, one.at, one.platform, one.user) for one in first(store).steps] == [
        ("tell", NOON + 5, *BY),
        ("contain", NOON + 5, *BY),
    ]
    untick = change(Act.BREACH_UNTICK, BreachStep.TELL)
    assert await store.commit([untick, untick]) == (PressCode.THANKS, PressCode.STALE)
    assert first(store).ticked == {BreachStep.CONTAIN}


async def test_reminders_go_by_the_clock_and_cease_when_it_is_closed(store: Store) -> None:
    await store.commit([opening(*await logged(store, "1"))])
    for row in store.outbox(kind=SendKind.ALERT):
        await store.sending(row, "dm", NOON)
    assert await store.remind_of_breaches(NOON + 24 * HOUR - 1, PEOPLE) == 0
    assert await store.remind_of_breaches(NOON + 24 * HOUR, PEOPLE) == 1
    assert await store.remind_of_breaches(NOON + 24 * HOUR, PEOPLE) == 0
    assert len(reminders(store)) == 6
    await store.commit([change(Act.BREACH_CLOSE, BreachEnding.TOLD, at=NOON + 25 * HOUR)])
    assert await store.remind_of_breaches(NOON + 1000 * HOUR, PEOPLE) == 0


async def test_the_incidents_of_an_open_case_are_not_purged_whatever_their_time(store: Store) -> None:
    kept, gone = await logged(store, "1", "2")
    await store.commit([opening(kept)])
    await store.expire(NOON + 8 * DAY)
    purged = await store.purge(NOON + 90 * DAY, NOON + 180 * DAY, {"high": NOON + 150 * DAY})
    assert (purged.counts["incident"], purged.remaining) == (1, 0)
    assert store.incident(gone) is None
    assert store.incident(kept) is not None
    assert store.findings(kept) != ()

    await store.commit([change(Act.BREACH_CLOSE, BreachEnding.UNLIKELY, at=NOON + 180 * DAY)])
    assert (await store.purge(NOON + 91 * DAY, NOON + 181 * DAY)).counts["incident"] == 1
    row = first(store)
    assert (row.incidents, row.ending, row.figures.incidents) == ((), "unlikely", 1), "its figures stay"
    assert row.figures.endings == {"expired": 1}

    assert (await store.purge(NOON, NOON + 600 * DAY)).counts["breach"] == 1
    assert store.breaches() == ()


async def test_a_later_edition_has_the_figures_of_its_time(store: Store) -> None:
    await store.commit([opening(*await logged(store, "1"))])
    await store.commit([clean("1", at=NOON + 60), change(Act.BREACH_EDITION, at=NOON + 90)])
    editions = first(store).editions
    assert [(one.number, one.at, one.figures.endings) for one in editions] == [
        (1, NOON, {"open": 1}),
        (2, NOON + 90, {Resolution.EDITED: 1}),
    ]


async def test_what_is_closed_can_only_be_opened_again(store: Store) -> None:
    ids = await logged(store, "1")
    await store.commit([opening(*ids)])
    assert await store.commit([change(Act.BREACH_REOPEN)]) == (PressCode.STALE,)
    await store.commit([change(Act.BREACH_CLOSE, BreachEnding.NONE)])
    tick = change(Act.BREACH_TICK, BreachStep.TELL)
    assert await store.commit([tick]) == (PressCode.STALE,)
    await store.commit([opening(*ids)])
    assert await store.commit([change(Act.BREACH_REOPEN)]) == (PressCode.STALE,), "its incident is in another one now"
    await store.commit([replace(change(Act.BREACH_CLOSE, BreachEnding.NONE), breach=2)])
    assert await store.commit([change(Act.BREACH_REOPEN), tick]) == (PressCode.THANKS, PressCode.THANKS)
    assert first(store).remind_at is not None


@pytest.mark.parametrize("act", [Act.BREACH_ADD, Act.BREACH_CLOSE, Act.BREACH_EDITION])
async def test_there_is_nothing_to_do_about_a_case_that_is_not_there(store: Store, act: Act) -> None:
    assert await store.commit([change(act, "told")]) == (PressCode.UNKNOWN,)
    assert store.audits() == ()
