"""For all tests: a slow machine is no counterexample, what takes long begins first, what stays is no garbage."""

import itertools
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from bot import garbage
from tests.running import Running, Start
from tests.served import cluster, log
from tests.tally import pytest_terminal_summary, tally
from tests.zygote import Life, program

__all__ = ["cluster", "log", "pytest_terminal_summary", "start", "tally"]

garbage.building()

# The same examples each time, so that a run tells of a change and never of luck; `make search` looks for new ones.
settings.register_profile("patient", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("search", deadline=None, max_examples=1_000)
settings.load_profile("search" if os.environ.get("HYPOTHESIS_SEARCH") else "patient")

LONGEST = (
    "test_planted.py", "test_measures.py", "test_floors.py", "test_operate.py", "test_bot_crash.py",
    "test_scenarios.py", "test_extras.py", "test_browser.py", "test_scan_files.py", "test_replicas.py",
    "test_each_kind.py", "test_hostile.py", "test_masking.py", "test_tally.py", "test_remains.py", "test_cluster.py",
    "test_new_type.py", "test_wheel.py", "test_run.py", "test_cli.py", "test_demo.py", "test_garbage.py",
    "test_adapters.py", "test_kills.py", "test_silent.py", "test_disk.py", "test_run_on_server.py",
)  # fmt: skip
"""Files that take longest, the longest first, by `pytest --durations`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of long tests go first: none is left for one core when all others are done."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_collection_finish() -> None:
    """All test files are read now: no search for garbage goes through what they hold."""
    garbage.built()


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts `thinktwice` with a configuration in a folder, a command (`run`) and variables; ends all at the end."""
    async with AsyncExitStack() as lives:

        async def begin(folder: Path, config: str, *arguments: str, **environment: str) -> Running:
            path = folder / "config.toml"
            path.write_text(config, "utf-8")
            written = tmp_path / f"written-{next(numbers)}"
            out, err = written.with_suffix(".out"), written.with_suffix(".err")
            told = (*(arguments or ("run",)), "--config", str(path))
            life = await lives.enter_async_context(Life(program, out, err, environment, told))
            return Running(life, out, err)

        numbers = itertools.count()
        yield begin
