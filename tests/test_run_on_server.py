"""`thinktwice run` with its log on a PostgreSQL server: the bot is killed, the server is killed; nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.store import Store
from tests.fakes.ports import free_port
from tests.fakes.postgres import Cluster
from tests.fakes.telegram import people
from tests.fakes.telegram.server import FakeTelegram
from tests.running import TOKENS, Running, Start, config, readiness, until

pytestmark = pytest.mark.fault


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


async def test_a_killed_bot_and_a_killed_server_lose_nothing(
    start: Start, tmp_path: Path, telegram: FakeTelegram, cluster: Cluster, log: Server
) -> None:
    members = [telegram.world.person(number, started=True) for number in range(5, 9)]
    group = telegram.world.group(-100200, *members)
    port = free_port()
    more = f'[store]\nurl = "{log.url}"\n[health]\nlisten = "127.0.0.1:{port}"\n[detector]\nopinion = false\n'

    def told(number: int) -> int:
        return len(telegram.world.chats[members[number].id].messages)

    def leaks(number: int) -> None:
        people.says(telegram, members[number], group, "Peter's id is A123456(3)")

    async def begin() -> Running:
        bot = await start(tmp_path, config(telegram.url, more=more), **TOKENS)
        await until(lambda: len(bot.out) == 1)
        return bot

    async def settled(number: int) -> None:
        """Wait until somebody is told, and the log knows: before that a kill would have it said again, and marked."""
        await until(lambda: told(number) and {row.state for row in store.outbox()} == {"sent"}, 60)

    bot = await begin()
    store = Store.open(log, lambda: 0.0, create=False)
    leaks(0)
    await settled(0)

    bot.life.kill()
    await bot.ended()
    leaks(1)
    bot = await begin()
    await settled(1)

    cluster.kill()
    leaks(2)
    await until(lambda: any("can't be reached" in line for line in bot.err))
    status, said = await readiness(port)
    assert status == 503
    assert "can't be reached" in said["trouble"]["store"][0]
    assert told(2) == 0
    await asyncio.to_thread(cluster.start)
    await settled(2)
    leaks(3)
    await settled(3)
    assert await bot.stop() == 0

    assert [told(number) for number in range(4)] == [1, 1, 1, 1]
    assert sorted(row.sender or "" for row in store.incidents(0, float("inf"))) == ["5", "6", "7", "8"]
    store.close()
    assert [line for line in bot.err if "Traceback" in line or "A123456" in line] == []
