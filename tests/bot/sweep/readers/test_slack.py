"""Slack's export, packed or not."""

from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from tests.bot.sweep.readers.reading import MADE, read_well, same


@pytest.mark.parametrize("packed", [True, False])
def test_slack(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a case
    path = tmp_path / ("export.zip" if packed else "export")
    exports.slack(path, MADE, packed=packed)
    found = read_well(path)
    same([message for message in found if not message.forwarded], [one for one in MADE if not one.forwarded])
    assert [message.id for message in found] == [exports.stamp(one) for one in MADE]
    assert {(message.workspace, message.chat, message.audience) for message in found} == {("T0MADE", "C0MADE", 8)}
    assert [message.sender for message in found] == [f"U0{one.person}" for one in MADE]
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]
