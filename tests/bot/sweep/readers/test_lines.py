"""Plain text and JSON lines: a message a line, known by its number where it has no id."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import Made
from bot.sweep.readers import blocks, rows
from tests.bot.sweep.readers.reading import MADE, read, read_well, words


@pytest.mark.parametrize("write", [exports.json_lines, exports.text])
def test_lines(tmp_path: Path, write: Callable[[Path, list[Made]], None]) -> None:
    path = tmp_path / ("chat.txt" if write is exports.text else "chat.jsonl")
    write(path, MADE)
    found = read(path)
    told = [posted.message for posted in found if posted.message]
    assert [words(message).replace("\n", " ") for message in told] == [one.text.replace("\n", " ") for one in MADE]
    assert [posted.line for posted in found] == [one.number for one in MADE]


def test_a_broken_byte_keeps_no_chat_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("01/05/2024, 14:03 - May: 你好\0\n01/05/2024, 14:04 - May: bye\n".encode())
    assert [words(message) for message in read_well(path)] == ["你好\0", "bye"]


def test_json_lines_need_no_id_and_are_known_by_their_line_then(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text('{"text": "a"}\n\n{"id": null, "text": "b"}\n{"id": "x", "text": "c"}\n', "utf-8")
    assert [message.id for message in read_well(path)] == ["1", "3", "x"]


def test_a_line_in_which_a_key_stands_twice_is_told_and_not_half_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b", "text": "c"}\n', "utf-8")
    assert [(posted.line, posted.error) for posted in read(path)] == [(1, ""), (2, "broken")]


def test_a_line_without_an_end_is_looked_at_in_pieces_and_counts_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "LONGEST", 4_000)
    monkeypatch.setattr(rows, "LONGEST", 4_000)
    for encoding in ("utf-8", "utf-16"):
        path = tmp_path / "chat.txt"
        path.write_bytes(("one\n" + "x" * 30_000 + "\nthree\n").encode(encoding))
        found = read(path)
        texts = [words(posted.message) for posted in found if posted.message]
        assert (texts[0], texts[-1], "".join(texts[1:-1])) == ("one", "three", "x" * 30_000)
        assert [*dict.fromkeys(posted.line for posted in found)] == [1, 2, 3]
