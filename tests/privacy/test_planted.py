"""Planted values turn up nowhere: `thinktwice run` on both platforms as chatty as it can be, killed in the middle.

Its folder is searched while the write-ahead log is full and at the end: the database, all that the programs wrote to
stdout and stderr, reports in each format, temporary files, home. What the bot says repeats no value either.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from itertools import islice
from pathlib import Path

import pytest

from detectors.types import TYPES
from tests.fakes.ports import free_port
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.server import FakeTelegram
from tests.privacy.on_slack import OnSlack
from tests.privacy.on_telegram import OnTelegram
from tests.privacy.place import Doors, Place
from tests.privacy.plants import Plant, plants
from tests.privacy.search import Search
from tests.tally import Tally
from tests.zygote import Life

RUN = "run --verbose --config {config}"
READING = ("explain", "scan -", "scan - --format jsonl")
TELLING = (
    "report --config {config}",
    "report --format csv --config {config}",
    "report --format json --config {config}",
)
TENDING = ("doctor --config {config}", "purge --config {config}")


async def play(place: Place, planted: Sequence[Plant], mode: str) -> str:
    """Plant half and kill the bot, plant the other half and stop it; returns what it said."""
    half = len(planted) // 2
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram())
        telegram.world.inline = True
        slack = await stack.enter_async_context(FakeSlack(patience=0.5))  # odd presses get no answer
        doors = Doors(mode, free_port(), free_port())
        if doors.slack:
            slack.over_http(doors.slack)
        place.configure(telegram, slack, doors)
        one, other = OnTelegram(telegram, doors.hook), OnSlack(slack, doors.slack)
        async with place.start(RUN) as life:
            await until(life, lambda: _begun(telegram) and slack.counts["users.conversations"])
            await plant(one, other, planted[:half])
            await until(life, lambda: place.incidents() > half // 4)
            life.kill()
            await life.ended()
        async with place.start(RUN) as life:
            await plant(one, other, planted[half:])
            await until(life, lambda: one.heard() and other.heard() and place.told())
            assert await life.stop() == 0
        return one.said() + other.said()


def _begun(telegram: FakeTelegram) -> int:
    return telegram.updates.polls or telegram.poster.sets


def about_people(planted: Sequence[Plant]) -> list[Plant]:
    """Without what is nobody's data: a safer text that somebody asks for leaves it as it was written."""
    return [one for one in planted if one.type not in {type_.name for type_ in TYPES if type_.occasion or type_.beside}]


async def plant(one: OnTelegram, other: OnSlack, planted: Sequence[Plant]) -> None:
    for value in planted:
        await one.plant(value)
        await other.plant(value)


async def until(life: Life, seen: Callable[[], object]) -> None:
    while not seen():
        assert not life.over
        await asyncio.sleep(0.05)


async def command(place: Place, words: str, given: str = "") -> None:
    async with place.start(words, given) as life:
        assert await life.ended() in (0, 1)  # the doctor misses the platforms


async def planting(folder: Path, many: int, mode: str, commands: Sequence[str]) -> dict[str, int]:
    """All of it, with so many values; returns figures."""
    planted = list(islice(plants(many), many))
    search, place = Search(planted), Place(folder)
    said = await play(place, planted, mode)
    assert search.found_in(place.folder) == {}
    assert place.types() == {type_.name for type_ in TYPES if type_.personal}  # the default policy speaks of no others
    for words in commands:
        await command(place, words, "\n".join(plant.text for plant in planted) if words in READING else "")
    assert search.found_in(place.folder) == {}
    assert Search(about_people(planted), words=False).found(said.encode()) == set()
    return {"values": many, "forms": search.forms, "incidents": place.incidents()}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_planted_values_turn_up_nowhere(tmp_path: Path, mode: str) -> None:
    """Fetched from Telegram and by a socket from Slack, then posted by both."""
    await planting(tmp_path, 52, mode, (*TELLING, READING[2]))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_thousands_of_planted_values_turn_up_nowhere(tmp_path: Path, mode: str, tally: Tally) -> None:
    tally(f"planted, {mode}", await planting(tmp_path, 1_040, mode, (*READING, *TELLING, *TENDING)))
