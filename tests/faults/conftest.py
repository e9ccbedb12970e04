"""A bot on both platforms, with health checks, and people who leak on both at once."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.fakes.ports import free_port
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram
from tests.running import config, readiness


class World:
    """Both platforms. Each leak is by somebody else, the same number on both."""

    def __init__(self, telegram: FakeTelegram, slack: FakeSlack) -> None:
        self.telegram, self.slack, self.port = telegram, slack, free_port()
        self._group = telegram.world.group(-1001)
        self._channel = slack.space.channel("C1")

    def config(self, store: str) -> str:
        """The configuration of a bot whose database stands there."""
        more = f'[store]\npath = "{store}"\n[health]\nlisten = "127.0.0.1:{self.port}"\n'
        return config(self.telegram.url, self.slack.api_base_url, more)

    def leak(self, number: int) -> None:
        person, member = self.telegram.world.person(100 + number, started=True), self.slack.space.person(f"U{number}")
        self._group.status[person.id] = "member"
        self._channel.members.add(member.id)
        says(self.telegram, person, self._group, "Peter's id is A123456(3)")
        self.slack.say("C1", member.id, "Peter's id is A123456(3)")

    def told(self, number: int) -> list[int]:
        """How many nudges this leak has brought on each platform."""
        person = self.telegram.world.people[100 + number]
        return [len(inbox(self.telegram, person)), len(self.slack.space.told(f"U{number}"))]

    async def troubles(self) -> str:
        """What the health check says of the database; '' when it is ready."""
        status, said = await readiness(self.port)
        return "" if status == 200 else "; ".join(said["trouble"].get("store", ()))


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram())
        yield World(telegram, await stack.enter_async_context(FakeSlack(retry_after=(0.0, 0.5, 1.0))))
