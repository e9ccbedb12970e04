"""Telegram's pages: what they tell of each message."""

from pathlib import Path

from benchmarks.sweeps import exports
from bot.sweep.export import Circumstances
from tests.bot.sweep.readers.reading import HERE, MADE, read_well, same


def test_telegram_in_html(tmp_path: Path) -> None:
    exports.telegram_html(tmp_path / "ChatExport", MADE)
    found = read_well(tmp_path / "ChatExport", Circumstances(HERE.zone, "telegram", "-1001"))
    same(found)
    assert [message.id for message in found] == [str(one.number) for one in MADE]
    assert [message.sender for message in found] == [one.name for one in MADE]
    assert [message.forwarded for message in found] == [one.forwarded for one in MADE]
    assert {message.chat for message in found} == {"-1001"}
