"""The file itself: rights, lock, damage, full disk, purge."""

import asyncio
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.message import Cursor
from bot.send import Sent
from bot.store import Store, StoreError, purge
from bot.store.engine import Session
from bot.words import Act, SendKind, SendState
from tests.fakes.logbook import NOON, Clock, clean, leak, tried

pytestmark = pytest.mark.fault

DAY = 86_400.0


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock(), hold=True)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    store.close()

    assert set(modes) >= {"log.db", "log.db-wal", "log.db-shm"}
    assert set(modes.values()) == {0o600}


def test_two_holders_are_one_too_many_but_others_may_look(tmp_path: Path) -> None:
    holder = Store.open(tmp_path / "log.db", Clock(), hold=True)
    with pytest.raises(StoreError, match=f"process {os.getpid()}"):
        Store.open(tmp_path / "log.db", Clock(), hold=True)
    beside = Store.open(tmp_path / "log.db", Clock(), create=False)
    asyncio.run(beside.audit("stub", "1", Act.REPORT, "7d", allowed=True))

    assert [row.action for row in holder.audits()] == ["report"]
    beside.close()
    holder.close()
    Store.open(tmp_path / "log.db", Clock(), hold=True).close()


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from bot.store import Store
Store.open(sys.argv[1], lambda: 0.0, hold=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "log.db")], check=False)

    assert killed.returncode < 0
    Store.open(tmp_path / "log.db", Clock(), hold=True).close()


def test_places_that_can_not_be_used_are_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist: make it"):
        Store.open(tmp_path / "nowhere" / "log.db", Clock())
    with pytest.raises(StoreError, match=r"no database at .* yet"):
        Store.open(tmp_path / "log.db", Clock(), create=False)
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path, Clock())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_write_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so the question is answered for it.
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(StoreError, match="give this user write permission"):
        Store.open(tmp_path / "log.db", Clock())


def test_an_old_sqlite_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))

    with pytest.raises(StoreError, match=r"SQLite 3\.37\.0 is needed"):
        Store.open(tmp_path / "log.db", Clock())


@pytest.mark.parametrize("damage", [b"this was never a database, not even once" * 200, None])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "log.db"
    if damage is None:
        Store.open(path, Clock()).close()
        good = path.read_bytes()
        damage = good[:100] + b"\xff" * (len(good) - 100)
    path.write_bytes(damage)

    with pytest.raises(StoreError, match="restore a copy"):
        Store.open(path, Clock())
    assert path.read_bytes() == damage


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    Store.open(path, Clock()).close()
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('thinktwice', 'm999', '')")
    db.close()

    with pytest.raises(StoreError, match="newer Think Twice"):
        Store.open(path, Clock())


