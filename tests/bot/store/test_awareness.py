"""Samples, greetings and answers of the refresher: once each, and nobody's name where none is needed."""

from dataclasses import replace

import pytest

from bot.message import Joined, Press
from bot.store import Checked, Sampled, Store
from bot.words import Act, Action, AlertCode, NoticeCode, PressCode, SendKind
from tests.fakes.bodies import code_of
from tests.fakes.logbook import NOON, leak

ADMINS = {"stub": ("1", "2")}


async def incidents(store: Store, *messages: str) -> tuple[str, ...]:
    await store.commit([leak(message, sender=f"9{message}") for message in messages])
    return tuple(row.id for row in store.incidents(0, NOON + 1))


async def test_admins_are_asked_about_each_incident_once(store: Store) -> None:
    drawn = await incidents(store, "1", "2")
    await store.commit([Sampled(drawn, NOON, ADMINS)])
    await store.commit([Sampled(drawn, NOON + 9, ADMINS)])
    asked = [row for row in store.outbox(kind=SendKind.ALERT) if code_of(row) == AlertCode.SAMPLE]
    assert sorted((row.recipient, row.incidents) for row in asked) == sorted(
        (admin, (incident,)) for admin in ADMINS["stub"] for incident in drawn
    )


async def test_the_first_answer_counts_and_the_audit_keeps_whose(store: Store) -> None:
    (one,) = await incidents(store, "1")
    yes = Checked(one, right=True, at=NOON, platform="stub", user="1")
    assert await store.commit([yes]) == (PressCode.UNKNOWN,)
    await store.commit([Sampled((one,), NOON, ADMINS)])
    assert store.samples(0, NOON + 1) == ()
    assert await store.commit([yes]) == (PressCode.THANKS,)
    assert await store.commit([replace(yes, right=False, user="2")]) == (PressCode.STALE,)
    assert [(row.rules, row.right) for row in store.samples(0, NOON + 1)] == [(("hkid",), True)]
    assert [(row.user, row.action, row.about) for row in store.audits()] == [("1", Act.CHECK, one)]


async def test_what_is_drawn_was_to_be_told_and_was_not_drawn_before(store: Store) -> None:
    await store.commit([leak("1"), leak("2", mode="simulate"), leak("3", wording=(), effects=frozenset({"log"}))])
    await store.commit([leak("4", platform="other"), leak("5", posted_at=NOON - 9)])
    told = store.incident_at("stub", "", "-100", "1")
    assert told is not None
    assert store.drawn(NOON, NOON + 1, 5, ["stub"]) == (told.id,)
    assert store.drawn(NOON, NOON + 1, 0, ["stub"]) == ()
    await store.commit([Sampled((told.id,), NOON, ADMINS)])
    assert store.drawn(NOON, NOON + 1, 5, ["stub"]) == ()


async def test_a_sample_goes_with_its_incident(store: Store) -> None:
    (one,) = await incidents(store, "1")
    await store.commit([Sampled((one,), NOON, ADMINS), Checked(one, True, NOON, "stub", "1")])
    await store.expire(NOON + 30 * 86_400)
    await store.purge(NOON + 31 * 86_400, NOON + 31 * 86_400)
    assert store.incident(one) is None
    assert store.samples(0, NOON + 1) == ()


async def test_somebody_who_joins_is_greeted_once(store: Store) -> None:
    joins = Joined("stub", "", "-100", "7", NOON, "zh-hk")
    await store.commit([joins, joins])
    await store.commit([replace(joins, chat="-200", at=NOON + 99)])
    (greeting,) = store.outbox()
    assert (greeting.kind, greeting.recipient, code_of(greeting)) == (SendKind.NOTICE, "7", NoticeCode.WELCOME)


@pytest.mark.parametrize("choice", ["", "2026", "2026_6_0", "1999_1_0", "2026_1_9", "'; --"])
async def test_a_forged_answer_counts_for_nothing(choice: str, store: Store) -> None:
    press = Press("stub", "", "7", "", Action.KEEP, NOON, choice)
    assert await store.commit([press]) == (PressCode.REFUSED,)
    assert store.refreshed(2026) == {}


async def test_answers_are_counted_and_nobodys(store: Store) -> None:
    press = Press("stub", "", "7", "", Action.KEEP, NOON, "2026_1_0")
    assert await store.commit([press, replace(press, user="8"), replace(press, action=Action.POST)]) == (
        (PressCode.THANKS,) * 3
    )
    assert store.refreshed(2026) == {(1, "keep"): 2, (1, "post"): 1}
    assert store.outbox() == ()
    assert store.audits() == ()
