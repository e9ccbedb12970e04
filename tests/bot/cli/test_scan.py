"""The contract of `thinktwice scan`: reading lines, and what is written for each."""

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest

from bot.cli import lines as reading
from bot.cli import scanning
from bot.cli.lines import Line
from bot.cli.scanning import Told
from bot.cli.yardstick import Yardstick
from bot.misuse import InputError
from detectors.detector import Detector
from detectors.finding import Finding
from policies.facts import UNKNOWN, Facts
from policies.files import load
from policies.policy import Decision, Policy
from tests.fakes.endless import Endless


def _read(text: str) -> list[Line]:
    return _lines(text.encode("utf-8"))


def _lines(raw: bytes, facts: Facts = UNKNOWN) -> list[Line]:
    return [line for chunk in reading.chunks(io.BytesIO(raw)) for line in chunk.lines(facts)]


def test_the_first_line_that_is_not_blank_decides() -> None:
    assert _read('\n{"id": "a", "text": "hi"}\n') == [Line("a", "hi")]
    assert _read("\nhello\n{\n") == [Line(1, ""), Line(2, "hello"), Line(3, "{")]


def test_json_lines_carry_facts_for_the_policy() -> None:
    row = {"id": 7, "text": "hi", "platform": "slack", "chat": "C1", "sender": "U1", "sent_at": 5}
    assert _read(json.dumps(row)) == [Line(7, "hi", Facts(platform="slack", chat="C1", sender="U1", at=5))]


def test_what_a_line_does_not_say_the_command_line_may() -> None:
    everybody = Facts(platform="slack", chat="C9", audience=4)
    lines = _lines(b'{"id": 1, "text": "hi"}\n{"id": 2, "text": "hi", "chat": "C1"}', everybody)
    assert [line.facts for line in lines] == [everybody, Facts(platform="slack", chat="C1", audience=4)]


def test_malformed_lines_are_told_and_the_run_goes_on() -> None:
    text = '{"id": 1.5, "text": "a"}\n{"id": 2}\n[]\n{oops\n{"id": [], "text": "x"}\n{"id": 6, "text": "b"}\n'
    assert [(line.id, line.text, bool(line.error)) for line in _read(text)] == [
        (1.5, "a", False),
        (2, None, True),
        (3, None, True),
        (4, None, True),
        (5, None, True),
        (6, "b", False),
    ]


def test_a_line_without_an_id_goes_by_its_number() -> None:
    assert _read('{"id": "a", "text": "x"}\n{"text": "y"}\n{"id": null, "text": "z"}\n') == [
        Line("a", "x"),
        Line(2, "y"),
        Line(3, "z"),
    ]


def test_a_key_that_stands_twice_is_malformed() -> None:
    (line,) = _read('{"id": 1, "text": "one", "text": "another"}')
    assert (line.id, line.text, line.error) == (1, None, "a key stands in it twice")


def test_bytes_that_are_not_text_are_one_malformed_line() -> None:
    lines = _lines(b"ok\n\xff\xfe\nok\n")
    assert [line.error for line in lines] == ["", "the line is not UTF-8 text", ""]


@pytest.mark.parametrize("head", ["{", "[", "\n [{\n"])
def test_an_export_of_a_chat_is_pointed_to_the_sweep(head: str) -> None:
    with pytest.raises(InputError, match="thinktwice sweep"):
        _read(f'{head}\n "name": "HR",\n "type": "private_supergroup",\n "messages": [\n')


def test_a_file_without_any_message_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "result.json"
    path.write_text('{"name": "HR", "messages": []}\n', "utf-8")
    policy = load("hr-default", Detector().find)
    judge = scanning.Judge("jsonl", lambda: Yardstick(lambda _: (), lambda _platform, _chat: policy))
    assert scanning.run(str(path), "jsonl", judge, 1) == 1
    assert "thinktwice sweep" in capsys.readouterr().err
    path.write_text('{"name": "HR"}\n{"id": 1, "text": "hello"}\n', "utf-8")
    assert scanning.run(str(path), "jsonl", judge, 1) == 1
    assert "thinktwice sweep" not in capsys.readouterr().err
    path.write_text('{"id": 1, "text": "hello"}\n', "utf-8")
    assert scanning.run(str(path), "jsonl", judge, 1) == 0


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert _lines(b"\xef\xbb\xbfhello\n") == [Line(1, "hello")]


TALK = "各位同事早上好\n陳先生的電話號碼是 9123 4567\n今天的會議時間是三點"


