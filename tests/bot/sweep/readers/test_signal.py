"""Signal Desktop's main.jsonl."""

from pathlib import Path

from benchmarks.sweeps import exports
from tests.bot.sweep.readers.reading import MADE, read_well, words


def test_signal(tmp_path: Path) -> None:
    exports.signal(tmp_path / "main.jsonl", MADE)
    found = read_well(tmp_path / "main.jsonl")
    assert [words(message) for message in found] == [one.text for one in MADE]
    assert [int(message.sent_at) for message in found] == [one.at for one in MADE]
    assert {message.audience for message in found} == {8}
