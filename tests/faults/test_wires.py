"""A platform that answers late, or breaks off: nobody else waits, and who was being told is told once."""

from pathlib import Path

import pytest

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack

pytestmark = pytest.mark.fault


async def test_a_call_that_hangs_on_slack_holds_up_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.slack.wire.ANSWER_SECONDS", 1.0)
    async with FakeSlack() as fake:
        fake.space.channel("C1", "U1", "U2")
        fake.hang("chat.postMessage")
        async with SlackBot(fake, tmp_path) as bot:
            fake.say("C1", "U1", "hkid:1")
            await fake.until(lambda: fake.counts["chat.postMessage"])
            fake.say("C1", "U2", "hkid:2")
            await fake.until(lambda: fake.space.told("U2"))
            assert fake.space.told("U1") == []
            await fake.until(lambda: fake.space.told("U1"))
            await bot.settle()
        assert [len(fake.space.told(user)) for user in ("U1", "U2")] == [1, 1]
