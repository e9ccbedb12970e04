"""For all tests: a slow machine is no counterexample, and what takes long begins first."""

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

LONGEST = ("test_run.py", "test_garbage.py", "test_bot_crash.py", "test_demo.py", "test_cli.py", "test_wheel.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of long tests go first: none is left for one core when all others are done."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
