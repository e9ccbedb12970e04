"""Chunks of a few messages, for every test of a reader."""

import pytest

from bot.sweep.readers import arrays, blocks, rows, whatsapp


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few messages and blocks of a few lines, so that there are many, and messages across two."""
    for module in (arrays, blocks, rows):
        monkeypatch.setattr(module, "BLOCK", 3_001)
    monkeypatch.setattr(rows, "SIZE", 5_000)
    monkeypatch.setattr(whatsapp, "SIZE", 5_000)
    monkeypatch.setattr(arrays.pieces, "__defaults__", (5_000,))