async def test_a_full_disk_commits_nothing_and_works_again_when_there_is_room(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    await store.commit([leak("1")], Cursor("stub", "offset", "1"))
    pages = "PRAGMA max_page_count = {}"
    used = await store._ask(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store._ask(lambda db: db.execute(pages.format(used + 1)).fetchone(), alone=True)

    with pytest.raises(StoreError, match="full: free some space"):
        await store.commit([leak(str(n), sender=str(n)) for n in range(2, 200)], Cursor("stub", "offset", "2"))
    assert store.cursor("stub", "offset") == "1"
    assert [row.message for row in store.incidents(0, NOON + 1)] == ["1"]

    await store._ask(lambda db: db.execute(pages.format(1_000_000)).fetchone(), alone=True)
    await store.commit([leak("2")], Cursor("stub", "offset", "2"))
    assert store.cursor("stub", "offset") == "2"
    store.close()


async def test_a_request_that_fails_does_not_take_its_neighbours_along(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    broken = leak("2", severity=None)
    results = await asyncio.gather(
        store.commit([leak("1")]), store.commit([leak("9"), broken]), store.commit([leak("3")]), return_exceptions=True
    )

    assert [isinstance(result, StoreError) for result in results] == [False, True, False]
    assert {row.message for row in store.incidents(0, NOON + 1)} == {"1", "3"}
    store.close()


async def test_what_was_asked_before_closing_is_written_and_nothing_after(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    commits = [asyncio.ensure_future(store.commit([leak(str(n), sender=str(n))])) for n in range(50)]
    await asyncio.sleep(0)
    await asyncio.to_thread(store.close)
    await asyncio.gather(*commits)
    with pytest.raises(StoreError, match="closed"):
        await store.commit([leak("51")])

    again = Store.open(tmp_path / "log.db", Clock())
    assert len(again.incidents(0, NOON + 1)) == 50
    again.close()


async def test_two_programs_write_to_one_file(tmp_path: Path) -> None:
    one, other = (Store.open(tmp_path / "log.db", Clock()) for _ in range(2))
    await asyncio.gather(
        *(
            store.commit([leak(f"{name}{n}", sender=name)])
            for n in range(50)
            for name, store in (("a", one), ("b", other))
        )
    )

    assert len(one.incidents(0, NOON + 1)) == 100
    one.close()
    other.close()


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_purge_leaves_nothing_of_what_is_old(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    store = Store.open(path, Clock(), hold=True)
    await store.commit([leak("old-message", sender="old-sender"), leak("open-message", sender="open-sender")])
    await store.commit([clean("old-message")])
    await store.commit([leak("new-message", sender="new-sender", at=NOON + 95 * DAY)])
    await store.audit("stub", "1", Act.REPORT, "", allowed=True)
    beside = Store.open(path, Clock(), create=False)
    purged = await beside.purge(NOON + 90 * DAY, NOON + 180 * DAY)

    files = everything_in(tmp_path)
    assert b"old-message" not in files
    assert b"old-sender" not in files
    assert b"open-message" in files
    assert b"new-message" in files
    assert purged.counts["incident"] == 1
    assert (purged.remaining, purged.behind) == (0, {"wal": 0})
    assert str(purged).startswith("deleted: incidents 1, sends 1, ")
    assert str(purged).endswith("older rows that remain: 0; bytes in the WAL: 0")
    assert [row.action for row in store.audits()] == ["report", "purge"]
    beside.close()
    store.close()


async def test_some_severities_and_trials_go_sooner_with_the_sends_about_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.purge.CHUNK", 2)
    store = Store.open(tmp_path / "log.db", Clock())
    low = [leak(f"low-{number}", sender=f"s{number}", severity="low") for number in range(5)]
    await store.commit([*low, leak("high", sender="8"), leak("tried", mode="simulate", severity="high")])
    await store.commit([clean(f"low-{number}", sender=f"s{number}") for number in range(5)])
    await store.commit([clean("high", sender="8"), clean("tried", mode="simulate")])
    edges = {"low": NOON + 1, "simulate": NOON + 1}
    purged = await store.purge(NOON - DAY, NOON + 30 * DAY, edges)
    assert [row.message for row in store.incidents(0, NOON + 1)] == ["high"]
    assert {row.recipient for row in store.outbox(kind=SendKind.NUDGE)} == {"8"}
    assert (purged.counts["incident"], purged.remaining) == (6, 0)
    assert store._rows("SELECT * FROM finding WHERE incident NOT IN (SELECT id FROM incident)") == []
    store.close()


async def test_a_purge_of_much_is_done_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.purge.CHUNK", 10)
    store = Store.open(tmp_path / "log.db", Clock())
    await store.commit([leak(str(n), sender=str(n)) for n in range(35)])
    await store.expire(NOON + 8 * DAY)
    purged, _ = await asyncio.gather(
        store.purge(NOON + 90 * DAY, NOON + 90 * DAY), store.commit([leak("new", at=NOON + 91 * DAY)])
    )

    assert (purged.counts["incident"], purged.counts["outbox"], purged.remaining) == (35, 35, 0)
    assert [row.message for row in store.incidents(0, NOON + 100 * DAY)] == ["new"]
    store.close()


async def test_purges_over_a_month_leave_no_bytes_behind(tmp_path: Path) -> None:
    rng, path, ever = random.Random(6), tmp_path / "log.db", set()  # noqa: S311 - no secret
    store = Store.open(path, Clock())
    for day in range(30):
        at = NOON + day * DAY
        names = [f"message-{day}-{number:03}" for number in range(30)]
        await store.commit([leak(name, sender="s" * rng.randrange(1, 60), at=at) for name in names])
        await store.commit([clean(name, at=at) for name in names if rng.random() < 0.9])
        await store.purge(at - 10 * DAY, at)
        ever |= set(names)

    kept = {row.message for row in store.incidents(0, NOON + 30 * DAY)} | {row.message for row in store.outbox()}
    files = everything_in(tmp_path)
    assert len(kept) < len(ever)
    assert [name for name in ever - kept if name.encode() in files] == []
    store.close()


async def test_a_purge_beside_a_reader_says_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.purge.TRIES", 1)
    path = tmp_path / "log.db"
    store = Store.open(path, Clock())
    await store.commit([leak("old-message")])
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM incident").fetchall()
    await store.commit([clean("old-message")])
    assert (await store.purge(NOON + 90 * DAY, NOON + 180 * DAY)).behind["wal"] > 0

    reader.close()
    assert (await store.purge(NOON + 90 * DAY, NOON + 180 * DAY)).clean
    assert b"old-message" not in everything_in(tmp_path)
    store.close()


async def test_the_audit_log_lives_a_year(tmp_path: Path) -> None:
    clock = Clock()
    store = Store.open(tmp_path / "log.db", clock)
    await store.audit("stub", "1", Act.REPORT, "", allowed=False)
    clock.now += 200 * DAY
    await store.audit("stub", "1", Act.PURGE, "", allowed=True)
    await store.purge(clock.now - 90 * DAY, NOON + 366 * DAY)

    assert [(row.action, row.user) for row in store.audits()] == [("purge", "1"), ("purge", "")]
    store.close()


async def test_a_request_that_is_given_up_before_its_turn_is_not_written(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    begun, go = threading.Event(), threading.Event()

    def hold(_: Session) -> bool:
        begun.set()
        return go.wait(10)

    held = asyncio.ensure_future(store._ask(hold))
    # Not before the writer is at it: what it takes along in the same transaction can't be given up any more.
    assert await asyncio.to_thread(begun.wait, 10)
    given_up = asyncio.ensure_future(store.commit([leak("1")]))
    kept = asyncio.ensure_future(store.commit([leak("2")]))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.wait([given_up])
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(held, kept)

    assert given_up.cancelled()
    assert [row.message for row in store.incidents(0, NOON + 1)] == ["2"]
    store.close()


async def test_a_waiting_program_gives_up_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.files.PATIENCE", 0.01)
    store = Store.open(tmp_path / "log.db", Clock())
    other = sqlite3.connect(tmp_path / "log.db")
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked by another program"):
        await store.commit([leak()])
    other.rollback()
    other.close()
    await store.commit([leak()])
    assert store.counts().open == 1
    store.close()


def test_two_programs_may_make_the_file_at_the_same_moment(tmp_path: Path) -> None:
    code = "import sys; from bot.store import Store; Store.open(sys.argv[1], lambda: 0.0).close()"
    makers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "log.db")]) for _ in range(4)]

    assert [maker.wait() for maker in makers] == [0, 0, 0, 0]


async def test_a_long_look_from_another_thread_stands_beside_the_others(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    await store.commit([leak("1")])
    found = await asyncio.gather(*(asyncio.to_thread(store.incidents, 0, NOON + 1) for _ in range(20)))

    assert [len(rows) for rows in found] == [1] * 20
    assert len(store.incidents(0, NOON + 1)) == 1
    store.close()


def _delete(path: Path) -> None:
    path.unlink()


def _delete_log(path: Path) -> None:
    path.with_name(path.name + "-wal").unlink()


def _replace(path: Path) -> None:
    path.rename(path.with_name("moved.db"))
    path.write_bytes(path.with_name("moved.db").read_bytes())


def _delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("harm", [_delete, _delete_log, _replace, _delete_folder])
async def test_a_file_that_is_gone_takes_nothing_any_more(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    path = tmp_path / "folder" / "log.db"
    path.parent.mkdir()
    store = Store.open(path, Clock(), hold=True)
    await store.commit((leak(),), Cursor("stub", "offset", "1"))
    assert store.trouble() == ""
    harm(path)

    with pytest.raises(StoreError, match=r"deleted, moved or replaced.*start again"):
        await store.commit((leak("2"),), Cursor("stub", "offset", "2"))
    with pytest.raises(StoreError, match="deleted, moved or replaced"):
        await store.purge(0.0, NOON)
    assert "deleted" in store.trouble()
    assert store.cursor("stub", "offset") == "1"
    store.close()


async def test_looking_from_another_thread_makes_no_new_file(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    _delete(tmp_path / "log.db")
    with pytest.raises(StoreError, match="can't be opened"):
        await asyncio.to_thread(store.counts)
    assert not (tmp_path / "log.db").exists()
    store.close()


async def test_a_file_that_is_gone_at_the_moment_of_the_commit_is_no_success(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    with pytest.raises(StoreError, match="deleted"):
        await asyncio.wrap_future(store._writer.ask(lambda _db: (tmp_path / "log.db").unlink()))
    store.close()


async def test_a_trouble_that_is_over_is_no_trouble(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    (tmp_path / "log.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match="moved"):
        await store.commit((leak(),))
    (tmp_path / "elsewhere.db").rename(tmp_path / "log.db")
    await store.commit((leak(),))
    assert store.trouble() == ""
    assert len(store.incidents(0, 1e12)) == 1
    store.close()


async def test_a_purge_goes_on_where_a_send_takes_its_rewrite_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deletion that cascades says fewer rows than it was to delete, and there may be more."""
    monkeypatch.setattr(purge, "CHUNK", 10)
    store = Store.open(tmp_path / "log.db", Clock())
    for number in range(8):
        message, sender = str(number), f"person-{number}"
        await store.commit([leak(message, sender=sender)])
        [nudge] = store.outbox(states=[SendState.WAITING])
        await tried(store, nudge, Sent("{}"))
        await store.commit([clean(message, sender=sender)])
        [rewrite] = store.outbox(states=[SendState.WAITING])
        await tried(store, rewrite, Sent("{}"))
    purged = await store.purge(NOON + DAY, NOON + 91 * DAY)
    assert (purged.remaining, store.outbox()) == (0, ())
    store.close()
