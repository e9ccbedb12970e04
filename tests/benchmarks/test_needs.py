"""A machine that lacks fonts or tesseract is told what to install, in place of a traceback."""

from collections.abc import Callable

import pytest

from benchmarks.documents import __main__ as documents
from benchmarks.documents import needs
from benchmarks.looks import __main__ as looks

Main = Callable[[list[str]], int]


@pytest.mark.parametrize("main", [documents.main, looks.main])
def test_who_lacks_a_font_is_told_the_package_and_nothing_is_made(
    main: Main, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(needs, "_FONTS", {"/nowhere/font.ttc": "fonts-noto-cjk"})
    assert main([]) == 2
    said = capsys.readouterr()
    assert "apt-get install" in said.err
    assert "fonts-noto-cjk" in said.err
    assert not said.out


def test_who_lacks_tesseract_is_told_so_only_where_peers_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_FONTS", {})
    monkeypatch.setenv("PATH", "/nowhere")
    assert needs.missing(peers=True).endswith("apt-get install tesseract-ocr tesseract-ocr-chi-tra")
    assert not needs.missing()


def test_fonts_that_are_there_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_FONTS", {__file__: "fonts-noto-cjk"})
    assert not needs.missing()
