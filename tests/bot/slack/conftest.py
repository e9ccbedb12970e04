"""A fake Slack, and the whole bot beside it, over each of the two lines that events come in by."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(retry_after=(0.0, 0.05, 0.1), patience=1.0) as server:
        server.space.channel("C1", "U1", "U2", "U0ADMIN", name="hr")
        yield server


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake's history is complete at once, no call is under way when its answer is lost, what failed may go on."""
    monkeypatch.setattr("bot.platforms.slack.deliver.SETTLING", 0.0)
    monkeypatch.setattr("bot.sending.delivery.LOOK_AFTER", 0.001)
    monkeypatch.setattr("bot.platforms.slack.deliver.SOON", 0.05)
    monkeypatch.setattr("bot.platforms.slack.platform.FIRST", 0.05)


@pytest.fixture(params=["socket", "http"])
async def bot(request: pytest.FixtureRequest, fake: FakeSlack, tmp_path: Path) -> AsyncIterator[SlackBot]:
    async with SlackBot(fake, tmp_path, mode=request.param) as running:
        yield running
