"""A clock that jumps deletes nothing and lets nothing expire, until it holds or somebody says that it is right."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.clocks import CONFIRMED, WallClock
from bot.config import Config, Privacy
from bot.housekeeping import Housekeeping
from bot.judging.guard import Guard
from bot.store import Store
from bot.words import Act
from policies.reload import Policies
from tests.fakes.judging import Marks
from tests.fakes.logbook import NOON, Clock, leak
from tests.fakes.two_rules import two_rules

pytestmark = pytest.mark.fault

DAY = 86_400.0
YEAR = 365 * DAY


class Office:
    """A store with an open incident, two clocks, and the housekeeping that watches them."""

    def __init__(self, store: Store, clock: Clock, policies: Policies) -> None:
        self.clock, self.ticks, self.store, self.policies = clock, Clock(0.0), store, policies
        self.start()

    def start(self) -> None:
        config = Config(privacy=Privacy(operator="Example Ltd", contact="privacy@example.com"))
        self.wall = WallClock(self.clock, self.store.newest(), self.ticks)
        guard = Guard(Marks(), self.policies, self.store, self.clock, {})
        self.housekeeping = Housekeeping(config, self.policies, guard, self.store, self.wall)

    async def turn(self, seconds: float = 60.0, jump: float = 0.0) -> int:
        """Let time go by; returns how many incidents are still open."""
        self.ticks.now += seconds
        self.clock.now += seconds + jump
        await self.housekeeping._turn({})
        return self.store.counts().open

    @property
    def kept(self) -> int:
        return len(self.store.incidents(0, 1e12))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def office(tmp_path: Path, clock: Clock) -> AsyncIterator[Office]:
    store = Store.open(tmp_path / "thinktwice.db", clock)
    await store.commit([leak()])
    yield Office(store, clock, two_rules(tmp_path, Marks().find))
    store.close()


async def test_time_that_goes_by_expires_and_purges_as_ever(office: Office) -> None:
    assert await office.turn() == 1
    assert await office.turn(8 * DAY) == 0
    await office.turn(100 * DAY)
    assert office.kept == 0


@pytest.mark.parametrize("jump", [YEAR, 11 * 60.0, -YEAR, -11 * 60.0])
async def test_a_jump_stops_it_until_the_time_has_held_for_an_hour(office: Office, jump: float) -> None:
    assert await office.turn(8 * DAY - 60.0, jump) == 1
    assert office.wall.doubted
    assert await office.turn(3_500.0) == 1
    assert office.wall.doubted
    await office.turn(200.0)
    assert not office.wall.doubted


async def test_a_jump_and_back_leaves_everything_as_it_was(office: Office) -> None:
    assert await office.turn(jump=YEAR) == 1
    assert await office.turn(jump=-YEAR) == 1
    assert await office.turn(3_700.0) == 1
    assert (office.kept, office.wall.doubted) == (1, False)


async def test_each_jump_begins_the_hour_anew(office: Office) -> None:
    await office.turn(jump=YEAR)
    await office.turn(3_000.0, YEAR)
    assert await office.turn(3_000.0) == 1
    assert office.wall.doubted


async def test_a_correction_by_seconds_is_no_jump(office: Office) -> None:
    assert await office.turn(8 * DAY, 5.0) == 0
    assert not office.wall.doubted


@pytest.mark.parametrize(("away", "doubted"), [(YEAR, True), (-DAY, True), (DAY, False), (-5.0, False)])
async def test_at_start_the_clock_is_held_against_the_newest_entry(office: Office, away: float, doubted: bool) -> None:  # noqa: FBT001  # a parameter of the test
    office.clock.now += away
    office.start()
    assert await office.turn() == 1
    assert office.wall.doubted is doubted
    await office.turn(3_700.0)
    assert not office.wall.doubted


async def test_an_operator_says_that_the_clock_is_right(office: Office) -> None:
    await office.store.audit("cli", "", CONFIRMED, "", allowed=True)
    assert await office.turn(jump=YEAR) == 1
    assert office.wall.doubted, "it was said before the jump"
    await office.store.audit("cli", "", CONFIRMED, "", allowed=True)
    assert await office.turn() == 0
    assert not office.wall.doubted


async def test_an_empty_log_says_nothing_against_a_clock(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    assert store.newest() == 0
    assert not WallClock(Clock(), store.newest()).doubted
    store.close()


@pytest.mark.parametrize("entry", [NOON + 300 * YEAR, 0.0 + YEAR])
def test_purge_asks_before_it_believes_an_odd_clock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entry: float
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n')
    clock = Clock(entry)
    store = Store.open(tmp_path / "thinktwice.db", clock)
    store._writer.ask(
        lambda db: db.execute("INSERT INTO audit VALUES (?, 'cli', '', 'report', '', 1, '')", (entry,))
    ).result()
    assert main(["purge", "--config", str(config)]) == 1
    assert "nothing was deleted" in capsys.readouterr().err
    assert len(store.audits()) == 1
    assert main(["purge", "--config", str(config), "--clock-is-right"]) == 0
    assert [row.action for row in store.audits() if row.platform == "cli"][-2:] == [CONFIRMED, Act.PURGE]
    store.close()
