"""A damaged export is read as far as it goes, or refused."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import Made
from bot.misuse import InputError
from tests.bot.sweep.readers.reading import MADE, read

WRITERS: dict[str, Callable[[Path, list[Made]], object]] = {
    "result.json": exports.telegram,
    "slack.zip": exports.slack,
    "chat.txt": exports.whatsapp,
    "chat.zip": exports.whatsapp,
    "teams.json": exports.teams,
    "main.jsonl": exports.signal,
    "box.mbox": exports.mbox,
    "lines.jsonl": exports.json_lines,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_damaged_export_is_read_as_far_as_it_goes_or_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path, MADE[:80])
    whole = path.read_bytes()
    draw = random.Random(name)  # noqa: S311 - where it is damaged
    for _ in range(15):
        raw = bytearray(whole[: draw.randrange(len(whole) // 2, len(whole))])
        for _ in range(draw.randrange(12)):
            raw[draw.randrange(len(raw))] = draw.randrange(256)
        path.write_bytes(raw)
        try:
            found = read(path)
        except InputError:
            continue
        assert all((posted.message is None) == bool(posted.error) for posted in found)
