"""`thinktwice explain`: what was found and why, without the words."""

import io

import pytest

from bot.cli import explanation, main
from bot.cli.yardstick import Yardstick
from bot.misuse import InputError
from detectors.detector import Detector
from detectors.types import NAMES
from policies.policy import Policy
from tests.fakes.endless import Endless


def test_numbers_keep_their_first_character_and_words_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("玲玲入咗醫院，癌症, HKID A123456(3)".encode())))
    assert main(["explain"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    masks = {row[0]: row[2] for row in rows if row and row[0] in NAMES}
    assert (masks["MEDICAL_TERM"], masks["HKID"]) == ("••", "A•••••••••")


def test_a_text_that_takes_too_long_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    yardstick = Yardstick(Detector([Endless()]).find, lambda _platform, _chat: Policy("p", "h", ()))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"secret endless")))
    with pytest.raises(InputError, match=r"^the text takes too long to read \(too_slow\); please report this$"):
        explanation.run(yardstick)
