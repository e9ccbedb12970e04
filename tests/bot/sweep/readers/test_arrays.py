"""JSON arrays in large files: cut between their elements, however they are laid out."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from bot.sweep import readers
from bot.sweep.readers import arrays
from tests.bot.sweep.readers.reading import HERE, MADE, read_well


def compact(path: Path) -> None:
    """The same JSON on one line, as a program writes it that read it."""
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, separators=(",", ":")), "utf-8")


def test_an_account_on_one_line_is_cut_like_one_that_is_laid_out(tmp_path: Path) -> None:
    """Chats behind one another, texts with brackets and quotes in them, objects within objects."""
    odd = [replace(one, text=f'{one.text} "}},{{"id":1}}] \\" [') for one in MADE[:100]]
    path = tmp_path / "result.json"
    exports.account(path, [(7, "private_group", odd), (8, "public_channel", MADE[100:]), (9, "bot_chat", [])])
    laid_out = read_well(path)
    compact(path)
    assert read_well(path) == laid_out


@pytest.mark.parametrize("levels", [1, 5, 30])
def test_objects_are_told_however_deep_they_are(tmp_path: Path, levels: int) -> None:
    deep = "[" * levels + "]" * levels
    one = '{"id": %d, "type": "message", "date": "2022-01-01T08:00:00", "text": "a", "deep": %s}'
    made = ",".join(one % (number, deep) for number in range(1, 401))
    path = tmp_path / "result.json"
    path.write_text(f'{{"name": "Made", "type": "private_supergroup", "id": 5, "messages": [{made}]}}', "utf-8")
    assert [message.id for message in read_well(path)] == [str(number) for number in range(1, 401)]


def test_an_export_on_one_line_is_cut_without_a_step_for_each_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What made it slow: a step of Python for each text and bracket of the file, some forty of them a message."""
    path = tmp_path / "result.json"
    exports.telegram(path, MADE, indent=None)
    steps, elements = [0], arrays._TOKEN

    class Counted:
        def finditer(self, text: bytes) -> Iterator[re.Match[bytes]]:
            for token in elements.finditer(text):
                steps[0] += 1
                yield token

    monkeypatch.setattr(arrays, "_TOKEN", Counted())
    monkeypatch.setattr(arrays, "BLOCK", 1 << 20)
    [source] = readers.recognise([path], with_files=False).sources
    _ = [*readers.opened(source, HERE).chunks()]
    assert steps[0] < 2.5 * len(MADE)
