"""What is an export and of which kind, what is none, and what may not be read."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.sweeps import exports
from bot.misuse import InputError
from bot.sweep import readers
from tests.bot.sweep.readers.reading import MADE


def test_a_file_of_an_unknown_kind_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text('{"conversations": []}', "utf-8")
    with pytest.raises(InputError, match=r"no export that is known\. Known are: Slack .*WhatsApp.*--files"):
        readers.recognise([path], with_files=False)


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who owns nothing here; root may read all."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_what_may_not_be_read_stops_nothing_and_is_named(open_folder: Path) -> None:
    (open_folder / "a.txt").write_text("hello\n", "utf-8")
    (open_folder / "b.txt").write_text("hello\n", "utf-8")
    (open_folder / "b.txt").chmod(0)
    (open_folder / "closed").mkdir(0o700)
    (open_folder / "closed").chmod(0)
    with without_rights():
        found = readers.recognise([open_folder], with_files=False)
        with pytest.raises(InputError, match=r"b\.txt: can't be read: Permission denied"):
            readers.recognise([open_folder / "b.txt"], with_files=False)
    assert [source.path.name for source in found.sources] == ["a.txt"]
    assert [(one.path.name, one.reason) for one in found.refused] == [
        ("b.txt", "Permission denied"),
        ("closed", "Permission denied"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"hello\n\0\1", "no text in an encoding"), (b"%PDF-1.7\n", "no text in an encoding")],
)
def test_an_export_that_can_not_be_text_is_told_why(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "chat.txt").write_bytes(content)
    with pytest.raises(InputError, match=said):
        readers.recognise([tmp_path / "chat.txt"], with_files=False)


def test_a_zip_that_is_no_export_is_told_what_to_do_with_it(tmp_path: Path) -> None:
    exports.slack(tmp_path / "whole.zip", MADE[:10])
    (tmp_path / "cut.zip").write_bytes((tmp_path / "whole.zip").read_bytes()[:-100])
    with pytest.raises(InputError, match="damaged, or not all of it is there; fetch it again"):
        readers.recognise([tmp_path / "cut.zip"], with_files=False)
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.write(tmp_path / "whole.zip", "whole.zip")
    with pytest.raises(InputError, match="no zip archive of Slack or of one WhatsApp chat; unpack it"):
        readers.recognise([tmp_path / "packed.zip"], with_files=False)


def test_a_folder_of_exports_is_looked_through(tmp_path: Path) -> None:
    exports.telegram(tmp_path / "result.json", MADE[:10])
    exports.slack(tmp_path / "slack", MADE[:10], packed=False)
    (tmp_path / "phones").mkdir()
    exports.whatsapp(tmp_path / "phones" / "chat.zip", MADE[:10])
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    found = readers.recognise([tmp_path], with_files=False)
    assert [source.reader for source in found.sources] == ["whatsapp", "telegram", "slack"]
    assert found.others == 1
    assert [source.reader for source in readers.recognise([tmp_path], with_files=True).sources][-1] == "file"
