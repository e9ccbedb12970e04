"""Teams' messages as Microsoft Graph gives them."""

import json
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from tests.bot.sweep.readers.reading import MADE, read, read_well, same, words


@pytest.mark.parametrize("lined", [True, False])
def test_teams(tmp_path: Path, lined: bool) -> None:  # noqa: FBT001 - a case
    path = tmp_path / "messages.json"
    exports.teams(path, MADE, lined=lined)
    found = read_well(path)
    same(found)
    assert {message.chat for message in found} == {"19:made@thread.v2"}
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]


ONE = {
    "id": "1",
    "messageType": "message",
    "createdDateTime": "2022-01-01T08:00:00Z",
    "chatId": "19:a@thread.v2",
    "from": {"user": {"id": "u1"}},
    "body": {"contentType": "text", "content": "hello"},
}
CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#Collection(chatMessage)"


def test_messages_that_are_in_no_array_are_read_too(tmp_path: Path) -> None:
    """What PowerShell makes of an array of one, and what `jq` makes of several: laid out, one behind another."""
    path = tmp_path / "messages.json"
    for count in (1, 3):
        made = [ONE | {"id": str(number)} for number in range(count)]
        path.write_text("\n".join(json.dumps(one, indent=4) for one in made), "utf-8")
        assert [(message.id, words(message)) for message in read_well(path)] == [(one["id"], "hello") for one in made]


def test_messages_in_a_place_that_is_not_known_are_told_and_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "messages.json"
    path.write_text(json.dumps({"messages": [ONE, ONE]}), "utf-8")
    assert [posted.error for posted in read(path)] == ["broken"]


def test_a_message_that_was_saved_without_its_words_is_told(tmp_path: Path) -> None:
    """PowerShell's ConvertTo-Json writes what is deeper than its -Depth as a name of its type."""
    path = tmp_path / "messages.json"
    path.write_text(json.dumps([ONE, ONE | {"body": "System.Collections.Hashtable"}]), "utf-8")
    assert [posted.error for posted in read(path)] == ["", "broken"]


def test_a_page_without_messages_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"@odata.context": CONTEXT, "@odata.count": 0, "value": []}, indent=2), "utf-8")
    assert read(path) == []
    path.write_text(json.dumps({"@odata.context": CONTEXT, "@odata.count": 1, "value": [ONE]}), "utf-8")
    assert [message.id for message in read_well(path)] == ["1"]
