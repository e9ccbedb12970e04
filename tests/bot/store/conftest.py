"""A store with a clock that stands still, on each engine in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.addresses import Server
from bot.store import Store
from tests.fakes.logbook import Clock


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | Server:
    """Where a log may be: a file, or a database on a server."""
    if request.param == "sqlite":
        return tmp_path / "log.db"
    found: Server = request.getfixturevalue("log")
    return found


@pytest.fixture
def store(place: Path | Server) -> Iterator[Store]:
    opened = Store.open(place, Clock())
    yield opened
    opened.close()
