"""While much is deleted, the write-ahead log is moved into the file beside the commits, and stays short."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.growth.filling import DAY, Filling, fill
from bot.store import Store, checkpoints, purge

NOW = 1_790_000_000.0
OLD = Filling(400, groups=20, members=100, days=20)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A log of old incidents, of which a transaction deletes few."""
    monkeypatch.setattr(purge, "MOST", 25)
    monkeypatch.setattr(purge, "LEAST", 25)
    fill(tmp_path / "thinktwice.db", OLD, NOW)
    return Store.open(tmp_path / "thinktwice.db", lambda: NOW, hold=True)


def longest_log(store: Store, wal: Path) -> int:
    """Purge everything; the most bytes that the log had meanwhile."""
    with ThreadPoolExecutor() as pool:
        purging, most = pool.submit(lambda: asyncio.run(store.purge(NOW + DAY, NOW + DAY))), 0
        while not purging.done():
            most = max(most, wal.stat().st_size)
            time.sleep(0.001)
    assert purging.result().remaining == 0
    return most


def usual(store: Store) -> int:
    """After how many pages a commit moves them itself."""
    pages = store._writer.ask(lambda db: db.execute("PRAGMA wal_autocheckpoint").fetchone()[0], alone=True)
    return int(pages.result())


def test_the_log_begins_anew_during_a_purge(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wal = tmp_path / "thinktwice.db-wal"
    monkeypatch.setattr(checkpoints, "EVERY", 0.0)
    short = longest_log(store, wal)
    store.close()
    fill(tmp_path / "other.db", OLD, NOW)
    monkeypatch.setattr(checkpoints, "EVERY", 1e9)
    other = Store.open(tmp_path / "other.db", lambda: NOW)
    assert short < longest_log(other, tmp_path / "other.db-wal") / 2
    other.close()


async def test_afterwards_commits_move_pages_as_usual(store: Store) -> None:
    await store.purge(NOW + DAY, NOW + DAY)
    assert usual(store) == checkpoints.USUAL
    store.close()


async def test_so_they_do_after_a_purge_that_was_given_up(store: Store) -> None:
    purging = asyncio.create_task(store.purge(NOW + DAY, NOW + DAY))
    for _ in range(3):
        await asyncio.sleep(0)
    assert usual(store) == checkpoints.LATE
    purging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await purging
    assert usual(store) == checkpoints.USUAL
    store.close()
