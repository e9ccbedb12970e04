"""A database that falls silent, its connections open: whoever waits for it lets go, and another takes over."""

import asyncio
from contextlib import closing

import pytest

from bot.addresses import Server
from bot.store import Store, StoreError
from bot.store.engine import Database
from bot.store.postgres import replica, server, silence
from tests.fakes.logbook import NOON, Clock, leak
from tests.fakes.postgres import Cluster
from tests.replicas.wires import Wire

pytestmark = pytest.mark.fault

LATER = NOON + 1


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "ANSWERS", 1.0)
    monkeypatch.setattr(server, "CONNECTS", 2)
    monkeypatch.setattr(replica, "LEASE", 1.5)
    monkeypatch.setattr(replica, "MARGIN", 0.25)
    monkeypatch.setattr(replica, "RETURN", 0.5)


async def test_who_hangs_on_a_silent_database_lets_go_and_another_takes_over(log: Server, cluster: Cluster) -> None:
    async with Wire(cluster.folder).listening() as wire:
        hushed = Server(f"postgresql://tests@127.0.0.1:{wire.port}/postgres")
        one = await asyncio.to_thread(Store.open, hushed, Clock(), hold=True)
        with closing(Store.open(log, Clock(), hold=True)) as other:
            await one.commit([leak("1")])
            wire.hush()
            with pytest.raises(StoreError, match="can't be reached"):
                await one.beat("edition")
            with pytest.raises(StoreError, match="can't be reached"):
                await asyncio.to_thread(one.due, "stub", LATER)
            assert not one.alive()
            while not other.due("stub", LATER):
                await other.beat("edition")
                await asyncio.sleep(0.1)
            assert other.leads()

            wire.mend()
            while not one.alive():
                await one.beat("edition")
            await one.commit([leak("2", sender="8")])
            assert [who for _, who, _ in await asyncio.to_thread(one.due, "stub", LATER)] == ["8"]
            assert [who for _, who, _ in other.due("stub", LATER)] == ["7"]
            assert not one.leads()
        await asyncio.to_thread(one.close)


async def test_what_was_begun_on_a_wire_that_fell_silent_holds_up_nobody(log: Server, cluster: Cluster) -> None:
    """It has its turn to write, and nobody hears of it any more."""
    async with Wire(cluster.folder).listening() as wire:
        hushed = Server(f"postgresql://tests@127.0.0.1:{wire.port}/postgres")
        one = await asyncio.to_thread(Store.open, hushed, Clock(), hold=True)
        with closing(Store.open(log, Clock(), hold=True)) as other:

            def work(db: Database) -> None:
                wire.hush()
                db.execute("SELECT 1")

            with pytest.raises(StoreError, match="can't be reached"):
                await one._ask(work)
            await other.commit([leak("1")])
            assert other.due("stub", LATER)
            wire.mend()
        await asyncio.to_thread(one.close)
