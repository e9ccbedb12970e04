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


@pytest.fixture
async def bot(fake: FakeTelegram, tmp_path: Path) -> AsyncIterator[TestBot]:
    async with TestBot(fake.url, tmp_path) as running:
        yield running
