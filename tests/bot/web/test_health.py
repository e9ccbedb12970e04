"""What /healthz and /readyz say, whatever platforms run."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.addresses import Address
from bot.config import ConfigError
from bot.meter import Meter
from bot.platform import Trouble
from bot.store import Store
from bot.web.health import Health
from bot.words import TroubleCode
from tests.fakes.stub_platform import StubPlatform

HERE = Address("127.0.0.1", 0)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store.open(tmp_path / "log.db", lambda: 0.0)
    yield opened
    opened.close()


async def asked(store: Store, *platforms: StubPlatform, path: str = "/readyz") -> tuple[int, dict[str, Any]]:
    health = Health(store, {platform.name: platform for platform in platforms}, Meter(), lambda: "5d41402abc4b")
    await health.open(HERE)
    url = f"http://127.0.0.1:{health.door.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        said = answer.status, await answer.json()
    await health.door.close()
    return said


async def test_all_is_well(store: Store) -> None:
    assert await asked(store, StubPlatform("slack")) == (200, {"status": "ready", "trouble": {}})
    assert await asked(store, path="/healthz") == (200, {"status": "alive"})


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Trouble(TroubleCode.WAITING), "no connection"),
        (Trouble(TroubleCode.STOPPED), "stopped for good"),
        (Trouble(TroubleCode.REFUSED, 10), "10 requests were refused"),
    ],
)
async def test_a_blind_platform_is_not_ready_and_says_why(store: Store, trouble: Trouble, words: str) -> None:
    well, blind = StubPlatform("telegram"), StubPlatform("slack")
    blind.troubles = (trouble,)
    status, said = await asked(store, well, blind)
    assert (status, said["status"], list(said["trouble"])) == (503, "not ready", ["slack"])
    assert words in said["trouble"]["slack"][0]
    status, _ = await asked(store, blind, path="/healthz")
    assert status == 200


async def test_strangers_at_the_door_are_told_of_and_stop_nothing(store: Store) -> None:
    platform = StubPlatform("slack")
    platform.troubles = (Trouble(TroubleCode.TURNED_AWAY, 2),)
    status, said = await asked(store, platform)
    assert (status, said["status"]) == (200, "ready")
    assert "2 requests" in said["trouble"]["slack"][0]


async def test_a_database_that_is_gone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "log.db").unlink()
    status, said = await asked(store, StubPlatform())
    assert (status, list(said["trouble"])) == (503, ["store"])
    assert "deleted" in said["trouble"]["store"][0]


async def test_a_place_that_is_taken_is_one_sentence_with_the_cure(store: Store) -> None:
    first = Health(store, {}, Meter(), str)
    await first.open(HERE)
    place = Address("127.0.0.1", first.door.port)
    with pytest.raises(ConfigError, match=rf"can't listen at {place}.*change listen in \[health\]"):
        await Health(store, {}, Meter(), str).open(place)
    await first.door.close()
