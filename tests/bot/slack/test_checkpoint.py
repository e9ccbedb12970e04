"""A message that ends the process does so in a few lives; then it is set aside, and what came after it is judged."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.message import Cursor
from bot.platforms.slack.catchup import HANDLED
from bot.platforms.slack.checkpoint import LIVES
from bot.store import Change, Judged, Store, StoreError
from bot.words import PressCode
from detectors.finding import Finding
from tests.fakes.judging import Marks
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import ADMIN

pytestmark = pytest.mark.fault


class PowerCut(BaseException):
    """Ends a life: nothing that handles errors sees it."""


class Deadly(Marks):
    """Reads everything but one word."""

    def find(self, text: str) -> tuple[Finding, ...]:
        if "deadly" in text:
            raise PowerCut
        return super().find(text)


async def live(fake: FakeSlack, folder: Path) -> bool:
    """One life of the bot; True when it judged everything, False when it ended before."""
    bot = SlackBot(fake, folder, detector=Deadly())
    before = bot.store.cursor("slack", HANDLED)
    await bot.__aenter__()
    await fake.until(lambda: bot.receiving.done() or bot.store.cursor("slack", HANDLED) != before)
    ended = bot.receiving.done()
    if ended:
        with suppress(PowerCut):
            await bot.receiving
        bot._tasks.remove(bot.receiving)
    else:
        await bot.settle()
    await bot.__aexit__()
    return not ended


async def test_a_message_that_ends_the_process_is_set_aside(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path):
        pass
    fake.write("C1", "U1", "hkid:1")
    deadly = fake.write("C1", "U1", "deadly")
    fake.write("C1", "U2", "hkid:2")
    lives = [await live(fake, tmp_path) for _ in range(LIVES + 2)]
    assert lives == [False] * (LIVES + 1) + [True]
    assert await live(fake, tmp_path), "what was set aside must not end the process again"
    async with SlackBot(fake, tmp_path) as bot:
        aside = [row.name for row in bot.store.poison("slack") if row.aside]
        assert [name.split("/")[2] for name in aside] == [deadly]
        told = Counter({user: len(fake.space.told(user)) for user in ("U1", "U2", ADMIN)})
    assert told == {"U1": 1, "U2": 1, ADMIN: 1}


async def test_what_goes_well_at_last_leaves_no_mark(fake: FakeSlack, tmp_path: Path) -> None:
    async with SlackBot(fake, tmp_path):
        pass
    fake.write("C1", "U1", "deadly hkid:1")
    assert [await live(fake, tmp_path) for _ in range(LIVES - 1)] == [False] * (LIVES - 1)
    async with SlackBot(fake, tmp_path) as bot:
        await fake.until(lambda: bot.store.incidents(0, 9e9) and not bot.store.poison())


class Full(Store):
    """Has room for a cursor and a count, not for an incident."""

    refused = 0

    async def commit(self, changes: Sequence[Change], cursor: Cursor | None = None) -> tuple[PressCode, ...]:
        if any(isinstance(change, Judged) for change in changes):
            type(self).refused += 1
            raise StoreError("The disk is full.")
        return await super().commit(changes, cursor)


async def test_a_message_that_the_store_did_not_take_in_many_lives_is_taken_once_it_works(
    fake: FakeSlack, tmp_path: Path
) -> None:
    async with SlackBot(fake, tmp_path):
        pass
    ts = fake.write("C1", "U1", "hkid:1")
    for _ in range(LIVES + 2):
        before = Full.refused
        async with SlackBot(fake, tmp_path, store=Full):
            await fake.until(lambda: Full.refused > before)  # noqa: B023  # awaited in the same turn
    async with SlackBot(fake, tmp_path) as bot:
        await fake.until(lambda: bot.leaked("C1", ts))
        await fake.until(lambda: bot.store.poison() == ())
