"""A store with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.fakes.logbook import Clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "log.db", Clock())
    yield opened
    opened.close()
