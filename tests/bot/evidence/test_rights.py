"""A person's rights and the audit table: what is handed out, what goes, what stays and why, who can see it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.evidence import audit, person
from bot.store import BOT, Noted, Store
from bot.words import Act
from tests.bot.evidence.test_incidents import SENDER, answering, ask, one, told
from tests.fakes.log import NOON

DAY = 86_400.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", lambda: NOON)
    yield opened
    opened.close()


async def test_mydata_hands_out_all_that_is_held_and_nobody_elses(store: Store) -> None:
    incident = await one(store)
    await store.set_person("telegram", "", SENDER, language="zh")
    await store.commit([told("8", sender="502")])
    answer = await answering(store).answer(ask("mydata", "json", user=SENDER))
    assert answer.document
    held = json.loads(answer.document.content)
    assert [row["id"] for row in held["incidents"]] == [incident]
    assert held["settings"]["language"] == "zh"
    assert [send["kind"] for send in held["sends"]] == ["nudge"]
    assert [note["action"] for note in held["audit"]] == ["mydata"]
    assert "502" not in answer.document.content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_forgetme_says_first_and_acts_on_yes(store: Store, language: str) -> None:
    incident = await one(store)
    await store.expire(NOON + 8 * DAY)
    await store.commit([told("2")])
    await store.set_person("telegram", "", SENDER, language=language)
    commands = answering(store)

    before = await commands.answer(ask("forgetme", user=SENDER))
    assert "forgetme yes" in before.text
    assert "privacy@example.com" in before.text
    row = store.incident(incident)
    assert row
    assert row.sender == SENDER

    after = await commands.answer(ask("forgetme", "yes", user=SENDER, language=language))
    assert ("1 open incident" if language == "en" else "未完結事件1宗") in after.text
    row = store.incident(incident)
    assert row
    assert row.sender is None
    assert [row.message for row in store.incidents(0, 9e12, sender=SENDER)] == ["2"], "an open one stays theirs"
    assert store.person("telegram", "", SENDER).language == ""
    kept = [(send.kind, send.state) for send in store.sent_to("telegram", "", SENDER)]
    assert kept == [("nudge", "sent"), ("rewrite", "waiting")], "the open one is still to be told"
    notes = [row for row in store.audits() if row.action == Act.FORGET]
    assert [(row.user, row.detail.split()[0]) for row in notes] == [(SENDER, f"telegram:{SENDER}")]


async def test_nobody_can_forget_or_ask_for_somebody_else(store: Store) -> None:
    await one(store)
    await answering(store).answer(ask("forgetme", "yes", user="777"))
    assert [row.sender for row in store.incidents(0, 9e12)] == [SENDER]
    held = person.held(store, "telegram", "", "777")
    assert held["incidents"] == held["sends"] == []


async def test_the_audit_table_tells_looks_refusals_starts_and_crashes(store: Store) -> None:
    starts = [Noted(BOT, "", Act.START, NOON - age, "1.0") for age in (300, 200)]
    await store.commit([*starts, Noted(BOT, "", Act.PURGE, NOON - 100, "incident=3 remaining=0 wal=0")])
    commands = answering(store)
    await commands.answer(ask("report", user="777"))
    text = (await commands.answer(ask("audit"))).text
    lines = text.splitlines()
    assert "telegram:9 · audit" in lines[1]
    assert "telegram:777 · report · refused" in lines[2]
    assert "incident=3 remaining=0 wal=0" in lines[3]
    assert "had not been stopped" in lines[4]
    assert "had not been stopped" not in lines[5]


async def test_the_audit_table_can_be_had_as_a_file(store: Store) -> None:
    await store.audit("cli", "anna", Act.REPORT, "7d")
    answer = await answering(store).answer(ask("audit", "30d", "csv"))
    assert answer.document
    assert "cli,anna,report,7d,,True" in answer.document.content.decode("utf-8-sig")
    assert json.loads(audit.json(store.audits()))[0]["user"] == "anna"
