"""The contract of `thinktwice scan`: reading lines, and what is written for each."""

import io
import json

from bot.cli import scanning
from bot.cli.scanning import Line, Scanned
from bot.cli.yardstick import Yardstick
from detectors.detector import Detector
from detectors.finding import Finding
from policies.facts import Facts
from policies.policy import Decision, Policy
from tests.fakes.endless import Endless


def _read(text: str) -> list[Line]:
    return list(scanning.read(io.BytesIO(text.encode("utf-8"))))


def test_the_first_line_that_is_not_blank_decides() -> None:
    assert _read('\n{"id": "a", "text": "hi"}\n') == [Line("a", "hi")]
    assert _read("\nhello\n{\n") == [Line(1, ""), Line(2, "hello"), Line(3, "{")]


def test_json_lines_carry_facts_for_the_policy() -> None:
    row = {"id": 7, "text": "hi", "platform": "slack", "chat": "C1", "sender": "U1", "sent_at": 5}
    assert _read(json.dumps(row)) == [Line(7, "hi", Facts(platform="slack", chat="C1", sender="U1", at=5))]


def test_what_a_line_does_not_say_the_command_line_may() -> None:
    everybody = Facts(platform="slack", chat="C9", audience=4)
    lines = scanning.read(io.BytesIO(b'{"id": 1, "text": "hi"}\n{"id": 2, "text": "hi", "chat": "C1"}'), everybody)
    assert [line.facts for line in lines] == [everybody, Facts(platform="slack", chat="C1", audience=4)]


def test_malformed_lines_are_told_and_the_run_goes_on() -> None:
    text = '{"id": 1.5, "text": "a"}\n{"id": 2}\n[]\n{oops\n{"text": "x"}\n{"id": 6, "text": "b"}\n'
    assert [(line.id, line.text, bool(line.error)) for line in _read(text)] == [
        (1.5, "a", False),
        (2, None, True),
        (3, None, True),
        (4, None, True),
        (5, None, True),
        (6, "b", False),
    ]


def test_bytes_that_are_not_text_are_one_malformed_line() -> None:
    lines = list(scanning.read(io.BytesIO(b"ok\n\xff\xfe\nok\n")))
    assert [line.error for line in lines] == ["", "the line is not UTF-8 text", ""]


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert list(scanning.read(io.BytesIO(b"\xef\xbb\xbfhello\n"))) == [Line(1, "hello")]


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


def test_each_verdict_is_one_json_object_without_the_text() -> None:
    finding = Finding("HKID", 3, 13, 0.953, "HkidRecognizer", key=b"secret")
    out = io.StringIO()
    decision = Decision(rules=("hkid",), severity="high", effects=frozenset({"nudge"}))
    scanning._write_jsonl([Scanned("a", (finding,), decision), Scanned(2, error="bad")], out)
    assert [json.loads(row) for row in out.getvalue().splitlines()] == [
        {
            "id": "a",
            "spans": [{"start": 3, "end": 13, "type": "HKID", "score": 0.95}],
            "warn": True,
            "severity": "high",
            "rules": ["hkid"],
        },
        {"id": 2, "error": "bad"},
    ]


def test_the_table_counts_and_never_quotes() -> None:
    out = io.StringIO()
    finding = Finding("HKID", 0, 10, 0.95, "HkidRecognizer")
    scanning._write_table(
        [Scanned("a", (finding, finding), Decision()), Scanned("b"), Scanned("[bold]\ud800", error="bad")], out
    )
    assert "HKID x2" in out.getvalue()
    assert "3 messages, 0 would be nudged, 1 malformed lines" in out.getvalue()
