"""What the second opinion learns from and is compared by: labels stay in place, and nobody is judged by their own."""

import random

import pytest

from benchmarks.opinion import fitting
from benchmarks.opinion.examples import HAN
from benchmarks.opinion.fitting import Case
from benchmarks.opinion.frames import FRAMES
from benchmarks.opinion.lessons import Lesson, Lessons
from benchmarks.opinion.misheard import Misheard
from benchmarks.opinion.people import People
from benchmarks.opinion.turns import Judge, apart, in_turn
from benchmarks.rows import Prediction, Row, Span
from detectors.opinion import weighing
from detectors.opinion.opinion import SHIPPED, Opinion
from detectors.opinion.weighing import Weighing
from detectors.types import TYPES

NAMES = {type_.name for type_ in TYPES if type_.beside}


def row(name: str, author: str, text: str, *, warn: bool, spans: tuple[Span, ...] = ()) -> Row:
    return Row(name, text, "en", ("data",), spans, warn, "train", author)


ROWS = [
    row("1", "x", "Amy has lupus", warn=True, spans=(Span("PERSON", 0, 3), Span("MEDICAL_TERM", 8, 13))),
    row("2", "y", "lunch at one", warn=False),
    row("3", "z", "陳大文有糖尿病", warn=True, spans=(Span("PERSON", 0, 3), Span("MEDICAL_TERM", 4, 7))),
]


@pytest.fixture(scope="module")
def shown() -> list[Lesson]:
    lessons = Lessons(ROWS, ["see you at three"], random.Random(5))  # noqa: S311 - the same lessons each time
    return [lesson for _ in range(3) for lesson in lessons.round()]


def test_spans_stand_in_order_and_in_place(shown: list[Lesson]) -> None:
    for lesson in shown:
        text, spans = lesson.text
        assert all(text[start:end].strip() for start, end, _ in spans)
        ends = [0, *(end for _, end, _ in spans)]
        assert all(before <= start for before, (start, _, _) in zip(ends, spans, strict=False))


def test_what_warns_says_why(shown: list[Lesson]) -> None:
    """A template that warns marks more than a name, and one that doesn't marks no pay, home or birth."""
    marked = {kind for lesson in shown for _, _, kind in lesson.text[1]}
    assert {kind for kind in marked if kind not in NAMES} >= {"MEDICAL_TERM", "SALARY", "PERFORMANCE_TALK"}
    kinds = [(lesson.warn, {kind for _, _, kind in lesson.text[1]}) for lesson in shown]
    unsaid = sum(warn and not marked - NAMES for warn, marked in kinds)
    assert unsaid <= len(shown) / 100  # who calls for hunting somebody says nothing that has a type of the encoder's
    assert all(marked <= NAMES | {"MEDICAL_TERM"} for warn, marked in kinds if not warn)


def test_no_template_stands_twice() -> None:
    lines = FRAMES.read_text("utf-8").splitlines()
    assert sorted(set(lines)) == sorted(lines)


def test_swapped_words_keep_their_marks() -> None:
    lessons = Lessons(ROWS, [], random.Random(7))  # noqa: S311 - the same lessons each time
    seen = set()
    for _ in range(20):
        text, spans = next(iter(lessons.round())).text
        seen.add(text)
        assert [kind for _, _, kind in spans] == ["PERSON", "MEDICAL_TERM"]
        assert text[spans[0][1] : spans[1][0]] == " has "
    assert len(seen) > 1


def test_what_is_misheard_moves_nothing() -> None:
    written, spans = "陳生今日有病，人工三萬二", ((0, 2, "PERSON"), (8, 12, "SALARY"))
    misheard = Misheard(random.Random(3))  # noqa: S311 - the same each time
    heard = [misheard.hear((written, spans)) for _ in range(100)]
    assert all(len(text) == len(written) and places == spans for text, places in heard)
    assert written in {text for text, _ in heard}
    assert len({text for text, _ in heard}) > 2
    assert misheard.hear(("Amy has lupus", ())) == ("Amy has lupus", ())


def test_invented_people_are_called_in_one_script() -> None:
    people = People(random.Random(4))  # noqa: S311 - the same each time
    names = {han: [people.name(han=han) for _ in range(300)] for han in (True, False)}
    assert all(HAN.search(name) for name in names[True])
    assert not any(HAN.search(name) for name in names[False])
    assert all(len(set(told)) > 200 and "" not in told for told in names.values())


def test_nobody_is_judged_by_weights_fitted_on_their_own_messages() -> None:
    judge, opinion = Judge(), Opinion()
    cases = [fitting.case(one, judge.rules.find(one.text), opinion) for one in ROWS]
    fitted: list[set[str]] = []

    def fit(others: object, _: float) -> Weighing:
        assert isinstance(others, list)
        fitted.append({case.row.author for case in others if isinstance(case, Case)})
        return weighing.read(SHIPPED / "weighing.toml")

    said = in_turn(cases, opinion.bar, judge, fit)
    assert fitted == [{"y", "z"}, {"x", "z"}, {"x", "y"}]
    assert {name: one.warn for name, one in said.items()} == {"1": True, "2": False, "3": True}


def test_models_are_compared_by_the_same_messages() -> None:
    right = {one.id: Prediction((), one.warn) for one in ROWS}
    wrong = {one.id: Prediction((), warn=False) for one in ROWS}
    assert apart(ROWS, right, right) == (0.0, 0.0, 0.0)
    better, low, high = apart(ROWS, wrong, right)
    assert better == 1.0
    assert 0.0 <= low <= high == 1.0
