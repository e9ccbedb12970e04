"""What senders wrote lately is remembered for a while, and nothing of it is stored."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.judging import lately
from bot.judging.guard import Guard
from bot.message import Deletion, Message, Part
from bot.store import Store
from bot.words import PartKind
from policies.policy import Policy
from policies.reload import together
from tests.fakes.judging import Marks
from tests.fakes.logbook import NOON, Clock
from tests.fakes.some_rules import rule

PIECES = rule(id="pieces", types=["HKID", "PHONE_NUMBER"], min_types=2, within="10 min", wording="gathered")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock(NOON + 5000))
    yield opened
    opened.close()


@pytest.fixture
def guard(store: Store) -> Guard:
    return Guard(Marks(), together(Policy("office", "h", (PIECES,)), {}), store, Clock(NOON + 5000), {})


def said(text: str, id: str, after: float = 0, sender: str | None = "7", revision: str = "") -> Message:  # noqa: A002 - the message's word
    parts = (Part(PartKind.TEXT, text),)
    return Message("stub", "", "-100", id, sender, NOON + after, parts, revision=revision)


def leaked(store: Store) -> dict[str, int]:
    """The messages with an incident, and how many others each completed a picture with."""
    return {row.message: row.gathered for row in store.incidents(0, NOON + 9999)}


async def test_the_message_that_completes_the_picture_is_the_incident_and_counts_the_others(
    guard: Guard, store: Store
) -> None:
    await guard.handle([said("tel:1", "1"), said("lunch?", "2", 5), said("hkid:1", "3", 10)])
    assert leaked(store) == {"3": 1}
    (row,) = store.incidents(0, NOON + 9999)
    assert row.types == {"HKID": 1}
    assert b"tel" not in json.dumps([row.types, [found.type for found in store.findings(row.id)]]).encode()


async def test_other_senders_later_times_and_nobody_complete_nothing(guard: Guard, store: Store) -> None:
    await guard.handle([said("tel:1", "1"), said("hkid:1", "2", sender="8"), said("hkid:1", "3", 601)])
    await guard.handle([said("tel:1", "4", sender=None), said("hkid:1", "5", sender=None)])
    assert leaked(store) == {}


async def test_what_was_edited_or_deleted_counts_as_it_stands(guard: Guard, store: Store) -> None:
    await guard.handle([said("tel:1", "1"), said("clean now", "1", revision="5"), said("hkid:1", "2", 10)])
    await guard.handle([said("tel:1", "3", sender="8"), Deletion("stub", "", "-100", "3", NOON)])
    await guard.handle([said("hkid:1", "4", 20, sender="8")])
    assert leaked(store) == {}
    await guard.handle([said("tel:9", "1", revision="6"), said("hkid:1", "5", 30)])
    assert set(leaked(store)) == {"1"}, "the edit completed it, and once is enough"


async def test_it_is_bounded_and_kept_only_where_a_rule_looks_back(
    guard: Guard, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lately, "SENDERS", 2)
    monkeypatch.setattr(lately, "MOST", 3)
    memory = guard._lately._said
    await guard.handle([said("tel:1", str(number), number, sender=f"s{number // 10}") for number in range(40)])
    assert (len(memory), {len(kept) for kept in memory.values()}) == (2, {3})
    other = Guard(Marks(), together(Policy("p", "h", (rule(id="hkid"),)), {}), store, Clock(), {})
    await other.handle([said("tel:1", "1")])
    assert not other._lately._said


async def test_a_bot_that_starts_anew_has_forgotten_it(guard: Guard, store: Store) -> None:
    await guard.handle([said("tel:1", "1")])
    anew = Guard(Marks(), together(Policy("office", "h", (PIECES,)), {}), store, Clock(NOON + 5000), {})
    await anew.handle([said("hkid:1", "2", 10)])
    assert leaked(store) == {}
    assert "tel" not in repr(guard._lately._said)
