"""Commands find what they always find, with detectors that are there already."""

import pytest

from tests.whole import detectors_made_once

__all__ = ["detectors_made_once"]


@pytest.fixture(autouse=True)
def _detectors(detectors_made_once: None) -> None:
    """For every test here."""
