"""An office whose page is open, for tests as a browser without scripts and as Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.web_office import Office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = Office(tmp_path)
    await made.open()
    yield made
    await made.site.door.close()
    made.store.close()
