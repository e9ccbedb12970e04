"""What a changed policy would have made of the log."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.judging.guard import Guard
from bot.message import Message, Part
from bot.reports.whatif import Change, render, replayed
from bot.store import Store
from bot.words import PartKind
from policies.policy import Policy
from policies.reload import together
from tests.fakes import marked_find
from tests.fakes.logbook import NOON, Clock
from tests.fakes.some_rules import rule

HKID, PHONE = rule(id="hkid"), rule(id="phone", types=["PHONE_NUMBER"], severity="medium")
CHANGES = [
    ([HKID, rule(id="phone", types=["PHONE_NUMBER"], min_audience=100)], Change.SILENT),
    ([HKID, rule(id="phone", types=["PHONE_NUMBER"], severity="medium", effects=["log"])], Change.UNTOLD),
    ([HKID, rule(id="phone", types=["PHONE_NUMBER"], severity="high")], Change.GRAVER),
    ([HKID, rule(id="phone", types=["PHONE_NUMBER"], severity="low")], Change.MILDER),
    ([HKID, rule(id="telephone", types=["PHONE_NUMBER"], severity="medium")], Change.RULES),
    ([HKID, PHONE], Change.SAME),
]


class Marks:
    """The marks of the policies' tests, as a detector."""

    slow = False
    find = staticmethod(marked_find.find)

    rules = every = find


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock())
    yield opened
    opened.close()


def said(text: str, id: str = "1", **fields: Any) -> Message:  # noqa: A002 - the message's word
    return Message("stub", "", "-100", id, "7", NOON, (Part(PartKind.TEXT, text),), audience=47, **fields)


async def judged(store: Store, *messages: Message, rules: tuple[Any, ...] = (HKID, PHONE)) -> None:
    await Guard(Marks(), together(Policy("office", "h", rules), {}), store, Clock(), {}).handle(messages)


@pytest.mark.parametrize(("rules", "change"), CHANGES)
async def test_what_changes_is_told_of_each_incident(store: Store, rules: list[Any], change: Change) -> None:
    await judged(store, said("{HKID}", "1"), said("{PHONE_NUMBER}", "2"))
    policy = Policy("next", "h", tuple(rules))
    first, second = sorted(replayed(store, policy, NOON, NOON + 1, None, 50), key=lambda one: one.incident.message)
    assert (first.change, second.change) == (Change.SAME, change)
    text = render("next", [first, second])
    assert (second.incident.id in text) == (change is not Change.SAME)
    assert "can't be known" in text


async def test_one_whom_nobody_told_may_be_told(store: Store) -> None:
    await judged(store, said("{HKID}"), rules=(rule(effects=["log"]),))
    (one,) = replayed(store, Policy("next", "h", (rule(),)), NOON, NOON + 1, None, 50)
    assert one.change is Change.TOLD


async def test_the_newest_leaking_revision_is_asked_about(store: Store) -> None:
    await judged(store, said("{HKID} {PHONE_NUMBER}"))
    await judged(store, said("{PHONE_NUMBER}", revision="5"))
    await judged(store, said("lunch", revision="6"))
    (one,) = replayed(store, Policy("next", "h", (HKID,)), NOON, NOON + 1, None, 50)
    assert one.change is Change.SILENT
    (one,) = replayed(
        store, Policy("next", "h", (rule(types=["PHONE_NUMBER"], edited=True),)), NOON, NOON + 1, None, 50
    )
    assert one.decision is not None
    assert one.decision.rules == ("r",)


async def test_more_findings_than_are_kept_are_unknown_and_it_says_why(store: Store) -> None:
    await judged(store, said("{HKID} {HKID}"))
    found = list(replayed(store, Policy("next", "h", (HKID,)), NOON, NOON + 1, None, 2))
    assert [one.change for one in found] == [Change.UNKNOWN]
    assert "more findings than are kept" in render("next", found)


async def test_one_chat_may_be_asked_for(store: Store) -> None:
    await judged(store, said("{HKID}"))
    assert not list(replayed(store, Policy("next", "h", (HKID,)), NOON, NOON + 1, "stub:-2", 50))
