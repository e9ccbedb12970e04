"""`thinktwice mask`: messages in, the same out with personal data hidden, and nothing that could not be masked."""

import io
import json
from functools import cache
from pathlib import Path

import pytest

from bot.cli import main, masking
from bot.cli.masking import Masker
from bot.cli.yardstick import Yardstick
from bot.misuse import InputError
from detectors.detector import Detector
from policies.files import load
from tests.fakes.endless import Endless
from tests.whole import whole


@cache
def yardstick() -> Yardstick:
    policy = load("hr-default", whole().find)
    return Yardstick(whole().find, lambda _platform, _chat: policy, every=whole().every)


@pytest.fixture
def mask(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> "Mask":
    return Mask(monkeypatch, capsysbinary)


class Mask:
    """Runs the command over bytes; `code` and `told` are its exit code and what it wrote to stderr."""

    def __init__(self, patch: pytest.MonkeyPatch, written: pytest.CaptureFixture[bytes]) -> None:
        self._patch, self._written = patch, written
        self.code = 0
        self.told = ""

    def __call__(self, given: bytes, form: str = "", *, names: bool = False, measure: Yardstick | None = None) -> bytes:
        self._patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        self.code = masking.run(["-"], form, Masker(measure or yardstick(), names=names))
        out, err = self._written.readouterr()
        self.told = err.decode()
        return out


def test_all_but_the_hidden_stays_byte_for_byte(mask: Mask) -> None:
    given = "\ufeffHKID A123456(3)\r\n\r\n\tcall Mrs Wong on 9123 4567 \n  lunch?\n佢確診甲流".encode()
    masked = "\ufeffHKID A12****(*)\r\n\r\n\tcall Mrs Wong on 9123 **** \n  lunch?\n佢確診「健康資料」".encode()
    assert mask(given) == masked
    assert (mask.code, mask.told) == (0, "")
    assert mask(masked) == masked


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("form", ["", "whole"])
def test_what_has_a_byte_order_mark_is_written_as_it_was(encoding: str, form: str, mask: Mask) -> None:
    given = "\ufeff你好 ਊ\r\n\nHKID A123456(3)\r\nlunch"
    assert mask(given.encode(encoding), form) == given.replace("3456(3)", "****(*)").encode(encoding)
    assert (mask.code, mask.told) == (0, "")


def test_json_lines_in_utf_16_stay_so(mask: Mask) -> None:
    out = mask('\ufeff{"id": 1, "text": "A123456(3)"}\n{"id": 2}\n'.encode("utf-16-le")).decode("utf-16-le")
    assert [json.loads(line) for line in out.removeprefix("\ufeff").splitlines()] == [
        {"id": 1, "text": "A12****(*)"},
        {"id": 2, "error": "text is missing or not a string"},
    ]


def test_what_is_not_what_its_mark_says_is_refused_whole(mask: Mask) -> None:
    with pytest.raises(InputError, match="UTF-16-LE"):
        mask(b"\xff\xfeA\0\n\0A")
    assert mask("A123456(3)\nB\n".encode("utf-16-le")) == b""
    assert mask.code == 1


def test_a_line_without_an_id_goes_by_its_number(mask: Mask) -> None:
    out = mask(b'{"text": "lunch"}\n{oops\n{"text": "A123456(3)"}\n', "jsonl")
    assert [json.loads(line) for line in out.splitlines()] == [
        {"text": "lunch"},
        {"id": 2, "error": "the line is not valid JSON"},
        {"text": "A12****(*)"},
    ]


def test_a_line_with_two_texts_is_left_out(mask: Mask) -> None:
    out = mask(b'{"id": 1, "text": "A123456(3)", "text": "lunch"}\n')
    assert json.loads(out) == {"id": 1, "error": "a key stands in it twice"}
    assert mask.code == 1


def test_names_become_initials_on_wish(mask: Mask) -> None:
    given = b"Please call Peter Chan on 9123 4567\n"
    assert mask(given) == b"Please call Peter Chan on 9123 ****\n"
    assert mask(given, names=True) == b"Please call P. C. on 9123 ****\n"


def test_json_lines_keep_their_other_fields_and_clean_ones_their_bytes(mask: Mask) -> None:
    clean = b'{"text" : "lunch at 1?", "id":1}\n'
    told = json.loads(mask(clean + b'\n{"id": 2, "text": "HKID A123456(3)", "chat": "C1"}').splitlines()[2])
    assert told == {"id": 2, "text": "HKID A12****(*)", "chat": "C1"}
    assert mask(clean) == clean
    assert "健康" in mask('{"id": 1, "text": "佢確診甲流"}\n'.encode()).decode()


def test_half_a_surrogate_pair_in_json_comes_out_as_it_went_in(mask: Mask) -> None:
    written = json.loads(mask(b'{"id": 1, "text": "A123456(3) \\ud83d"}\n'))
    assert written == {"id": 1, "text": "A12****(*) \ud83d"}


def test_the_whole_of_a_file_is_one_message(mask: Mask) -> None:
    given = b"{ not JSON\nHis HKID:\nA123456(3)\n"
    assert mask(given, "whole") == b"{ not JSON\nHis HKID:\nA12****(*)\n"


@pytest.mark.parametrize(
    ("given", "form", "written", "told"),
    [
        (b"ok\n\xff\xfe A123456(3)\nok\n", "", b"ok\nok\n", "-, line 2: it is not UTF-8 text; left out"),
        (b"\xff A123456(3)", "whole", b"", "-: it is not UTF-8 text; left out"),
        (b'{"id": 1}\n', "", b"", "-, line 1: text is missing or not a string; left out"),
        (b"{oops A123456(3)\n", "jsonl", b"", "-, line 1: the line is not valid JSON; left out"),
    ],
)
def test_what_can_not_be_read_is_told_and_never_passed_on(
    mask: Mask, given: bytes, form: str, written: bytes, told: str
) -> None:
    out = mask(given, form)
    assert b"A123456" not in out
    assert [line for line in out.splitlines() if not line.startswith(b'{"id": ')] == written.splitlines()
    assert (mask.code, mask.told.strip()) == (1, told)


def test_a_text_that_takes_too_long_is_left_out(mask: Mask) -> None:
    slow = Yardstick(Detector([Endless()]).find, yardstick().policy)
    assert mask(b"secret endless\nlunch\n", measure=slow) == b"lunch\n"
    assert (mask.code, "too_slow" in mask.told, "secret" in mask.told) == (1, True, False)


def test_files_follow_each_other_and_a_missing_one_is_a_sentence(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"{name} A123456(3)\n", "utf-8")
    assert main(["mask", str(tmp_path / "one"), str(tmp_path / "two"), "--policy", "hr-default"]) == 0
    assert capsysbinary.readouterr().out == b"one A12****(*)\ntwo A12****(*)\n"
    assert main(["mask", str(tmp_path / "three")]) == 1
    assert b"can't be read" in capsysbinary.readouterr().err
