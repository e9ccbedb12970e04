"""`thinktwice explain`: what was found and why, without the words."""

import io

import pytest

from bot.cli import main
from detectors.types import NAMES


def test_numbers_keep_their_first_character_and_words_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("玲玲入咗醫院，癌症, HKID A123456(3)".encode())))
    assert main(["explain"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    masks = {row[0]: row[2] for row in rows if row and row[0] in NAMES}
    assert (masks["MEDICAL_TERM"], masks["HKID"]) == ("••", "A•••••••••")
