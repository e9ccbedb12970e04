"""Sweeps and the incident log: each message once, whoever found it; nobody is told; reports count them apart."""

import asyncio
import json
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from bot.judging.guard import Guard
from bot.message import Message, Part
from bot.misuse import InputError
from bot.reports import gather
from bot.reports.text import render
from bot.store import Store
from bot.words import Act, IncidentState, PartKind, Resolution
from policies.reload import Policies
from tests.bot.sweep.conftest import MADE, Sweep, detector, leaks
from tests.running import config

NOW = 1_800_000_000.0


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(config(), "utf-8")
    return path


def opened(settings: Path) -> Store:
    return Store.open(settings.parent / "thinktwice.db", lambda: NOW)


def see(store: Store, message: Message) -> None:
    """Have the live bot judge a message."""
    finder = detector(None)
    guard = Guard(finder, Policies("hr-default", {}, finder.find), store, lambda: NOW, {})
    asyncio.run(guard.handle([message]))


def test_incidents_of_a_sweep_are_logged_once_and_told_to_nobody(sweep: Sweep, archive: Path, settings: Path) -> None:
    once = (archive / "result.json", "--log", "--config", settings)
    _, told = sweep(*once)
    wanted = [str(one.number) for one in leaks(MADE)]
    assert f"In the log: {len(wanted)} new incidents, 0 that it had already" in told
    store = opened(settings)
    rows = store.incidents(0, NOW)
    assert [row.message for row in rows] == sorted(wanted, key=int)
    assert {(row.source, row.state, row.resolution) for row in rows} == {
        ("sweep", IncidentState.ENDED, Resolution.EXPIRED)
    }
    assert {row.sender for row in rows} == {str(1000 + one.person) for one in leaks(MADE)}
    assert store.outbox() == ()
    assert store.counts().open == 0
    assert [note.action for note in store.audits(0, NOW * 2) if note.platform == "cli"] == [Act.SWEEP]
    _, again = sweep(*once)
    assert f"In the log: 0 new incidents, {len(wanted)} that it had already" in again
    assert store.incidents(0, NOW) == rows
    store.close()


def test_reports_show_sweeps_apart(sweep: Sweep, archive: Path, settings: Path) -> None:
    sweep(archive / "slack.zip", "--log", "--config", settings)
    store = opened(settings)
    figures = gather(store, 0, NOW * 2)
    assert (figures.incidents, figures.rules, figures.groups) == (0, (), ())
    assert sum(count for _, count in figures.swept) == len(leaks(MADE))
    assert "sweeps of old messages" in render(figures, "en")
    assert "翻查舊訊息" in render(figures, "zh")
    assert store.alike(0, NOW * 2) == ()
    store.close()


def test_what_the_bot_found_itself_is_recognised(sweep: Sweep, archive: Path, settings: Path) -> None:
    """The workspace that the bot knows counts, also where an export says another."""
    first = leaks(MADE)[0]
    store = opened(settings)
    asyncio.run(store.set_chat("slack", "E0ORG", exports.CHANNEL))
    words = (Part(PartKind.TEXT, first.text),)
    message = Message("slack", "E0ORG", exports.CHANNEL, exports.stamp(first), "U01", float(first.at), words)
    see(store, message)
    [live] = store.incidents(0, NOW)
    _, told = sweep(archive / "slack.zip", "--log", "--config", settings)
    assert f"{len(leaks(MADE)) - 1} new incidents, 1 that it had already" in told
    assert store.incident(live.id) == live
    assert len(store.incidents(0, NOW)) == len(leaks(MADE))
    store.close()


def test_in_basic_groups_a_message_is_known_by_its_moment(sweep: Sweep, settings: Path, tmp_path: Path) -> None:
    first = leaks(MADE)[0]
    path = tmp_path / "result.json"
    exports.telegram(path, MADE, "private_group")
    store = opened(settings)
    words = (Part(PartKind.TEXT, first.text),)
    sender = str(1000 + first.person)
    see(store, Message("telegram", "", f"-{exports.SUPERGROUP}", "77", sender, float(first.at), words))
    _, told = sweep(path, "--log", "--config", settings)
    assert f"{len(leaks(MADE)) - 1} new incidents, 1 that it had already" in told
    store.close()


def test_an_export_that_does_not_say_its_chat_needs_an_id(sweep: Sweep, archive: Path, settings: Path) -> None:
    chat = archive / "WhatsApp Chat.txt"
    with pytest.raises(InputError, match="--chat whatsapp:ID"):
        sweep(chat, "--log", "--config", settings)
    with pytest.raises(InputError, match="2 of these exports"):
        sweep(archive, "--log", "--config", settings, "--chat", "whatsapp:hr")
    sweep(chat, "--log", "--config", settings, "--chat", "whatsapp:hr")
    exports.whatsapp(chat, MADE[300:], "android zh")  # exported again, when the app had dropped the oldest
    _, told = sweep(chat, "--log", "--config", settings, "--chat", "whatsapp:hr")
    known = len([one for one in leaks(MADE) if one.number > 300])
    assert f"0 new incidents, {known} that it had already" in told
    store = opened(settings)
    rows = store.incidents(0, NOW)
    assert {(row.platform, row.chat, row.sender) for row in rows} == {("whatsapp", "hr", None)}
    assert len(rows) == len(leaks(MADE))
    kept = json.dumps([[row.id, row.message, row.thread, row.album] for row in rows])
    assert not any(one.name in kept for one in MADE)
    store.close()
