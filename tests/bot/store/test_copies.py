"""Copies of the log: whole, private, and nothing is said again; and the end of a log."""

import sqlite3
from pathlib import Path

import pytest

from bot.message import Cursor
from bot.send import Sent
from bot.store import Store, StoreError, copies
from tests.fakes.logbook import NOON, Clock, leak, tried

SENT = Sent()
BY = ("cli", "anna")


async def _log(path: Path) -> Store:
    """A log with a nudge that was sent, one under way, and one that waits."""
    store = Store.open(path, Clock())
    await store.commit([leak(str(n), sender=str(n)) for n in range(3)], Cursor("stub", "offset", "3"))
    rows = store.outbox()
    await tried(store, rows[0], SENT)
    assert await store.sending(rows[1], "dm", NOON)
    return store


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


async def test_a_copy_beside_a_running_bot_is_whole_and_private(tmp_path: Path) -> None:
    store, copy = await _log(tmp_path / "log.db"), tmp_path / "copy.db"
    counts = copies.backup(tmp_path / "log.db", copy)
    assert (counts["incident"], counts["outbox"], counts["revision"]) == (3, 3, 3)
    assert copy.stat().st_mode & 0o777 == 0o600
    await store.commit([leak("9", sender="9")])
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT COUNT(*) FROM incident").fetchone() == (3,)
    db.close()
    store.close()
    assert _names(tmp_path) == {"log.db", "copy.db"}


async def test_a_copy_replaces_no_file(tmp_path: Path) -> None:
    (await _log(tmp_path / "log.db")).close()
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        copies.backup(tmp_path / "log.db", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


async def test_a_restored_log_keeps_what_was_sent_and_sends_nothing_again(tmp_path: Path) -> None:
    (await _log(tmp_path / "log.db")).close()
    copies.backup(tmp_path / "log.db", tmp_path / "copy.db")

    made = copies.restore(tmp_path / "copy.db", tmp_path / "new.db", NOON + 60, BY)

    assert (made.incidents, made.cancelled, made.unread) == (3, 2, 0)
    store = Store.open(tmp_path / "new.db", Clock(NOON + 60), hold=True)
    assert sorted(row.state for row in store.outbox()) == ["cancelled", "cancelled", "sent"]
    assert store.due("stub", NOON + 1e6) == ()
    assert store.under_way("stub") == ()
    assert store.cursor("stub", "offset") is None
    [note] = store.audits()
    assert (note.platform, note.user, note.action, note.detail) == (*BY, "restore", "cancelled 2")
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600
    store.close()


async def test_a_log_is_never_overwritten_and_a_bad_copy_makes_none(tmp_path: Path) -> None:
    store = await _log(tmp_path / "log.db")
    store.close()
    copies.backup(tmp_path / "log.db", tmp_path / "copy.db")
    with pytest.raises(StoreError, match="already"):
        copies.restore(tmp_path / "copy.db", tmp_path / "log.db", NOON, BY)
    (tmp_path / "bad.db").write_bytes(b"no log at all" * 99)
    with pytest.raises(StoreError, match="not a whole log"):
        copies.restore(tmp_path / "bad.db", tmp_path / "new.db", NOON, BY)
    with sqlite3.connect(tmp_path / "copy.db") as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('thinktwice', 'm999', '')")
    db.close()
    with pytest.raises(StoreError, match="newer"):
        copies.restore(tmp_path / "copy.db", tmp_path / "new.db", NOON, BY)
    assert not (tmp_path / "new.db").exists()


async def test_an_erased_log_leaves_no_file_and_says_how_much_went(tmp_path: Path) -> None:
    (await _log(tmp_path / "log.db")).close()
    counts = copies.erase(tmp_path / "log.db")
    assert (counts["incident"], counts["outbox"], counts["cursor"]) == (3, 3, 1)
    assert _names(tmp_path) == set()


async def test_a_log_in_use_is_neither_erased_nor_restored(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock(), hold=True)
    with pytest.raises(StoreError, match="stop that one first"):
        copies.erase(tmp_path / "log.db")
    copies.backup(tmp_path / "log.db", tmp_path / "copy.db")
    with pytest.raises(StoreError, match="stop that one first"):
        copies.restore(tmp_path / "copy.db", tmp_path / "log.db", NOON, BY)
    store.close()
