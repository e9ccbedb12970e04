"""Trouble that lasts a minute is told once, and once more when it is over; what /readyz shows, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wording
from bot.judging.guard import Guard
from bot.platform import Trouble
from bot.store import Store, StoreError
from bot.store.bodies import AlertBody
from bot.talk.compose import alert
from bot.watch import Watch
from bot.words import AlertCode, TroubleCode
from tests.fakes.judging import Marks
from tests.fakes.logbook import Clock
from tests.fakes.stub_platform import StubPlatform
from tests.fakes.two_rules import two_rules

WAITING, REFUSED = Trouble(TroubleCode.WAITING), Trouble(TroubleCode.REFUSED, 10)
UNHEARD = Trouble(TroubleCode.UNHEARD, 4)
STOPPED, TURNED_AWAY = Trouble(TroubleCode.STOPPED), Trouble(TroubleCode.TURNED_AWAY, 3)


class Tower:
    """Two platforms with an admin each, a store that fails when told to, and the watch over them."""

    def __init__(self, folder: Path) -> None:
        self.ticks = Clock(0.0)
        self.store = Store.open(folder / "log.db", Clock())
        self.one, self.other = StubPlatform("telegram"), StubPlatform("slack")
        admins = {"telegram": ("1",), "slack": ("U1",)}
        guard = Guard(Marks(), two_rules(folder, Marks().find), self.store, Clock(), admins)
        self.watch = Watch({"telegram": self.one, "slack": self.other}, self.store, guard, self.ticks)

    async def go_by(self, seconds: float, *troubles: Trouble) -> None:
        """Let time go by in which the first platform has these troubles."""
        self.one.troubles = troubles
        for _ in range(int(seconds / 2)):
            self.ticks.now += 2
            await self.watch.look()

    def told(self, platform: str) -> list[tuple[str, str, int]]:
        bodies = [row.body for row in self.store.outbox(platform=platform)]
        return [(body.code, body.detail, body.count) for body in bodies if isinstance(body, AlertBody)]


def full() -> None:
    """Find the disk full."""
    raise StoreError("The disk that holds the database is full")


@pytest.fixture
def tower(tmp_path: Path) -> Iterator[Tower]:
    tower = Tower(tmp_path)
    yield tower
    tower.store.close()


@pytest.mark.parametrize(
    ("trouble", "detail", "count"),
    [(WAITING, "telegram.waiting", 1), (REFUSED, "telegram.refused", 10), (UNHEARD, "telegram.unheard", 4)],
)
async def test_what_lasts_is_told_once_on_every_platform_and_once_when_it_is_over(
    tower: Tower, trouble: Trouble, detail: str, count: int
) -> None:
    await tower.go_by(58, trouble)
    assert tower.told("slack") == []
    await tower.go_by(600, trouble)
    assert tower.told("telegram") == tower.told("slack") == [("trouble", detail, count)]
    await tower.go_by(60)
    assert tower.told("slack")[1:] == [("over", "telegram", 11)]


async def test_what_passes_is_nobodys_business(tower: Tower) -> None:
    for _ in range(5):
        await tower.go_by(50, WAITING)
        await tower.go_by(24)
    assert tower.told("slack") == []


async def test_what_comes_and_goes_is_one_trouble(tower: Tower) -> None:
    for _ in range(20):
        await tower.go_by(10, WAITING)
        await tower.go_by(10)
    await tower.go_by(30)
    assert [code for code, *_ in tower.told("slack")] == ["trouble", "over"]


@pytest.mark.parametrize("trouble", [STOPPED, TURNED_AWAY])
async def test_what_is_told_elsewhere_or_does_not_blind_is_not_told(tower: Tower, trouble: Trouble) -> None:
    await tower.go_by(600, trouble)
    assert tower.told("slack") == []


async def test_a_store_that_takes_nothing_is_told_of_when_it_takes_again(
    tower: Tower, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(tower.store, "trouble", lambda: "The disk that holds the database is full")
        failing.setattr(tower.store._writer, "_look", full)
        await tower.go_by(300)
    await tower.go_by(30)
    assert tower.told("slack") == tower.told("telegram") == [("trouble", "store.waiting", 1), ("over", "store", 5)]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_of_the_operators_own_system_it_says_that_people_are_told_as_ever(language: str) -> None:
    text = alert(language, AlertBody(AlertCode.TROUBLE, 2, detail="hook.unheard"), "", "/")
    assert ("as ever" if language == "en" else "不受影響") in text


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("detail", ["telegram.waiting", "slack.refused", "store.waiting", ""])
def test_what_an_admin_reads(language: str, detail: str) -> None:
    text = alert(language, AlertBody(AlertCode.TROUBLE, 2, detail=detail), "", "/")
    name = {"telegram": "Telegram", "slack": "Slack", "store": wording.say(language, "phrase.database"), "": ""}
    assert name[detail.partition(".")[0]] in text
    assert "  " not in text
