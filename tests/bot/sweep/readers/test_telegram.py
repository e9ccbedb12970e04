"""Telegram's result.json: every message with its words, chat, sender and time, of one chat or an account."""

from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from bot.sweep import readers
from bot.words import PartKind
from tests.bot.sweep.readers.reading import HERE, MADE, read, read_well, same, words


@pytest.mark.parametrize("indent", [1, 4, None])
def test_telegram(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE, indent=indent)
    found = read_well(path)
    same(found)
    assert {message.chat for message in found} == {"-1001234567890"}
    assert [message.id for message in found] == [str(one.number) for one in MADE]
    assert [message.sender for message in found] == [str(1000 + one.person) for one in MADE]
    assert [bool(message.revision) for message in found] == [one.edited for one in MADE]
    assert [message.forwarded for message in found] == [one.forwarded for one in MADE]


def test_a_whole_telegram_account(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.account(path, [(7, "private_group", MADE[:600]), (8, "public_channel", MADE[600:]), (9, "bot_chat", [])])
    found = read_well(path)
    same(found)
    assert [message.chat for message in found] == ["-7"] * 600 + ["-1000000000008"] * 600
    assert found[0].id == "account-1"  # an account counts the messages of basic groups for itself


def test_control_characters_that_telegram_writes_and_json_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE[:20])
    raw = path.read_text("utf-8").replace('"text": "', r'"text": "\x0B\\x41 ', 1)
    path.write_text(raw, "utf-8")
    found = read_well(path)
    assert len(found) == 20
    assert words(found[0]).startswith("\x0b\\x41 ")


def test_what_hangs_on_a_telegram_message_is_read_like_the_bot_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    fields = (
        '"file": "files/cv.pdf", "file_name": "cv.pdf", "text": "see"',
        '"contact_information": {"first_name": "A", "last_name": "B", "phone_number": "+85291234567"}, "text": ""',
        '"poll": {"question": "Who?", "answers": [{"text": "me"}]}, "text": ""',
        '"text": ["call ", {"type": "text_link", "text": "her", "href": "tel:+85291234567"}]',
    )
    listed = ",\n".join(
        f'{{"id": {n}, "type": "message", "date": "2022-01-01T08:00:00", "from_id": "user1", {some}}}'
        for n, some in enumerate(fields, 1)
    )
    path.write_text(f'{{"name": "Made", "type": "private_supergroup", "id": 5, "messages": [\n{listed}\n]}}', "utf-8")
    found = read_well(path)
    assert [[part.kind for part in message.parts] for message in found] == [
        [PartKind.CAPTION, PartKind.FILE_NAME],
        [PartKind.CONTACT],
        [PartKind.POLL],
        [PartKind.TEXT, PartKind.LINK],
    ]
    assert found[0].sent_at == datetime(2022, 1, 1, 8, tzinfo=HERE.zone).timestamp()


def test_a_telegram_export_that_was_cut_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE)
    path.write_bytes(path.read_bytes()[:-2_000])
    found = read(path)
    assert [posted.error for posted in found if posted.error] == ["broken"]
    assert len(found) > 1150


def test_a_telegram_export_that_ends_before_its_messages_says_so(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE)
    whole = path.read_bytes()
    for cut, said in ((9_000, ""), (whole.index(b'"messages"'), "it holds no messages of any chat")):
        path.write_bytes(whole[:cut])
        export = readers.opened(readers.recognise([path], with_files=False).sources[0], HERE)
        _ = [*export.chunks()]
        assert "; ".join(export.remarks()).startswith(said)
        assert bool(export.remarks()) == bool(said)
