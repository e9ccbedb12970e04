"""`thinktwice report`: periods, formats and files, and what is said of a mistake."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from bot.cli import main
from bot.store import Store
from tests.fakes.logbook import leak


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text('[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n')
    store = Store.open(tmp_path / "thinktwice.db", time.time)
    asyncio.run(store.commit([leak(str(number), at=time.time() - 60) for number in range(6)]))
    store.close()
    return file


def reported(config: Path, *words: str) -> int:
    return main(["report", "--config", str(config), *words])


def details(config: Path) -> list[str]:
    store = Store.open(config.parent / "thinktwice.db", time.time)
    found = [row.detail for row in store.audits()]
    store.close()
    return found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "7d"),
        (("--since", "24h"), "24h"),
        (("this", "year"), "this-year"),
        (("this year",), "this-year"),
        (("今年",), "this-year"),
        (("--since", "2020-01-01"), "2020-01-01.."),
    ],
)
def test_periods_are_those_of_the_chat(
    config: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    assert reported(config, *words) == 0
    assert "Incidents: 6" in capsys.readouterr().out
    assert details(config) == [code]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("next", "month"), "Periods that I know: today"),
        (("--since", "soon"), "Periods that I know: today"),
        (("2025-02..2025-01",), "earlier day first"),
        (("2099",), "not come yet"),
        (("7d", "--since", "7d"), "given twice"),
        (("--quality", "--format", "html"), "choose one of these as --format"),
        (("--format", "html", "--out", "/no/such/folder/report.html"), "name another file after --out"),
        (("--chat", "here"), "write telegram:-100200300"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_with_the_cure(
    config: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert reported(config, *words) == 1
    shown = capsys.readouterr()
    assert (shown.out, said in shown.err) == ("", True)
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(("language", "lang", "word"), [("en", "en", "Incidents"), ("zh", "zh-Hant-HK", "事件")])
def test_a_page_is_written_into_a_file(config: Path, language: str, lang: str, word: str) -> None:
    out = config.parent / "report.html"
    assert reported(config, "--format", "html", "--language", language, "--out", str(out)) == 0
    text = out.read_text("utf-8")
    assert text.startswith(f'<!doctype html>\n<html lang="{lang}">')
    assert word in text


def test_a_picture_is_written_into_a_file(config: Path) -> None:
    out = config.parent / "report.png"
    assert reported(config, "this", "week", "--format", "png", "--out", str(out)) == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_font_that_can_not_be_read_is_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with config.open("a") as file:
        file.write('[reports]\nfont = "none.ttf"\n')
    assert reported(config, "--format", "png", "--out", str(config.parent / "report.png")) == 1
    assert "font in [reports]" in capsys.readouterr().err


def test_programs_get_the_same_keys_always(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(config, "24h", "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["incidents"] == sum(one["incidents"] for one in report["over_time"]) == 6
    assert report["before"]["difference"] == 6
