"""Whatever is repeated, a long message costs in proportion to its length: one message never holds up the others.

The pieces are made from every recognizer's own triggers, cues and separators, so a new recognizer is in it by itself.
What is held is a ratio of two measurements in one run, never a time.
"""

from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.pieces import cues, pieces, some, tokens, triggers
from benchmarks.worst import LINEAR, PIECES, growth, hostile_set
from detectors.detector import Detector
from detectors.errors import TooSlowError
from detectors.recognizers import all_recognizers
from tests.fakes.endless import Endless
from tests.whole import whole

RECOGNIZERS = all_recognizers()
ONCE_QUADRATIC = (
    "4111111111111111 paid invoice order ref ",
    "hr@example.com\t123-456789-838\t會員户口\n",
    "flight http://a 91234567 ",
    "Flat 3, Block B, Aa Bb, Cc, ",
)
"""Pieces for which a recognizer once read all of the text, or all that it had found, at every candidate."""


@pytest.mark.parametrize("piece", ONCE_QUADRATIC)
def test_what_once_cost_more_than_in_proportion_no_longer_does(piece: str) -> None:
    assert growth(whole().find, piece) < LINEAR


def test_the_work_grows_in_proportion_to_the_text_for_pieces_of_every_recognizer() -> None:
    grown = {piece: growth(whole().find, piece) for piece in some(RECOGNIZERS, 2 * len(RECOGNIZERS))}
    assert {piece: ratio for piece, ratio in grown.items() if ratio >= LINEAR} == {}


@pytest.mark.parametrize("index", range(len(RECOGNIZERS)), ids=[one.entity for one in RECOGNIZERS])
def test_every_recognizer_is_in_the_hostile_set_with_its_triggers_and_its_cues(index: int) -> None:
    own = RECOGNIZERS[index]
    made = "\n".join(islice(pieces(RECOGNIZERS), index, 40 * len(RECOGNIZERS), len(RECOGNIZERS)))
    assert any(word in made for word in triggers(own))
    assert not cues(own) or any(word in made for word in cues(own))


def test_a_text_that_costs_more_than_its_budget_is_given_up_and_says_nothing_of_itself() -> None:
    endless = Detector([Endless()])
    with pytest.raises(TooSlowError, match=r"^$"):
        endless.find("secret and endless")
    assert endless.find("secret") == ()


def test_an_address_takes_along_the_names_behind_it_but_not_the_rest_of_a_message() -> None:
    text = "I live at Flat 3, Block B" + ", Aa Bb" * 1_000
    (address,) = (finding for finding in whole().find(text) if finding.type == "HK_ADDRESS")
    assert address.end < 200


def test_the_benchmark_measures_the_same_pieces() -> None:
    assert set(PIECES.values()) | set(some(RECOGNIZERS, 50)) == set(hostile_set(50).values())


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_hostile_pieces_by_the_thousand_cost_in_proportion() -> None:
    chosen = (*PIECES.values(), *some(RECOGNIZERS, 3_000))
    grown = {piece: growth(whole().find, piece) for piece in chosen}
    assert {piece: ratio for piece, ratio in grown.items() if ratio >= LINEAR} == {}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(st.deferred(lambda: st.sampled_from(tokens(RECOGNIZERS))), min_size=1, max_size=8))
def test_hostile_pieces_that_hypothesis_looks_for_cost_in_proportion(parts: list[str]) -> None:
    assert growth(whole().find, "".join(parts)) < LINEAR
