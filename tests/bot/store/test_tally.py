"""What the store counts for reports is what somebody would count who takes row by row."""

import random
from typing import Any

import pytest

from bot.incident import LIFETIME
from bot.message import ChatChange, Deletion, Press
from bot.reports import gather
from bot.send import Refused, Sent, Unknown
from bot.store import Alert, Store
from bot.words import Action, AlertCode, ChatState, SendKind, SendState
from tests.fakes.log import MemoryLog
from tests.fakes.logbook import HOUR, NOON, clean, leak

KINDS: tuple[dict[str, Any], ...] = (
    {"rules": ("hkid",), "severity": "critical", "types": {"HKID": 1}, "protects": ("DPP3",)},
    {"rules": ("phone", "hkid"), "severity": "high", "types": {"HKID": 2, "PHONE_NUMBER": 3}},
    {"rules": ("phone",), "severity": "low", "types": {"PHONE_NUMBER": 1}, "protects": ("DPP4", "DPP3")},
    {"rules": ("phone",), "severity": "low", "mode": "simulate", "sender": None},
    {"rules": ("names",), "severity": "medium", "sender": None},
)
OUTCOMES = (Sent(), Sent(), Sent(), Refused("blocked"), Unknown("timeout"))
PRESSES = ((Action.REMOVED, ""), (Action.REASON, ""), (Action.FALSE_ALARM, ""))


async def write(store: Store, dice: random.Random, count: int = 70) -> None:
    """A history of leaks in a few chats on two platforms, and of what became of them."""
    for number in range(count):
        at = NOON + number * HOUR / 4
        where = {"platform": dice.choice(("stub", "stub", "other")), "chat": f"-{dice.randrange(6)}"}
        where["sender"] = str(dice.randrange(9))
        message = leak(str(number), at=at, posted_at=at - dice.random(), **{**where, **dice.choice(KINDS)})
        await store.commit([message])
        await deliver(store, dice, at)
        await end(store, dice, at + 1)
    await store.commit([Alert("stub", AlertCode.POLICY, NOON, ("1",), chat="-1")])
    await store.commit([ChatChange("stub", "", "-2", ChatState.MOVED, NOON + 1, to="-77")])
    for number in range(6):
        await store.stumble("stub", f"{number % 2}/1", "ValueError")
    await store.expire(NOON + LIFETIME + 5 * HOUR)


async def deliver(store: Store, dice: random.Random, at: float) -> None:
    for platform in ("stub", "other"):
        for recipient in store.due(platform, at):
            row = store.next_for(platform, recipient, at)
            variant = f"en.hkid.{dice.randint(1, 3)}" if row and row.kind is SendKind.NUDGE else ""
            if row is not None and await store.sending(row, "dm", at + 0.1, variant):
                await store.settled(row.id, dice.choice(OUTCOMES), at + 0.1 + dice.random())


async def end(store: Store, dice: random.Random, at: float) -> None:
    """Now and then a message is removed, cleaned or answered for."""
    known = dice.choice(store.incidents(0, at))
    place = (known.platform, known.workspace, known.chat)
    match dice.randrange(6):
        case 0:
            await store.commit([Deletion(*place, known.message, at)])
        case 1:
            cleaned = {"platform": known.platform, "chat": known.chat, "revision": str(int(at))}
            await store.commit([clean(known.message, at=at, **cleaned)])
        case 2 | 3 if known.sender:
            action, choice = dice.choice(PRESSES)
            press = Press(known.platform, known.workspace, known.sender, known.id, action, at, choice)
            await store.commit([press])


def as_rows(store: Store) -> MemoryLog:
    """All of it, row by row."""
    everything = store.incidents(0, 1e12)
    return MemoryLog(everything, store.outbox(), store.attempts(), store.poison())


@pytest.mark.parametrize("seed", range(2))
async def test_counting_in_sql_says_what_counting_rows_says(store: Store, seed: int) -> None:
    await write(store, random.Random(seed))  # noqa: S311 - the same history each time
    rows = as_rows(store)
    assert {row.state for row in rows.all_sends} > {SendState.SENT, SendState.UNREACHABLE, SendState.CANCELLED}
    assert {row.kind for row in rows.all_sends} > {SendKind.NUDGE, SendKind.ALERT}

    whole = gather(store, NOON, NOON + LIFETIME)
    assert (whole.incidents > 40, len(whole.endings) > 5, whole.set_aside) == (True, True, 2)
    assert whole.nudge_seconds
    assert (len(whole.variants), bool(whole.repeat_rate), dict(whole.undelivered)["blocked"] > 0) == (3, True, True)
    for chat in (None, "stub:-1", "stub:-77", "other:-1", "stub:-99"):
        for since, until in ((NOON, NOON + LIFETIME), (NOON + 9 * HOUR, NOON + 20 * HOUR), (0.0, 1.0), (0.0, 9e9)):
            for before in (None, (NOON, NOON + 5 * HOUR)):
                counted, plain = (gather(log, since, until, chat, before) for log in (store, rows))
                assert counted == plain, (chat, since)


async def test_a_tally_is_of_one_moment(store: Store) -> None:
    await store.commit([leak("1"), leak("2", chat="-200")])
    with store._still():
        before = store.alike(0, 1e12)
        await store.commit([leak("3")])
        assert store.alike(0, 1e12) == before
    assert sum(some.count for some in store.alike(0, 1e12)) == 3


async def test_a_report_asks_as_few_questions_of_many_incidents_as_of_few(store: Store) -> None:
    """What comes back is counted, so that no row an incident is ever made of it."""
    await store.commit([leak(str(number), sender=str(number)) for number in range(40)])
    assert [some.count for some in store.alike(0, 1e12)] == [40]
    assert store.tally(0, 1e12).chats == (("stub", "-100", 40, 40),)
