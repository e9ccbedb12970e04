"""What a purge leaves on a server: no row, and no byte in the files of the tables, as far as it can."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from bot.addresses import Server
from bot.send import Sent
from bot.store import Forgotten, Store, StoreError, engines, moved
from bot.store.postgres import cleaning
from bot.store.postgres.remains import ids_in
from tests.fakes.logbook import HOUR, NOON, Clock, clean, leak, tried
from tests.fakes.postgres import Cluster, NoServerError, inspecting, server

DAY = 24 * HOUR
LATER = NOON + 180 * DAY
MANY = 12


async def history(store: Store, tag: str) -> None:
    """Ended incidents that are old, and one that is new."""
    for number in range(MANY):
        await store.commit([leak(f"{tag}-old-{number}", sender=f"{tag}-person-{number}")])
        await tried(store, store.outbox()[-1], Sent(f'{{"ref": "{tag}-old-{number}"}}'))
        await store.commit([clean(f"{tag}-old-{number}")])
    await store.commit([leak(f"{tag}-new", sender=f"{tag}-new-person", at=NOON + 95 * DAY)])


def pages(cluster: Cluster) -> list[bytes]:
    """The files of all tables, page by page, as the server has them on its disk."""
    with psycopg.connect(cluster.url(), autocommit=True) as db:
        db.execute("CHECKPOINT")
    files = [file for file in (cluster.folder / "data" / "base").rglob("*") if file.is_file()]
    written = [file.read_bytes() for file in files]
    return [content[at : at + 8192] for content in written for at in range(0, len(content), 8192)]


def bytes_of(cluster: Cluster, text: str) -> int:
    return sum(page.count(text.encode()) for page in pages(cluster))


async def test_nothing_of_what_is_old_stays_in_the_files_of_the_tables(cluster: Cluster, log: Server) -> None:
    store = Store.open(log, Clock())
    with psycopg.connect(log.url, autocommit=True) as db:
        db.execute("DROP TABLE IF EXISTS theirs")
        db.execute("CREATE TABLE theirs AS SELECT 1 AS one")
        db.execute("DELETE FROM theirs")  # what others have in the schema is none of our business
    await history(store, "small")
    assert bytes_of(cluster, "small-old-") > 0

    purged = await store.purge(NOON + 90 * DAY, LATER)

    assert (purged.counts["incident"], purged.behind, purged.clean) == (MANY, {"dead": 0, "unwritten": 0}, True)
    assert str(purged).endswith("remain: 0; dead rows that VACUUM left: 0; tables that were not written anew: 0")
    assert (bytes_of(cluster, "small-old-"), bytes_of(cluster, "small-person-")) == (0, 0)
    assert bytes_of(cluster, "small-new") > 0
    assert {row.message for row in store.incidents(0, LATER)} == {"small-new"}
    store.close()


async def test_large_tables_are_written_anew_where_somebody_asks_for_it(
    cluster: Cluster, log: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "SMALL", 0)
    store = Store.open(log, clock := Clock())
    await history(store, "large")
    await store.commit([Forgotten("stub", "", "large-person-7", NOON, ("cli", "anna"))])

    purged = await store.purge(NOON + 90 * DAY, LATER)
    assert purged.clean
    assert purged.unwritten > 3
    assert (purged.behind["dead"], purged.counts["forgotten"]) == (0, 1)
    assert bytes_of(cluster, "large-old-") > 0, "VACUUM leaves bytes, and the figures say so"

    clock.now += 60
    purged = await store.purge(NOON + 90 * DAY, LATER, anew=True)
    assert (purged.unwritten, purged.counts["forgotten"]) == (0, 1)
    assert (bytes_of(cluster, "large-old-"), bytes_of(cluster, "large-person-")) == (0, 1)
    assert bytes_of(cluster, "stub:large-person-7 settings") == 1, "the audit table's note that it was done"
    assert (await store.purge(NOON + 90 * DAY, LATER)).counts["forgotten"] == 0
    store.close()


async def test_a_purge_beside_a_reader_says_what_is_left(log: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "PATIENCE", "10ms")
    store = Store.open(log, Clock())
    await history(store, "read")
    with psycopg.connect(log.url) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT COUNT(*) FROM incident")
        purged = await store.purge(NOON + 90 * DAY, LATER)
    assert purged.behind["dead"] > MANY
    assert purged.held_up
    assert not purged.clean
    assert (await store.purge(NOON + 90 * DAY, LATER)).clean
    store.close()


async def test_ids_are_found_in_pages_where_rows_and_indexes_have_them_and_nowhere_else(
    cluster: Cluster, log: Server
) -> None:
    store = Store.open(log, Clock())
    await history(store, "ids")
    await store.purge(0, NOON, anew=True)  # what earlier tests left
    ids = {row.id for row in store.incidents(0, LATER)}
    assert set().union(*map(ids_in, pages(cluster))) == ids
    with psycopg.connect(log.url, autocommit=True) as db:
        db.execute("DELETE FROM incident WHERE message LIKE 'ids-old-%'")
        db.execute("VACUUM")
    assert set().union(*map(ids_in, pages(cluster))) > {row.id for row in store.incidents(0, LATER)}
    store.close()


@pytest.fixture
def inspected() -> Iterator[Server]:
    """A log on a server whose pages can be looked at; skipped where there is none."""
    with ExitStack() as stack:
        try:
            running = stack.enter_context(server(inspecting()))
        except NoServerError as error:
            pytest.skip(str(error))
        with psycopg.connect(running.url(), autocommit=True) as db:
            db.execute("CREATE EXTENSION pageinspect")
        yield Server(running.url())


async def test_a_proof_looks_at_the_pages_where_it_can(inspected: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(inspected, Clock())
    await history(store, "seen")
    found = engines.remains(inspected, NOON + 90 * DAY, {})
    assert (found.left["overdue"], found.left["gone"], found.incidents) == (MANY, 0, MANY + 1)
    assert found.pages is not None
    assert found.pages > 10

    monkeypatch.setattr(cleaning, "SMALL", 0)
    await store.purge(NOON + 90 * DAY, LATER)
    found = engines.remains(inspected, NOON + 90 * DAY, {})
    assert {code for code, count in found.left.items() if count} == {"gone"}
    assert found.left["gone"] == MANY

    await store.purge(NOON + 90 * DAY, LATER, anew=True)
    found = engines.remains(inspected, NOON + 90 * DAY, {})
    assert found.clean
    assert found.purged_at == NOON
    store.close()


async def test_a_proof_says_where_it_could_not_look(log: Server) -> None:
    store = Store.open(log, Clock())
    await history(store, "blind")
    found = engines.remains(log, NOON + 90 * DAY, {})
    assert (found.pages, "gone" in found.left, found.left["overdue"]) == (None, False, MANY)
    await store.purge(NOON + 90 * DAY, LATER)
    assert engines.remains(log, NOON + 90 * DAY, {}).clean
    store.close()


async def test_who_lost_the_lock_of_a_log_writes_nothing(log: Server, tmp_path: Path) -> None:
    store = Store.open(log, Clock(), hold=True)
    await store.commit([leak("1")])
    with psycopg.connect(log.url, autocommit=True) as db:
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid()")
        with moved._held(log, create=False):
            with pytest.raises(StoreError, match=r"held by a command that moves it|can't be reached"):
                await store.commit([leak("2", sender="8")])
            with pytest.raises(StoreError, match="held by a command that moves it"):
                await store.commit([leak("3", sender="9")])
            assert db.execute("SELECT message FROM incident").fetchall() == [("1",)]
    with closing(store):
        await store.commit([leak("4", sender="10")])
        assert sorted(row.message for row in store.incidents(0, LATER)) == ["1", "4"]
