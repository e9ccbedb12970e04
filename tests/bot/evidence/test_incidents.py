"""Incidents one by one, in a chat: what admins see and do, what a stranger gets, what never stands there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.clocks import WallClock
from bot.config import Config
from bot.judging.asked import codes, harmless
from bot.message import Ask
from bot.names import GroupNames
from bot.send import Refused, Sent
from bot.store import Judged, Store
from bot.talk.commands import Commands
from bot.talk.language import Languages
from detectors.finding import Finding
from tests.bot.talk.test_commands import Judges, Titles, leak
from tests.fakes import marked_find
from tests.fakes.log import NOON
from tests.fakes.logbook import tried

ADMIN, STRANGER, SENDER = "9", "777", "501"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", lambda: NOON)
    yield opened
    opened.close()


def answering(store: Store, *, senders: bool = False) -> Commands:
    privacy = {"operator": "Example Ltd, HR", "contact": "privacy@example.com", "admins_see_senders": senders}
    chats = [{"chat": "telegram:-1", "name": "HR operations"}]
    given = {"privacy": privacy, "admins": {"telegram": [9]}, "policies": {"chats": chats}}
    config = Config.model_validate(given)
    platforms = {"telegram": Titles()}
    groups = GroupNames(marked_find.find, config.group_names(), platforms)
    return Commands(
        config, store, Judges(), Languages(config.language, store), groups, platforms, WallClock(lambda: NOON)
    )


def ask(name: str, *args: str, user: str = ADMIN, **changes: Any) -> Ask:
    return replace(Ask("telegram", "", user, "-1", name, args, NOON, "en"), **changes)


def told(message: str, **changes: Any) -> Judged:
    return leak(message, effects=frozenset({"nudge"}), wording=("hkid",), audience=47, **changes)


async def one(store: Store) -> str:
    """An incident whose nudge was refused on one rung and sent on the next."""
    await store.commit([told("1")])
    [row] = store.outbox()
    assert await store.sending(row, "dm", NOON)
    await store.settled(row.id, Refused("blocked"), NOON, last=False)
    again = store.outbox_row(row.id)
    assert again is not None
    await tried(store, again, Sent(), NOON, "ephemeral")
    return store.incidents(0, 9e12)[0].id


async def test_the_list_says_where_what_and_how_it_was_told_and_never_who(store: Store) -> None:
    incident = await one(store)
    text = (await answering(store).answer(ask("incidents"))).text
    assert "1 incident," in text
    for piece in (
        incident,
        "HR operations",
        "a Hong Kong ID card number × 1",
        "high",
        "47 readers",
        "sent (ephemeral)",
    ):
        assert piece in text
    assert SENDER not in text
    assert f"by {SENDER}" in (await answering(store, senders=True).answer(ask("incidents"))).text


async def test_the_list_can_be_narrowed(store: Store) -> None:
    await store.commit([told("1"), told("2", severity="low", ago=3 * 86_400.0), told("3", chat="-2")])
    commands = answering(store)

    async def count(*args: str) -> int:
        answer = await commands.answer(ask("incidents", *args, "json"))
        assert answer.document
        return len(json.loads(answer.document.content))

    assert await count() == 3
    assert await count("24h") == 2
    assert await count("low") == 1
    assert await count("high", "24h") == 2
    await store.expire(NOON + 8 * 86_400.0)
    assert await count("open") == 0


async def test_here_is_the_group_it_is_asked_in(store: Store) -> None:
    await store.set_chat("telegram", "", "-1")
    await store.commit([told("1"), told("2", chat="-2")])
    assert "1 incident," in (await answering(store).answer(ask("incidents", "here"))).text


async def test_one_incident_shows_every_rung_and_why_the_others_refused(store: Store) -> None:
    text = (await answering(store).answer(ask("incident", await one(store)))).text
    assert "HKID 0.95 (hkid)" in text
    assert "by dm: refused blocked" in text
    assert "by ephemeral: sent" in text
    assert SENDER not in text


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_admin_settles_reopens_and_numbers_it(store: Store, language: str) -> None:
    incident = await one(store)
    commands = answering(store)

    async def says(*args: str) -> str:
        return (await commands.answer(ask("incident", incident, *args, language=language))).text

    shown = await says("settle", "told")
    assert ("the person concerned was told" if language == "en" else "已告知當事人") in shown
    row = store.incident(incident)
    assert row
    assert (row.state, row.resolution, row.reason) == ("ended", "settled", "told")
    assert ("Nothing to change" if language == "en" else "沒有改動") in await says("settle", "gone")

    await says("reopen")
    assert store.counts().open == 1
    assert [send.state for send in store.sends_about(incident) if send.kind == "nudge"] == ["sent"], (
        "nobody is told anew"
    )

    assert "2026-031" in await says("case", "2026-031")
    done = [(row.user, row.action, row.detail) for row in store.audits(about=incident) if row.action != "incident"]
    assert done == [
        (ADMIN, "settle", "told"),
        (ADMIN, "settle", "gone"),
        (ADMIN, "reopen", ""),
        (ADMIN, "case", "2026-031"),
    ]


async def test_a_settled_incident_leaves_its_sender_a_word_that_it_is_over(store: Store) -> None:
    incident = await one(store)
    await answering(store).answer(ask("incident", incident, "settle", "gone"))
    assert [row.kind for row in store.outbox()] == ["nudge", "rewrite"]


@pytest.mark.parametrize("number", ["hkid:1", "A123456(3)", "two words", "x" * 25, "-1", "é1"])
async def test_a_case_number_is_letters_and_digits(store: Store, number: str) -> None:
    incident = await one(store)
    answer = await answering(store).answer(ask("incident", incident, "case", *number.split()))
    assert "Please ask like this" in answer.text
    row = store.incident(incident)
    assert row
    assert row.outside_case == ""
    assert number not in str(store.audits())


def test_a_case_number_in_which_the_detector_sees_something_is_not_even_a_code() -> None:
    name, args = codes("incident", ("aaaaaaaaaaaa", "case", "Y1759548"))
    assert args[2] == "y1759548"
    hkid = Finding("HKID", 0, 8, 0.6, "hkid", frozenset(), (), b"")
    assert harmless(name, args, lambda text: (hkid,) if text == "Y1759548" else ())[1] == ("aaaaaaaaaaaa", "case", "?")
    assert harmless(name, args, lambda _text: (replace(hkid, score=0.15),))[1] == args


async def test_a_cell_of_the_csv_holds_codes(store: Store) -> None:
    incident = await one(store)
    answer = await answering(store).answer(ask("incidents", "csv"))
    assert answer.document
    head, row = answer.document.content.decode("utf-8-sig").splitlines()
    shown = dict(zip(head.split(","), row.split(","), strict=True))
    assert (shown["id"], shown["types"], shown["told"], shown["rung"]) == (incident, "HKID=1", "sent", "ephemeral")
    assert shown["sender"] == ""


@pytest.mark.parametrize("user", [STRANGER, SENDER])
@pytest.mark.parametrize(
    "asked",
    [
        ("incidents",),
        ("incidents", "30d", "csv"),
        ("incident", "{id}"),
        ("incident", "{id}", "settle", "gone"),
        ("incident", "{id}", "reopen"),
        ("incident", "{id}", "case", "1"),
        ("incident", "bbbbbbbbbbbb"),
        ("audit",),
        ("audit", "30d", "json"),
    ],
)
async def test_a_stranger_gets_nothing_on_every_path(store: Store, asked: tuple[str, ...], user: str) -> None:
    incident = await one(store)
    before = store.incident(incident)
    answer = await answering(store).answer(ask(*[word.format(id=incident) for word in asked], user=user))
    assert "for the admins" in answer.text
    assert answer.document is None
    assert incident not in answer.text
    assert store.incident(incident) == before
    assert [(row.user, row.action, row.allowed) for row in store.audits()] == [(user, asked[0], False)]


async def test_what_is_no_incident_is_said_so(store: Store) -> None:
    assert "no incident" in (await answering(store).answer(ask("incident", "bbbbbbbbbbbb"))).text
    assert "Please ask" in (await answering(store).answer(ask("incident"))).text
    assert "Please ask" in (await answering(store).answer(ask("incident", await one(store), "settle"))).text
    assert "Please ask" in (await answering(store).answer(ask("incidents", "bogus"))).text
