"""The measures measure, and show no word of a message."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import accuracy, natural, report, soak, speed, unread, worst
from benchmarks.latency.measure import LINES, measure
from benchmarks.looks import measure as looks
from benchmarks.looks.kinds import Kind
from benchmarks.rows import HK_CHAT, Prediction, Row, Span, load


class Digits:
    """A scanner that takes every message with a digit for a leak."""

    name = "digits"

    def find(self, text: str) -> list[int]:
        """Return the place of every digit."""
        return [at for at, char in enumerate(text) if char.isdigit()]

    def predict(self, text: str) -> Prediction:
        """Take every digit for a phone number."""
        spans = tuple(Span("PHONE_NUMBER", at, at + 1) for at in self.find(text))
        return Prediction(spans, warn=bool(spans))


def test_a_hit_on_ordinary_chat_is_reported_by_id_and_type_and_never_by_text(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text('{"id": "a", "text": "lunch at 7"}\n\n{"id": "b", "text": "lunch soon"}\n', encoding="utf-8")
    result = natural.measure(path, [Digits()])
    assert result["scanners"]["digits"] == {
        "per_1000": 500.0,
        "hits": [{"line": 1, "id": "a", "types": ["PHONE_NUMBER"]}],
    }
    assert "lunch" not in json.dumps(result)


def test_the_report_holds_every_section_and_no_message() -> None:
    rows = load(HK_CHAT)[:60]
    result = {
        "date": "2000-01-01",
        "machine": "a machine",
        "accuracy": accuracy.measure(rows, [Digits()]),
        "speed": {
            "mixes": speed.measure({"published": [row.text for row in rows[:20]]}, [Digits()], rounds=1),
            "met": speed.met(rows[:20], [Digits()]),
            "absent": ["a library"],
        },
        "worst": worst.measure(len, len, sizes=(64,), pieces={"digits": "9"}),
    }
    table = report.text(result)
    assert {"ACCURACY", "SPEED", "WORST"} <= set(table.split())
    assert not any(row.text in table or row.text in json.dumps(result, ensure_ascii=False) for row in rows)


def test_the_scanners_are_compared_with_the_first_one() -> None:
    class Twice(Digits):
        name = "twice"

    result = speed.measure({"few": ["a 1", "b 2", "c 3", "d"]}, [Digits(), Twice()], rounds=1)["few"]
    assert result["digits"] == 0.75
    assert result["scanners"]["digits"]["times_ours"] == 1.0
    assert result["scanners"]["twice"]["times_ours"] > 0


@pytest.mark.parametrize("piece", worst.PIECES.values(), ids=worst.PIECES)
def test_a_hostile_text_has_exactly_the_size_asked_for(piece: str) -> None:
    assert len(worst.hostile(piece, 4096)) == 4096


def test_the_soak_never_repeats_a_message() -> None:
    assert len(set(soak.messages(4000))) == 4000


def test_growth_sees_a_scanner_that_hoards() -> None:
    hoard: list[str] = []
    assert soak.growth(hoard.append, count=300, warm_up=100) > 300 * 40
    assert soak.growth(len, count=300, warm_up=100) < 300 * 40


@pytest.mark.parametrize("line", LINES)
async def test_every_leak_is_timed(line: str) -> None:
    """The whole bot runs for it, in a process of its own: what it asks of the little server must be there."""
    assert len((await measure(line, rate=20, seconds=1, every=4, warm_up=4)).took) == 5


@pytest.mark.parametrize("line", ["telegram", "slack socket"])
async def test_senders_of_files_are_timed_and_those_of_texts_beside(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "WARM_UP", 5)
    rows = "Name,HKID,Mobile\nChan Tai Man,A123456(3),9123 4567\nWong Siu Ming,G123456(A),6234 5678\n"
    kind = Kind("csv", picture=False, name="staff.csv", data=rows.encode())
    read, *others = await looks.one_by_one(line, [kind], times=1)
    assert (len(read.took), others) == (1, [])
    waited = await looks.beside(line, [kind], rate=20, seconds=1, turns=1, every=4)
    assert (len(waited.idle), len(waited.busy), waited.files > 0) == (5, 5, True)


def test_authors_that_nobody_reads_are_scored_alone_and_each_has_a_row() -> None:
    leak = Row("r", "call 9", "en", ("data",), (Span("PHONE_NUMBER", 5, 6),), warn=True, split="train", author="a")
    kept = replace(leak, id="k", split="keep", author="b")
    rows = [leak, kept, Row("l", "at noon", "en", ("benign",), (), warn=False, split="keep", author="b")]
    result = unread.measure(rows, [Digits()])
    assert result["messages"] == 2
    assert list(result["authors"]) == ["b"]
    low, high = result["resampled"]["PHONE_NUMBER"]
    assert low <= high == 1.0
