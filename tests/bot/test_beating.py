"""Being heard by the other programs over one log."""

import asyncio
from contextlib import closing

import pytest

from bot import beating
from bot.addresses import Server
from bot.store import Store
from bot.store.engine import Database, Heard
from bot.store.postgres.replica import Replica
from tests.fakes.logbook import Clock


async def test_what_nobody_foresaw_ends_no_beating(
    log: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    beat, beats = Replica.beat, asyncio.Event()

    def stumbles(self: Replica, db: Database, edition: str) -> Heard:
        if "ValueError" not in caplog.text:
            raise ValueError("words of somebody")
        loop.call_soon_threadsafe(beats.set)
        return beat(self, db, edition)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(beating, "BEAT", 0.01)
    monkeypatch.setattr(Replica, "beat", stumbles)
    with closing(Store.open(log, Clock(), hold=True)) as store:
        async with beating.beating(store, lambda: "edition"):
            await asyncio.wait_for(beats.wait(), 30)
    assert "words" not in caplog.text
