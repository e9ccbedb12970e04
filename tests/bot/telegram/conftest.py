"""A fake Bot API server and the whole bot beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.server import FakeTelegram


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture(autouse=True)
def _repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """What broke a line has passed at once."""
    monkeypatch.setattr("bot.store.delivery.REPEAT_AFTER", 0.05)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries to reach Telegram follow each other closely."""
    monkeypatch.setattr("bot.platforms.telegram.outcomes.SOON", 0.05)
    monkeypatch.setattr("bot.platforms.telegram.line.FIRST", 0.02)


@pytest.fixture
async def bot(fake: FakeTelegram, tmp_path: Path) -> AsyncIterator[TestBot]:
    async with TestBot(fake.url, tmp_path) as running:
        yield running
