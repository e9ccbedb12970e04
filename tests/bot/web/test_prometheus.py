"""A real Prometheus watches the bot: it reads the figures, and an alert of ours wakes up."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.addresses import Address
from bot.meter import Meter
from bot.platform import Trouble
from bot.store import Store
from bot.web.health import Health
from bot.words import TroubleCode
from tests.fakes.logbook import Clock
from tests.fakes.ports import free_port
from tests.fakes.stub_platform import StubPlatform

DEPLOY = Path(__file__).parents[3] / "deploy" / "prometheus"

pytestmark = pytest.mark.skipif(shutil.which("prometheus") is None, reason="Prometheus is not installed here")


@asynccontextmanager
async def prometheus(folder: Path, watched: int) -> AsyncIterator[str]:
    """Run one on our own files, but for the port of what it watches and how often it looks; yields its address."""
    config = (DEPLOY / "prometheus.yml").read_text("utf-8")
    config = config.replace("127.0.0.1:8081", f"127.0.0.1:{watched}").replace(
        "15s", "200ms\n  evaluation_interval: 200ms"
    )
    (folder / "prometheus.yml").write_text(config, "utf-8")
    shutil.copy(DEPLOY / "alerts.yml", folder)
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "prometheus", f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}", stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def asked(session: aiohttp.ClientSession, url: str, **query: str) -> Any:
    """What its API answers; None while it starts."""
    with suppress(aiohttp.ClientError):
        async with session.get(url, params=query) as answer:
            return (await answer.json())["data"] if answer.status == 200 else None


async def until(ask: Callable[[], Awaitable[Any]], word: str) -> Any:
    """Ask until the answer holds a word, and return it."""
    while word not in json.dumps(answer := await ask()):  # noqa: ASYNC110 - another process knows nothing of our events
        await asyncio.sleep(0.1)
    return answer


async def test_it_reads_the_figures_and_an_alert_wakes_up(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    platform = StubPlatform("slack")
    platform.troubles = (Trouble(TroubleCode.REFUSED, 3),)
    health = Health(store, {"slack": platform}, Meter(), lambda: "5d41402abc4b")
    await health.open(Address("127.0.0.1", 0))
    async with prometheus(tmp_path, health.door.port) as url, aiohttp.ClientSession() as session, asyncio.timeout(20):
        found = await until(lambda: asked(session, f"{url}/api/v1/query", query="thinktwice_trouble"), '"refused"')
        assert found["result"][0]["value"][1] == "3"
        await until(lambda: asked(session, f"{url}/api/v1/alerts"), '"ThinkTwiceBlind"')
    await health.door.close()
    store.close()
