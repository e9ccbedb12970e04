"""The clock of the machine is wrong, or jumps while the bot runs: whoever leaks is told all the same, and once."""

import time
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram

pytestmark = pytest.mark.fault

HOUR, YEAR = 3600.0, 365 * 86_400.0
JUMPS = {"an hour on": HOUR, "an hour back": -HOUR, "a year on": YEAR, "a year back": -YEAR}


class WrongClock:
    """The right time, but for an error."""

    def __init__(self) -> None:
        self.error = 0.0

    def __call__(self) -> float:
        return time.time() + self.error


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_jump_loses_no_nudge_on_telegram(tmp_path: Path, jump: float) -> None:
    clock = WrongClock()
    async with FakeTelegram() as fake, TestBot(fake.url, tmp_path, clock, ticks=time.monotonic) as bot:
        people = [fake.world.person(11 + number, started=True) for number in range(3)]
        group = fake.world.group(-1001, *people)
        for person, error in zip(people, (0.0, jump, 0.0), strict=True):
            clock.error = error
            says(fake, person, group, "{HKID}")
            await fake.seen(partial(inbox, fake, person))
        assert [len(inbox(fake, person)) for person in people] == [1, 1, 1]
        assert len(bot.store.incidents(0, float("inf"))) == 3


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_a_jump_loses_no_nudge_on_slack(tmp_path: Path, jump: float) -> None:
    clock = WrongClock()
    async with FakeSlack() as fake:
        fake.space.channel("C1", "U1", "U2", "U3")
        async with SlackBot(fake, tmp_path, clock=clock, ticks=time.monotonic) as bot:
            for user, error in (("U1", 0.0), ("U2", jump), ("U3", 0.0)):
                clock.error = error
                fake.say("C1", user, "hkid:1")
                await fake.until(partial(fake.space.told, user))
            assert [len(fake.space.told(user)) for user in ("U1", "U2", "U3")] == [1, 1, 1]
            assert len(bot.store.incidents(0, float("inf"))) == 3
