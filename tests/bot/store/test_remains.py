"""Whether a search of the file finds what should be gone, and nothing where all is as it should be."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.store import BreachChange, Forgotten, Store, files
from bot.store.remains import Remains, verified
from bot.words import Act
from tests.fakes.logbook import NOON, Clock, clean, leak

DAY = 86_400.0
MONTH = 30 * DAY
MANY = 400


async def filled(store: Store, count: int = MANY, at: float = NOON) -> None:
    """Incidents enough for pages to be split."""
    where = {"platform": "telegram", "chat": "-10012345678"}
    await store.commit([leak(str(n), sender=str(2_345_000 + n), at=at + n, **where) for n in range(count)])
    await store.commit([clean(str(n), at=at + count, **where) for n in range(0, count, 2)])


def look(path: Path, now: float = NOON) -> Remains:
    return verified(path, now - MONTH, {})


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    place = tmp_path / "log.db"
    store = Store.open(place, Clock())
    await filled(store)
    store.close()
    return place


@contextmanager
def careless(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves the bytes of what it deletes, as SQLite does by itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
        connection.commit()


def test_a_log_in_use_is_clean(path: Path) -> None:
    found = look(path)
    assert found.clean, found.left
    assert (found.incidents, found.purged_at) == (MANY, None)
    assert found.pages is not None
    assert found.pages > 50


async def test_after_a_purge_nothing_is_left(path: Path) -> None:
    store = Store.open(path, Clock())
    await store.expire(NOON + 8 * DAY)
    await filled(store, 30, NOON + 40 * DAY)
    purged = await store.purge(NOON + 20 * DAY, NOON + 50 * DAY)
    assert purged.counts["incident"] > 300
    found = look(path, NOON + 50 * DAY)
    assert found.clean, found.left
    assert found.purged_at == NOON
    await filled(store, 100, NOON + 50 * DAY)
    assert look(path, NOON + 50 * DAY).clean, "beside a bot that writes"
    store.close()


async def test_what_should_have_gone_by_its_time_is_counted(path: Path) -> None:
    store = Store.open(path, Clock())
    await store.expire(NOON + 8 * DAY)
    store.close()
    assert look(path, NOON + MONTH + DAY).left["overdue"] == 0, "the purge comes once a night"
    assert look(path, NOON + MONTH + 2 * DAY).left["overdue"] > 0
    assert verified(path, NOON - MONTH, {"high": NOON + 2 * DAY}).left["overdue"] > 0


async def test_what_an_open_breach_keeps_is_no_fault(path: Path) -> None:
    store = Store.open(path, Clock())
    await store.expire(NOON + 8 * DAY)
    ids = tuple(row.id for row in store.incidents(0, 9e12))
    await store.commit([BreachChange(Act.BREACH_OPEN, NOON, "cli", "anna", incidents=ids)])
    store.close()
    found = look(path, NOON + 5 * MONTH)
    assert (found.left["overdue"], found.held) == (0, MANY)


def test_ids_that_a_careless_deletion_left_are_found(path: Path) -> None:
    with careless(path) as log:
        ids = log.execute("SELECT id FROM incident ORDER BY id").fetchall()
        # One here and one there: a page that loses many at once is balanced, and what it held is written over.
        log.executemany("DELETE FROM incident WHERE id = ?", ids[:: MANY // 30])
    found = look(path)
    assert 20 <= found.left["gone"] <= 31, "the beginning of some was overwritten"
    assert found.left["free"] > 1000
    assert not found.clean


def test_ids_in_pages_that_are_free_are_found(path: Path) -> None:
    with careless(path) as log:
        log.execute("DELETE FROM incident")
    found = look(path)
    assert found.free_pages > 20
    assert found.left["free"] > 1000
    assert found.left["gone"] > MANY / 2


def test_an_id_in_the_gap_of_a_page_is_found(path: Path) -> None:
    """A page that was split keeps what moved away, until a purge overwrites it."""
    with closing(files.connect(path)) as log:
        log.execute("VACUUM")
        [(page,)] = log.execute("SELECT rootpage FROM sqlite_master WHERE name = 'removal'").fetchall()
        size = log.execute("PRAGMA page_size").fetchone()[0]
        log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert look(path).clean
    cell = b"\x11\x07\x04\x01%\x08" + b"\x05abcdefghijkl"
    with path.open("r+b") as file:
        file.seek(page * size - len(cell) - 40)
        file.write(cell)
    assert look(path).left["gone"] == 1


def test_what_stands_in_the_writes_beside_the_file_is_found(path: Path) -> None:
    with closing(files.connect(path)) as reader, closing(files.connect(path)) as log:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM incident").fetchone()
        with log:
            log.execute("UPDATE incident SET audience = 5")
        with log:
            log.execute("DELETE FROM incident")
        found = look(path)
        assert found.wal_bytes > 100_000
        assert found.left["gone"] > MANY / 2
        reader.rollback()
    with closing(files.connect(path)) as log:
        log.execute("VACUUM")
    assert look(path).left["gone"] == 0


def test_rows_that_hang_on_nothing_are_counted(path: Path) -> None:
    with careless(path) as log:
        log.commit()
        log.execute("PRAGMA foreign_keys = OFF")
        log.execute("INSERT INTO verdict (incident, file, body) VALUES ('aaaaaaaaaaaa', '', '{}')")
    assert look(path).left["dangling"] == 1


async def test_whoever_was_forgotten_is_in_doubt_until_the_next_purge(path: Path) -> None:
    store = Store.open(path, clock := Clock())
    await store.commit([Forgotten("telegram", "", "2345002", NOON, ("telegram", "2345002"))])
    assert look(path).left["forgotten"] == 1
    clock.now += 60
    purged = await store.purge(NOON - MONTH, NOON + 60)
    assert str(purged).count("people forgotten since the last time 1") == 1
    assert look(path).clean
    clock.now += 60
    assert "forgotten" not in (await store.purge(NOON - MONTH, NOON + 120)).codes
    store.close()


async def test_a_purge_that_left_something_is_no_proof(path: Path) -> None:
    store = Store.open(path, Clock())
    await store.audit("bot", "", Act.PURGE, "incident=3 remaining=0 wal=4120")
    assert look(path).left["unproved"] == 1
    await store.audit("bot", "", Act.PURGE, "remaining=0 wal=0")
    assert look(path).left["unproved"] == 0
    store.close()


def test_damage_is_told(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 2000)
    found = look(path)
    assert (found.left, found.clean) == ({"damage": 1}, False)


async def test_what_is_written_meanwhile_is_not_taken_for_what_is_left(path: Path) -> None:
    store = Store.open(path, Clock())
    writing = asyncio.create_task(filled(store, 300, NOON + DAY))
    found = await asyncio.to_thread(look, path)
    await writing
    assert found.clean, found.left
    store.close()
