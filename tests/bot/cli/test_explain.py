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

TEXT = "玲玲入咗醫院，癌症, HKID A123456(3), 電話 9123 4567"


def explained(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["explain"]) == 0
    return capsys.readouterr().out


def test_values_are_hidden_as_mask_hides_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [line.split("  ") for line in explained(TEXT, monkeypatch, capsys, 200).splitlines()]
    shown = {row[0].strip(): [*filter(None, row)][2].strip() for row in rows if row[0].strip() in NAMES}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["mask"]) == 0
    masked = capsys.readouterr().out
    hidden = [shown[kind] for kind in ("MEDICAL_TERM", "HKID", "PHONE_NUMBER")]
    assert hidden == ["「健康資料」", "A12****(*)", "9123 ****"]
    assert [one for one in hidden if one not in masked] == []


def test_the_table_reads_well_in_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = explained(TEXT, monkeypatch, capsys, 80)
    assert [line for line in told.splitlines() if len(line) > 80] == []
    words = set(told.replace(",", " ").replace(":", " ").split())
    assert words >= {"MEDICAL_TERM", "HkidRecognizer", "prefix_known", "check_digit", "context_word", "A12****(*)"}


def test_a_text_that_takes_too_long_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    yardstick = Yardstick(Detector([Endless()]).find, lambda _platform, _chat: Policy("p", "h", ()))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"secret endless")))
    with pytest.raises(InputError, match=r"^the text takes too long to read \(too_slow\); please report this$"):
        explanation.run(yardstick)
