"""The gate lets through whatever a recognizer would find, and little else."""

import pytest
from hypothesis import example, find, given
from hypothesis import strategies as st

from detectors.gate import Gate
from detectors.recognizers import all_recognizers
from detectors.recognizers.hkid import HkidRecognizer
from detectors.recognizers.phone import PhoneRecognizer
from detectors.recognizers.recognizer import ChatRecognizer, Scan
from detectors.text.normalise import normalise
from tests.detectors.written import hkids, mobiles, wrong_hkids

NUMBERS = (HkidRecognizer(), PhoneRecognizer())
NOISE = st.sampled_from(["", "佢", "call ", "電話:", "id", "9", "B/", "\n", " (", "x", "，", "12 ", "<tel:", "*"])
SHAPES = st.one_of(hkids(), wrong_hkids(), mobiles())
WRITTEN = st.lists(st.one_of(SHAPES, NOISE), max_size=5).map("".join)
SCRAP = st.sampled_from([*"0123456789123456789oilOAKw ()-.\n+/,零一三五", "then ", "跟住", "打", "852", "999"])
SCRAPS = st.lists(SCRAP, max_size=40).map("".join)


def lost(gate: Gate, recognizers: tuple[ChatRecognizer, ...], text: str) -> set[str]:
    """Return the entity types that recognizers find in a text although the gate did not point to them."""
    normalised = normalise(text)
    opened = gate.scan(normalised) or {}
    return {r.entity for r in recognizers if r.id not in opened and any(True for _ in r.find(Scan(normalised, {})))}


@given(st.one_of(WRITTEN, SCRAPS))
@example("2100852零then ")
@example("九一二三 跟住 四五六七")
def test_nothing_that_a_recognizer_finds_stays_outside(text: str) -> None:
    assert not lost(Gate(NUMBERS), NUMBERS, text)


class NarrowHkid(HkidRecognizer):
    """An HKID recognizer whose gate knows numbers written in one piece only."""

    gate_pattern = r"[0-9]{7}"


class NarrowPhone(PhoneRecognizer):
    """A phone recognizer whose gate knows no separators of two characters."""

    gate_pattern = r"[0-9](?:[ \-.]?[0-9]){5}"


@pytest.mark.parametrize("narrow", [(NarrowHkid(),), (NarrowPhone(),)])
def test_the_property_notices_a_gate_that_is_too_narrow(narrow: tuple[ChatRecognizer, ...]) -> None:
    spaced = st.one_of(hkids(), mobiles().map(lambda text: text.replace(" ", "  ")))
    assert lost(Gate(narrow), narrow, find(spaced, lambda text: bool(lost(Gate(narrow), narrow, text))))


@pytest.mark.parametrize(
    "text",
    [
        "Lunch at 12:30 in room 2107?",
        "今日開會改咗做3點半，大家留意",
        "the 2026 budget is $61,234,567, up 4%",
        "see you on 26/11",
        "thanks, will do!",
    ],
)
def test_ordinary_talk_stops(text: str) -> None:
    assert Gate(NUMBERS).scan(normalise(text)) is None


def test_points_only_to_what_the_text_may_hold() -> None:
    recognizers = all_recognizers()
    opened = Gate(recognizers).scan(normalise("call 91234567"))
    assert opened is not None
    pointed = {recognizer.entity for recognizer in recognizers if recognizer.id in opened}
    assert "PHONE_NUMBER" in pointed
    assert "MEDICAL_TERM" not in pointed


def test_gives_every_place_of_a_literal() -> None:
    class Fruit(ChatRecognizer):
        entity = "FRUIT"
        gate_literals = ("pine", "pineapple", "apple")

    fruit = Fruit()
    opened = Gate((fruit,)).scan(normalise("a Pineapple"))
    assert opened is not None
    assert sorted(opened[fruit.id]) == [(2, 6), (2, 11), (6, 11)]


def test_recognizers_of_one_type_have_gates_of_their_own() -> None:
    class Fruit(ChatRecognizer):
        entity = "FRUIT"
        gate_literals = ("apple",)

    class Berry(ChatRecognizer):
        entity = "FRUIT"
        gate_literals = ("cherry",)

    fruit, berry = Fruit(), Berry()
    opened = Gate((fruit, berry)).scan(normalise("a cherry"))
    assert opened is not None
    assert set(opened) == {berry.id}


@pytest.mark.parametrize(
    ("text", "passes"),
    [("a fig", True), ("figs", True), ("我要fig呀", True), ("雪梨汁", True), ("figure", False), ("config", False)],
)
def test_a_gate_word_is_no_part_of_a_longer_word(text: str, *, passes: bool) -> None:
    class Fruit(ChatRecognizer):
        entity = "FRUIT"
        gate_words = ("fig", "梨")

    assert bool(Gate((Fruit(),)).scan(normalise(text))) is passes
