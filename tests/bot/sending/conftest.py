"""A store and its clock; nobody waits before a platform is asked what became of a call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.fakes.logbook import Clock


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sending.delivery.LOOK_AFTER", 0.001)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", clock)
    yield opened
    opened.close()
