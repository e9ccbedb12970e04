"""What breaks one platform is that platform's trouble."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot import running
from tests.fakes.stub_platform import StubPlatform
from tests.fakes.telegram.bot import TestBot


class Breaking(StubPlatform):
    """Breaks twice, then listens."""

    def __init__(self) -> None:
        super().__init__()
        self.listened = 0
        self.listening = asyncio.Event()

    async def receive(self) -> None:
        self.listened += 1
        if self.listened < 3:
            raise AttributeError("words of somebody")
        self.listening.set()
        await asyncio.Event().wait()


async def test_a_platform_that_breaks_is_listened_to_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.running.SHORTEST_PAUSE", 0.01)
    bot = TestBot("http://127.0.0.1:9", tmp_path)
    platform = Breaking()
    with caplog.at_level(logging.INFO):
        task = asyncio.create_task(running._receive(platform, bot.guard))
        await asyncio.wait_for(platform.listening.wait(), 10)
    assert not task.done()
    task.cancel()
    await bot.platform.close()
    bot.store.close()
    assert "platform.broke name=stub error=AttributeError" in caplog.text
    assert "words of somebody" not in caplog.text
