"""The same work costs the same in a log of any size: SQLite's own steps are counted, never the time.

`make growth` measures the same, and the time, against a million incidents.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.growth.filling import Filling, fill
from benchmarks.growth.work import Work, counted
from bot.message import Cursor, Press
from bot.send import Refused, Sent
from bot.store import Store
from bot.store.sqlite import SqliteFile
from bot.words import Action
from tests.fakes.logbook import clean, leak

NOW = 1_790_000_000.0
LEAKS = 30
SLACK = 1.3
"""A tree of more rows is a level deeper here and there; what scans takes many times as much."""

EMPTY = Filling(0)
LARGE = Filling(2_000, groups=20, members=300)
FAMILIAR = Filling(2_000, groups=1, members=3)
"""The same few people were written to hundreds of times each."""


@dataclass(frozen=True)
class Bot:
    """What the bot does with its store; messages go into so many groups, written by so many people."""

    store: Store
    groups: int = 1
    members: int = 3
    effects: frozenset[str] = frozenset({"nudge", "alert"})

    def _about(self, number: int) -> dict[str, Any]:
        chat, sender = f"-100{number % self.groups}", f"{5000 + number % self.members}"
        return {"platform": "telegram", "chat": chat, "sender": sender, "at": NOW + 61.0 * number}

    async def judges(self) -> None:
        for number in range(LEAKS):
            await self.store.commit(
                [leak(f"new-{number}", effects=self.effects, **self._about(number))],
                Cursor("telegram", "offset", str(number)),
            )

    async def delivers(self) -> None:
        late = NOW + 61.0 * LEAKS
        for recipient in self.store.due("telegram", late):
            while (row := self.store.next_for("telegram", recipient, late)) is not None:
                self.store.person("telegram", "", row.recipient)
                await self.store.sending(row, "dm", late)
                await self.store.settled(row.id, Refused("blocked") if row.id % 5 == 4 else Sent("{}"), late)
        self.store.next_due("telegram", late)
        self.store.under_way("telegram")

    async def answers_presses(self) -> None:
        for number in range(0, LEAKS, 3):
            known = self._known(number)
            self.store.nudge(known)
            self.store.together(known)
            press = Press("telegram", "", f"{5000 + number % self.members}", known, Action.FALSE_ALARM, NOW + 9_999, "")
            await self.store.commit([press])

    async def sees_edits(self) -> None:
        for number in range(1, LEAKS, 3):
            await self.store.commit([clean(f"new-{number}", revision="9", **self._about(number))])

    async def says_how_it_is(self) -> None:
        self.store.counts()
        self.store.newest()
        self.store.poison()
        self.store.trouble()

    async def starts_again(self) -> None:
        assert isinstance(self.store._engine, SqliteFile)
        Store.open(self.store._engine._path, lambda: NOW).close()
        self.store.newest()

    async def reports_what_is_new(self) -> None:
        self.store.tally(NOW, NOW + 9_999)
        self.store.alike(NOW, NOW + 9_999, "telegram", "-1000")

    def _known(self, number: int) -> str:
        found = self.store.incident_at("telegram", "", f"-100{number % self.groups}", f"new-{number}")
        assert found is not None
        return found.id


Deed = Callable[[Bot], Awaitable[None]]
DEEDS: dict[str, Deed] = {
    name: getattr(Bot, name)
    for name in (
        "judges", "delivers", "answers_presses", "sees_edits", "says_how_it_is", "starts_again", "reports_what_is_new",
    )
}  # fmt: skip


async def work(path: Path, filling: Filling, **traffic: Any) -> dict[str, Work]:
    """What each deed costs in a log like this."""
    fill(path, filling, NOW)
    store, cost = Store.open(path, lambda: NOW), {}
    try:
        for name, deed in DEEDS.items():
            with counted(store) as cost[name]:
                await deed(Bot(store, **traffic))
        return cost
    finally:
        store.close()


def grown(first: dict[str, Work], second: dict[str, Work]) -> dict[str, tuple[float, str]]:
    """Each deed that costs more: how many times as much, and the statement that grew most."""
    worse = {}
    for name, before in first.items():
        ratio = (second[name].total + 200) / (before.total + 200)
        if ratio > SLACK:
            worse[name] = round(ratio, 1), str((second[name].steps - before.steps).most_common(1))
    return worse


@pytest.mark.parametrize("filling", [LARGE, FAMILIAR], ids=["much", "the same people"])
async def test_a_large_log_costs_what_an_empty_one_does(tmp_path: Path, filling: Filling) -> None:
    empty, full = await work(tmp_path / "empty.db", EMPTY), await work(tmp_path / "full.db", filling)
    assert grown(empty, full) == {}
    assert {name: cost.statements.total() for name, cost in full.items()} == {
        name: cost.statements.total() for name, cost in empty.items()
    }


async def test_many_groups_cost_what_one_does(tmp_path: Path) -> None:
    """A report of more groups says more; and more alerts go out, because what one group joins many don't."""
    nudges = frozenset({"nudge"})
    one = await work(tmp_path / "one.db", LARGE, members=20, effects=nudges)
    many = await work(tmp_path / "many.db", LARGE, members=20, groups=20, effects=nudges)
    assert grown(one, many).keys() <= {"reports_what_is_new"}


async def test_what_scans_is_seen(tmp_path: Path) -> None:
    """The measure itself: a question that reads all there is fails."""
    costs = []
    for filling in (EMPTY, LARGE):
        fill(path := tmp_path / f"{filling.incidents}.db", filling, NOW)
        store = Store.open(path, lambda: NOW)
        with counted(store) as cost:
            store._rows("SELECT COUNT(*) FROM incident WHERE severity = 'low'")
        costs.append({"scan": cost})
        store.close()
    assert "scan" in grown(*costs)
