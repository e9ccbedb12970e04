"""Exports that are not in UTF-8 are read like those that are."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from benchmarks.sweeps import exports
from benchmarks.sweeps.made import Made
from bot.misuse import InputError
from bot.sweep import readers
from bot.sweep.readers.signs import Signs
from detectors.documents.formats.lined import Written
from tests.bot.sweep.readers.reading import HERE, MADE, coded, read, words

ANDROID = partial(exports.whatsapp, style="android zh")
ON_ONE_LINE = partial(exports.telegram, indent=None)
TEAMS_LINES = partial(exports.teams, lined=True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "big5hkscs", "gb18030"])
@pytest.mark.parametrize("write", [ANDROID, exports.text, exports.json_lines, exports.signal])
def test_a_text_is_swept_however_it_is_written(
    tmp_path: Path, encoding: str, write: Callable[[Path, list[Made]], object]
) -> None:
    ending = "txt" if write in (ANDROID, exports.text) else "jsonl"
    path = tmp_path / f"main.{ending}"
    write(path, [replace(one, text=one.text.replace("🎂", ""), edited=False) for one in MADE])
    plain = read(path)
    coded(path, encoding)
    assert read(path) == plain
    [source] = readers.recognise([path], with_files=False).sources
    export = readers.opened(source, HERE)
    _ = [*export.chunks()]
    assert any("not as UTF-8" in one for one in export.remarks()) == (not encoding.startswith("utf-8"))


def test_a_letter_half_of_which_is_a_line_end_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("one ਊ Ċ\n\ntwo\nthree ਊ".encode("utf-16"))
    found = read(path)
    assert [(posted.line, words(posted.message)) for posted in found if posted.message] == [
        (1, "one ਊ Ċ"),
        (3, "two"),
        (4, "three ਊ"),
    ]


def test_a_broken_line_of_another_encoding_is_told_and_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes("電話號碼是多少\n".encode("big5") * 20 + b"\xff\xff\n" + "電話\n".encode("big5"))
    assert [posted.line for posted in read(path) if posted.error] == [21]
    assert len(read(path)) == 22


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "big5hkscs", "gb18030"])
@pytest.mark.parametrize("write", [exports.telegram, ON_ONE_LINE, exports.teams, TEAMS_LINES])
def test_json_is_swept_however_it_is_written(
    tmp_path: Path, encoding: str, write: Callable[[Path, list[Made]], object]
) -> None:
    """Also with characters of which a byte looks like a quotation mark, a bracket or a backslash."""
    path = tmp_path / "result.json"
    odd = " 許功蓋廿" + ("" if encoding == "big5hkscs" else "∢屜筻孛彝ਊ🎂")
    write(path, [replace(one, text=one.text.replace("🎂", "") + odd, edited=False) for one in MADE[:400]])
    plain = read(path)
    assert plain[-1].message
    assert words(plain[-1].message).endswith(odd)
    raw = path.read_text("utf-8")
    path.write_bytes(("\ufeff" * (encoding == "utf-16-be") + raw).encode(encoding))
    assert read(path) == plain
    [source] = readers.recognise([path], with_files=False).sources
    export = readers.opened(source, HERE)
    assert sum(chunk.size for chunk in export.chunks()) == pytest.approx(path.stat().st_size, rel=0.01)
    assert any("not as UTF-8" in one for one in export.remarks()) == (not encoding.startswith("utf-8"))


def test_a_character_is_found_again_wherever_reading_begins(tmp_path: Path) -> None:
    """Big5 and GB18030 say of no byte whether it is the second of a character: what stands before it does."""
    for encoding in ("big5hkscs", "gb18030"):
        text = '["' + "許功蓋廿" * 3_000 + '\\"]}", 1]'
        path = tmp_path / encoding
        path.write_bytes(text.encode(encoding))
        with path.open("rb") as file:
            signs = Signs(file, Written(encoding))
            whole = signs.read(signs.end)
            assert whole == b'["' + b"?" * 24_000 + b'\\"]}", 1]'
            for at in (*range(3, 40), 5_000, 5_001, 23_999, 24_002, 24_005):
                signs.seek(at)
                assert signs.read(50) == whole[at : at + 50]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "big5hkscs"])
def test_json_in_any_encoding_is_never_held_whole(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # pieces and blocks as they are
    path = tmp_path / "result.json"
    ON_ONE_LINE(path, [replace(one, text=one.text.replace("🎂", "") + "。許功蓋" * 2_000) for one in MADE[:400]])
    coded(path, encoding)
    assert path.stat().st_size > 12_000_000
    [source] = readers.recognise([path], with_files=False).sources
    export = readers.opened(source, HERE)
    tracemalloc.start()
    for chunk in export.chunks():
        for posted in export.read(chunk):
            assert posted.message
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


def test_a_broken_character_spoils_no_other_message(tmp_path: Path) -> None:
    for encoding in ("utf-16", "big5hkscs", "gb18030"):
        path = tmp_path / "result.json"
        exports.telegram(path, [replace(one, text=f"許功蓋 {one.number}", edited=False) for one in MADE[:50]])
        coded(path, encoding)
        codec = "utf-16-le" if encoding == "utf-16" else encoding
        raw, half = path.read_bytes(), "許".encode(codec)
        at = raw.index("功蓋 7".encode(codec))
        path.write_bytes(raw[: at - len(half)] + (b"\x00\xdc" if encoding == "utf-16" else half[:1]) + raw[at:])
        found = read(path)
        assert len(found) == 50
        del found[6]
        assert [words(posted.message) for posted in found if posted.message] == [
            f"許功蓋 {number}" for number in range(1, 51) if number != 7
        ]


def test_what_is_no_text_is_refused_and_named(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    exports.telegram(path, MADE[:50])
    path.write_bytes(path.read_text("utf-8").encode("utf-16-le"))
    with pytest.raises(InputError, match="no text in an encoding that is known; save it as UTF-8"):
        readers.recognise([path], with_files=False)
