"""The scorer, the folds and the corpus."""

import pytest

from benchmarks.folds import folds, frames, interval
from benchmarks.rows import HK_CHAT, PERFORMANCE_TALK, Prediction, Row, Span, chat_mix, load
from benchmarks.score import Counts, matched, score


def row(identity: str, *spans: Span, warn: bool = False, text: str = "x" * 40) -> Row:
    return Row(identity, text, "en", ("data",), spans, warn, "dev")


def test_an_overlap_of_the_same_type_is_a_match() -> None:
    rows = [row("1", Span("HKID", 0, 5), warn=True), row("2", Span("HKID", 0, 5), warn=True)]
    scores = score(rows, {"1": Prediction((Span("HKID", 4, 9),), warn=True), "2": Prediction((Span("HKID", 5, 9),))})
    assert scores.types["HKID"] == Counts(right=1, spurious=1, missed=1)
    assert scores.warn == Counts(right=1, missed=1)


def test_another_type_in_the_same_place_is_no_match() -> None:
    scores = score([row("1", Span("HKID", 0, 5))], {"1": Prediction((Span("SALARY", 0, 5),))})
    assert scores.types == {"HKID": Counts(missed=1), "SALARY": Counts(spurious=1)}


def test_one_wide_span_matches_one_labelled_span_only() -> None:
    assert len(matched((Span("P", 0, 4), Span("P", 5, 9)), (Span("P", 0, 9),))) == 1


def test_matching_is_as_large_as_possible_and_not_greedy() -> None:
    gold = (Span("P", 0, 8), Span("P", 8, 12))
    assert len(matched(gold, (Span("P", 6, 10), Span("P", 0, 3)))) == 2


def test_a_message_without_prediction_counts_as_silence() -> None:
    assert score([row("1", Span("HKID", 0, 5), warn=True)], {}).warn == Counts(missed=1)


def test_f2_weighs_a_miss_heavier_than_a_false_alarm() -> None:
    assert Counts(right=8, spurious=2, missed=4).f(2) == pytest.approx(40 / 58)
    assert Counts().f() is None


def test_messages_of_one_frame_stay_in_one_fold() -> None:
    frame = "please update the emergency contact of {} before Friday noon, thank you"
    names = ("Anna", "Ben", "Carol", "Dan", "Eve", "Frank", "Gina")
    alike = [row(name, Span("PERSON", 39, 39 + len(name)), text=frame.format(name)) for name in names]
    others = [
        row(str(number), text=f"{word} {word} {word}") for number, word in enumerate(("tea", "bus", "mtr", "rain"))
    ]
    assert len(set(frames([*alike, *others]))) == 5
    assert sum(any(one.id in names for one in fold) for fold in folds([*alike, *others])) == 1


def test_the_interval_of_a_perfect_scanner_is_nothing() -> None:
    rows = load(HK_CHAT)[:400]
    said = {one.id: Prediction(one.spans, one.warn) for one in rows}
    assert interval(folds(rows), said, "PERSON") == (1.0, 0.0)


def test_the_corpus_is_well_formed() -> None:
    rows = load(HK_CHAT)
    assert len({one.id for one in rows}) == len(rows) == 3000
    for one in rows:
        ends = [0, *(span.end for span in one.spans)]
        assert all(end <= span.start < span.end for end, span in zip(ends, one.spans, strict=False)), one.id
        assert ends[-1] <= len(one.text), one.id


def test_the_mix_of_the_speed_figures_is_the_same_every_time_and_mostly_ordinary() -> None:
    rows = load(HK_CHAT)
    ordinary = {one.text for one in rows if one.category == "benign"}
    mix = chat_mix(rows)
    assert mix == chat_mix(rows)
    assert sum(text in ordinary for text in mix) == 900


def test_the_added_part_is_well_formed() -> None:
    rows = load(PERFORMANCE_TALK)
    assert len({one.id for one in rows}) == len(rows) > 120
    for one in rows:
        assert one.warn == any(span.type == "PERFORMANCE_TALK" for span in one.spans), one.id
        assert all(one.text[span.start : span.end].strip() for span in one.spans), one.id