class Run:
    """Runs the command over bytes; `seen` are the texts that were judged, `told` is what it wrote to stderr."""

    def __init__(self, path: Path, written: pytest.CaptureFixture[str]) -> None:
        self._path, self._written = path, written
        self.seen: list[str] = []
        self.told = ""

    def __call__(self, given: bytes) -> int:
        self._path.write_bytes(given)
        judge = scanning.Judge("table", lambda: Yardstick(self._find, lambda _platform, _chat: Policy("p", "h", ())))
        code = scanning.run(str(self._path), "table", judge, 1)
        self.told = self._written.readouterr().err
        return code

    def _find(self, text: str) -> tuple[Finding, ...]:
        self.seen.append(text)
        return ()


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path / "talk.txt", capsys)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "big5hkscs", "gb18030"])
def test_a_text_is_read_however_it_is_written(encoding: str, run: Run) -> None:
    text = TALK if encoding != "gb18030" else "各位同事早上好\n陈先生的电话号码是 9123 4567\n今天的会议时间是三点"
    assert run(text.encode(encoding)) == 0
    assert run.seen == text.splitlines()
    assert ("read as" in run.told) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize(
    "given",
    [
        b"PK\x03\x04" + bytes(500),
        b"%PDF-1.7\n",
        bytes(500),
        b"hello\n\0\1\2\n",
        "hello 9123 4567\n".encode("utf-16-le"),
        b"\xff\xfeh\0e",
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(given: bytes, run: Run) -> None:
    with pytest.raises(InputError, match=r"talk\.txt: "):
        run(given)
    assert run.seen == []


def test_a_broken_line_spoils_no_text_and_is_told_by_the_code(run: Run) -> None:
    assert run(TALK.encode() + b"\n\xff\xfe\xfa\nbye\n") == 1
    assert run.seen == [*TALK.splitlines(), "bye"]
    assert run(b"A\n" * 40_000 + b"nul \0\n") == 1
    assert run(bytes(range(128, 256)) * 20) == 1


def test_an_empty_file_is_said_to_be_empty(run: Run) -> None:
    assert run(b"") == 0
    assert "the file is empty" in run.told


@pytest.mark.parametrize(
    "line", ["[01/05/2024, 14:03:22] Amy: hello", "1/5/24, 2:03 PM - Amy: hello", "2024/5/1 下午2:03 - Amy: hello"]
)
def test_an_export_of_whatsapp_is_scanned_and_pointed_to_the_sweep(line: str, run: Run) -> None:
    assert run(f"{line}\n".encode()) == 0
    assert "thinktwice sweep" in run.told
    assert run.seen == [line]


def test_deep_nesting_is_malformed_not_fatal() -> None:
    (line,) = _read('{"id": 1, "text": ' + "[" * 100_000)
    assert line.error


def test_a_text_that_can_not_be_judged_does_not_stop_the_next() -> None:
    def find(text: str) -> tuple[Finding, ...]:
        if text == "bad":
            raise ZeroDivisionError(text)
        return ()

    yardstick = Yardstick(find, lambda _platform, _chat: Policy("p", "h", ()))
    verdicts = list(scanning._judged([Line("a", "bad"), Line("b", "good")], yardstick))
    assert [verdict.id for verdict in verdicts] == ["a", "b"]
    assert "ZeroDivisionError" in verdicts[0].error
    assert "bad" not in verdicts[0].error
    assert not verdicts[1].error


def test_a_text_that_takes_too_long_is_its_lines_error_and_the_run_goes_on() -> None:
    yardstick = Yardstick(Detector([Endless()]).find, lambda _platform, _chat: Policy("p", "h", ()))
    verdicts = list(scanning._judged([Line("a", "secret endless"), Line("b", "good")], yardstick))
    assert [(verdict.id, "too_slow" in verdict.error) for verdict in verdicts] == [("a", True), ("b", False)]
    assert "secret" not in verdicts[0].error


HKID = Finding("HKID", 3, 13, 0.953, "HkidRecognizer", key=b"secret")


def _judge(form: str, find: Callable[[str], tuple[Finding, ...]]) -> scanning.Judge:
    decision = Decision(rules=("hkid",), severity="high", effects=frozenset({"nudge"}))

    class Strict:
        def decide(self, findings: Sequence[Finding], _facts: Facts) -> Decision:
            return decision if findings else Decision()

    return scanning.Judge(form, lambda: Yardstick(find, lambda _platform, _chat: cast("Policy", Strict())))


def _told(form: str, *raws: bytes) -> Told:
    return _judge(form, lambda text: (HKID,) if "A123456(3)" in text else ())(
        reading.Chunk(1, list(raws), is_json=True)
    )


def test_each_verdict_is_one_json_object_without_the_text() -> None:
    told = _told("jsonl", b'{"id": "a", "text": "is A123456(3)"}', b'{"id": 2}', b"", b'{"id": 3, "text": "hi"}')
    assert (told.total, told.warned, told.broken) == (3, 1, 1)
    assert [json.loads(row) for row in told.lines.splitlines()] == [
        {
            "id": "a",
            "spans": [{"start": 3, "end": 13, "type": "HKID", "score": 0.95}],
            "warn": True,
            "severity": "high",
            "rules": ["hkid"],
        },
        {"id": 2, "error": "text is missing or not a string"},
        {"id": 3, "spans": [], "warn": False, "severity": None, "rules": []},
    ]


def test_the_table_counts_and_never_quotes() -> None:
    out = io.StringIO()
    hkid, broken = b'{"id": "a", "text": "A123456(3)"}', b'{"id": "[bold]\\ud800"}'
    scanning._write_table([_told("table", hkid, broken), _told("table", b'{"id": 4, "text": "hi"}', hkid)], out)
    assert "HKID" in out.getvalue()
    assert "[bold]?" in out.getvalue()
    assert "4 messages, 2 would be nudged, 1 malformed line\n" in out.getvalue()
    scanning._write_table([_told("table", hkid)], out)
    assert "1 message, 1 would be nudged\n" in out.getvalue()
    assert "A123456" not in out.getvalue()


def test_a_chunk_shows_nothing_of_its_words() -> None:
    assert repr(reading.Chunk(7, [b"secret"], is_json=False)) == "Chunk(7, 1 lines)"


def test_lines_keep_their_numbers_whatever_the_chunks() -> None:
    raw = b"\n \nfirst\n\n" + b"more\n" * 9
    whole = [line for chunk in reading.chunks(io.BytesIO(raw), 100) for line in chunk.lines(UNKNOWN)]
    cut = [line for chunk in reading.chunks(io.BytesIO(raw), 2) for line in chunk.lines(UNKNOWN)]
    assert cut == whole
    assert [line.id for line in cut] == list(range(1, 14))
