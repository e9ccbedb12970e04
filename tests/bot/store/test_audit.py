"""The audit table: what is noted, by whom, together with what it is a note of."""

import asyncio
import getpass
import typing
from pathlib import Path

import pytest

from bot.cli import main, signed
from bot.store import BOT, Change, Noted, Store
from bot.store.applied import WRITTEN
from bot.words import Act
from tests.fakes.logbook import NOON, Clock, leak

DAY = 86_400.0


def test_every_change_can_be_written_down() -> None:
    assert set(WRITTEN) == set(typing.get_args(Change))


async def test_a_note_is_committed_with_what_it_is_a_note_of_or_not_at_all(store: Store) -> None:
    await store.commit([leak("1"), Noted("telegram", "9", Act.STATUS, NOON, "codes", about="aaaaaaaaaaaa")])
    with pytest.raises(KeyError):
        await store.commit([Noted("telegram", "9", Act.REPORT, NOON), typing.cast("Change", None)])

    [row] = store.audits()
    assert (row.platform, row.user, row.action, row.detail, row.about, row.allowed) == (
        "telegram",
        "9",
        "status",
        "codes",
        "aaaaaaaaaaaa",
        True,
    )


async def test_the_notes_of_a_time_a_person_or_an_incident_are_found(store: Store) -> None:
    notes = [
        Noted("telegram", "9", Act.REPORT, NOON),
        Noted("slack", "9", Act.REPORT, NOON + 1),
        Noted("telegram", "9", Act.STATUS, NOON + 2, about="b"),
    ]
    await store.commit(notes)
    assert [row.at for row in store.audits(NOON + 1)] == [NOON + 1, NOON + 2]
    assert [row.at for row in store.audits(platform="telegram", user="9")] == [NOON, NOON + 2]
    assert [row.at for row in store.audits(about="b")] == [NOON + 2]


async def test_a_purge_leaves_its_proof(store: Store) -> None:
    await store.commit([leak("1")])
    await store.expire(NOON + 8 * DAY)
    await store.purge(NOON + 90 * DAY, NOON + 180 * DAY)
    [row] = store.audits()
    assert (row.platform, row.user, row.action) == (BOT, "", "purge")
    assert row.detail in {"incident=1 outbox=1 remaining=0 wal=0", "incident=1 outbox=1 remaining=0 dead=0 unwritten=0"}


async def test_what_the_program_notes_of_itself_is_no_witness_of_the_time(store: Store) -> None:
    await store.audit(BOT, "", Act.START)
    assert store.newest() == 0
    await store.audit("cli", "anna", Act.REPORT)
    assert store.newest() == NOON


def test_looks_by_the_command_line_carry_the_system_users_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)
    config = tmp_path / "config.toml"
    config.write_text('[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n')
    Store.open(tmp_path / "thinktwice.db", Clock()).close()
    assert main(["report", "--config", str(config)]) == 0
    capsys.readouterr()

    store = Store.open(tmp_path / "thinktwice.db", Clock())
    assert [(row.platform, row.user) for row in store.audits()] == [("cli", getpass.getuser())]
    store.close()


@pytest.mark.parametrize(("before", "shown"), [("anna", "anna as {}"), ("", "{}"), ("an'na; --", "{}")])
def test_sudo_is_seen_through(monkeypatch: pytest.MonkeyPatch, before: str, shown: str) -> None:
    monkeypatch.setenv("SUDO_USER", before)
    monkeypatch.setattr(signed, "_name", lambda _uid: "thinktwice")
    assert signed.by() == ("cli", shown.format("thinktwice"))


def test_the_commands_note_is_written_when_the_command_is_done(store: Store) -> None:
    asyncio.run(store.audit(*signed.by(), Act.REPORT, "7d"))
    assert store.audits()[0].detail == "7d"
