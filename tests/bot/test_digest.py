"""The report that admins get unasked: once for each week or month, also over restarts, in their language."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot, assemble
from bot.config import Config
from bot.periods import HONG_KONG
from bot.platforms.simulator.platform import Simulator
from bot.platforms.simulator.world import Person, World
from bot.store import BOT, Store
from bot.store.copies import restore
from bot.words import Act
from tests.fakes.judging import Marks
from tests.fakes.logbook import Clock, leak
from tests.fakes.two_rules import two_rules

HOUR, DAY = 3600.0, 86_400.0
ADMINS = [Person("u1", "Priya"), Person("u2", "志強", "zh")]


def at(written: str) -> float:
    return datetime.fromisoformat(written).replace(tzinfo=HONG_KONG).timestamp()


class Office:
    """A bot with two admins; `turn` is one turn of its housekeeping, then what waits is delivered."""

    def __init__(self, folder: Path, clock: Clock, every: str = "weekly") -> None:
        self.clock, self.world = clock, World("HR operations", 47, ADMINS)
        self.store = Store.open(folder / "log.db", clock)
        self.platform = Simulator(self.world, clock)
        given: dict[str, Any] = {
            "privacy": {"operator": "Example Ltd", "contact": "privacy@example.com"},
            "admins": {"simulator": [person.id for person in ADMINS], "slack": ["U9"]},
            "reports": {"digest": every},
            "awareness": {"sample": 0},
        }
        finder = Marks()
        rules = two_rules(folder, finder.find)
        config = Config.model_validate(given)
        self.bot: Bot = assemble(config, finder, rules, self.store, {"simulator": self.platform}, clock, clock)

    async def turn(self, now: str) -> list[str]:
        """What each admin has been told by then."""
        self.clock.now = at(now)
        if not hasattr(self.platform, "_guard"):
            await self.platform.open(self.bot.inbound)
            for person in ADMINS:
                await self.platform.start(person)
        await self.bot.housekeeping._turn({"simulator": self.platform})
        await self.bot.courier.drain()
        return [note.text for person in ADMINS for note in self.world.notes[person.id]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, Clock(at("2026-11-18T10:00")))
    yield made
    made.store.close()


async def test_admins_get_the_week_that_is_over_on_monday_morning(office: Office) -> None:
    assert await office.turn("2026-11-18T10:00") == []
    await office.store.commit([leak(platform="simulator", at=at("2026-11-19T10:00"), effects=frozenset())])
    assert await office.turn("2026-11-23T08:59") == []
    english, chinese = await office.turn("2026-11-23T09:00")
    assert english.startswith(
        "Think Twice report: 2026-11-16 00:00 to 2026-11-23 00:00 (Hong Kong time)\nIncidents: 1 "
    )
    assert english.endswith("/report 2026-11-16..2026-11-22 html has it with charts.")
    assert "事件：1宗" in chinese
    assert len(await office.turn("2026-11-24T09:00")) == 2
    assert len(await office.turn("2026-11-30T12:00")) == 4
    notes = [(row.platform, row.detail) for row in office.store.audits() if row.action == Act.REPORT]
    assert notes == [(BOT, "2026-11-16..2026-11-22"), (BOT, "2026-11-23..2026-11-29")]


async def test_only_platforms_that_run_are_told(office: Office) -> None:
    await office.turn("2026-11-18T10:00")
    await office.turn("2026-11-23T09:00")
    assert {row.platform for row in office.store.outbox()} == {"simulator"}


async def test_a_restart_sends_none_twice_and_makes_up_for_one_that_was_missed(tmp_path: Path) -> None:
    days = ("11-20T10:00", "11-23T09:00", "11-23T09:01", "11-26T10:00", "11-29T10:00", "12-01T20:00", "12-01T21:00")
    told = [await lived(tmp_path, f"2026-{day}") for day in days]
    assert told == [0, 2, 0, 0, 0, 2, 0]


async def lived(folder: Path, now: str) -> int:
    """A short life of the bot, in which something happens; how many digests admins got."""
    office = Office(folder, Clock(at(now)))
    await office.store.commit([leak(now, platform="simulator", at=at(now), effects=frozenset())])
    told = len(await office.turn(now))
    office.store.close()
    return told


async def test_a_month_at_a_time(tmp_path: Path) -> None:
    office = Office(tmp_path, Clock(at("2026-11-18T10:00")), "monthly")
    assert [len(await office.turn(now)) for now in ("2026-11-18T10:00", "2026-11-30T23:00")] == [0, 0]
    assert (await office.turn("2026-12-01T09:00"))[0].startswith("Think Twice report: 2026-11-01 00:00 to 2026-12-01")
    office.store.close()


async def test_nobody_is_told_who_did_not_ask_for_it(tmp_path: Path) -> None:
    office = Office(tmp_path, Clock(at("2026-11-18T10:00")), "off")
    assert [await office.turn(now) for now in ("2026-11-18T10:00", "2026-11-23T09:00")] == [[], []]
    office.store.close()


async def test_a_restored_log_sends_none_again(tmp_path: Path) -> None:
    office = Office(tmp_path, Clock(at("2026-11-18T10:00")))
    await office.turn("2026-11-18T10:00")
    office.store.close()
    (tmp_path / "new").mkdir()
    restore(tmp_path / "log.db", tmp_path / "new" / "log.db", at("2026-11-23T10:00"), ("cli", "operator"))
    office = Office(tmp_path / "new", Clock(at("2026-11-23T10:00")))
    assert await office.turn("2026-11-23T10:00") == []
    office.store.close()
