"""The picture: drawn with what this computer has, or a sentence that says what it lacks."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bot import reports
from bot.names import GroupNames
from bot.reports import ChartError, Figures, chart, figures_of, fonts
from tests.bot.reports.test_formats import LOG, WEEK
from tests.fakes import marked_find
from tests.fakes.log import NOON, MemoryLog

FOUND = fonts._found()
needs_chinese = pytest.mark.skipif(FOUND is None, reason="this computer has no font with Chinese characters")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer without fonts."""
    monkeypatch.setattr(fonts, "KNOWN", ())
    fonts._found.cache_clear()
    yield
    fonts._found.cache_clear()


def figures(name: str = "HR operations", log: MemoryLog = LOG) -> Figures:
    groups = GroupNames(marked_find.find, {"telegram:-1001": name})
    return figures_of(log, NOON - WEEK + 1, NOON + 1, groups=groups)


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    image.load()
    assert image.format == "PNG"
    return image


def inks(image: Image.Image) -> int:
    return len(image.getcolors(1_000_000) or ())


def test_latin_letters_need_no_font_of_the_computer(bare: None) -> None:
    image = opened(chart(figures(), "en"))
    assert image.width == 2 * 688
    assert inks(image) > 20


def test_chinese_without_a_font_says_what_to_do(bare: None) -> None:
    for some, language in ((figures(), "zh"), (figures("人力資源組"), "en")):
        with pytest.raises(ChartError, match="fonts-noto-cjk") as refused:
            chart(some, language)
        assert refused.value.code == "font"


@needs_chinese
def test_chinese_is_drawn_with_a_font_that_is_found() -> None:
    image = opened(chart(figures("人力資源組"), "zh"))
    assert inks(image) > 20


@needs_chinese
def test_the_operators_font_goes_before(bare: None) -> None:
    assert FOUND
    assert inks(opened(chart(figures(), "zh", FOUND[0]))) > 20


@pytest.mark.parametrize("content", [None, b"no font"])
def test_a_font_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "font.ttf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ChartError) as refused:
        chart(figures(), "en", file)
    assert refused.value.code == "named"


def test_an_empty_period_is_a_picture_too(bare: None) -> None:
    assert opened(chart(figures(log=MemoryLog()), "en")).height < 400


def test_without_the_library_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fonts", "png"):
        monkeypatch.delitem(sys.modules, f"bot.reports.{name}", raising=False)
        monkeypatch.delattr(reports, name, raising=False)
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ChartError, match=r"pip install 'thinktwice\[charts\]'"):
        chart(figures(), "en")
