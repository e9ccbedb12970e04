"""Teams' messages as Microsoft Graph gives them."""

from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from tests.bot.sweep.readers.reading import MADE, read_well, same


@pytest.mark.parametrize("lined", [True, False])
def test_teams(tmp_path: Path, lined: bool) -> None:  # noqa: FBT001 - a case
    path = tmp_path / "messages.json"
    exports.teams(path, MADE, lined=lined)
    found = read_well(path)
    same(found)
    assert {message.chat for message in found} == {"19:made@thread.v2"}
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]
