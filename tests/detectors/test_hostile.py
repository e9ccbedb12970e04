"""Whatever is repeated, a long message costs in proportion to its length: one message never holds up the others.

The pieces are made from every recognizer's own triggers, cues and separators, so a new recognizer is in it by itself.
What `make test` holds is a ratio of two measurements in one run, never a time. `make hostile` counts the pieces that
cost more than they may, and holds that none costs two and a half times as much: beside a loop that takes as long as
a text may on a quiet machine.
"""

from collections.abc import Collection
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.pieces import cues, pieces, some, tokens, triggers
from benchmarks.worst import BUSY, PIECES, Cost, cost, hostile_set
from detectors.detector import Detector
from detectors.errors import TooSlowError
from detectors.recognizers import all_recognizers
from tests.fakes.endless import Endless
from tests.tally import Tally
from tests.whole import whole

RECOGNIZERS = all_recognizers()
ONCE_QUADRATIC = (
    "4111111111111111 paid invoice order ref ",
    "hr@example.com\t123-456789-838\t會員户口\n",
    "flight http://a 91234567 ",
    "Flat 3, Block B, Aa Bb, Cc, ",
    "addison's-disease",
)
"""Pieces for which a recognizer once read all of the text, or all that it had found, at every candidate."""
MANY, PARTS = 3_000, 6
"""Pieces that `make hostile` tries, the same each time, and tests that it tries them in."""


@pytest.mark.no_cover  # what is measured is the detector, without what counts its lines
@pytest.mark.parametrize("piece", ONCE_QUADRATIC)
def test_what_once_cost_more_than_in_proportion_no_longer_does(piece: str) -> None:
    assert cost(whole().find, piece).growth < BUSY


@pytest.mark.no_cover
def test_a_word_that_only_the_end_of_the_text_lays_bare_is_not_taken_for_growth() -> None:
    """`rsvn` cut short is a virus, and wakes what sleeps in all other copies: it must be so at both sizes."""
    assert cost(whole().find, "folio no rsvn").growth < BUSY


@pytest.mark.no_cover
def test_the_work_grows_in_proportion_to_the_text_for_pieces_of_every_recognizer() -> None:
    grown = {piece: cost(whole().find, piece).growth for piece in some(RECOGNIZERS, 2 * len(RECOGNIZERS))}
    assert {piece: growth for piece, growth in grown.items() if growth >= BUSY} == {}


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
@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_pieces_by_the_thousand_are_bearable(part: int, tally: Tally) -> None:
    chosen = (*PIECES.values(), *some(RECOGNIZERS, MANY))[part::PARTS]
    costs = {piece: cost(whole().find, piece, bounded=True) for piece in chosen}
    tally("hostile pieces", _figures(costs.values()))
    assert {piece: one for piece, one in costs.items() if not one.bearable} == {}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=2_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(st.deferred(lambda: st.sampled_from(tokens(RECOGNIZERS))), min_size=1, max_size=8))
def test_hostile_pieces_that_hypothesis_looks_for_are_bearable(parts: list[str]) -> None:
    found = cost(whole().find, "".join(parts), bounded=True)
    assert found.bearable, found


def _figures(costs: Collection[Cost]) -> dict[str, int]:
    return {
        "pieces": len(costs),
        "over the bound": sum(not one.in_bounds for one in costs),
        "out of proportion": sum(not one.in_proportion for one in costs),
        "most microseconds short": round(1000 * max(one.short for one in costs)),
        "most microseconds long": round(1000 * max(one.long for one in costs)),
        "most per cent of the bound short": round(100 * max(one.shares[0] for one in costs)),
        "most per cent of the bound long": round(100 * max(one.shares[1] for one in costs)),
        "most growth in tenths": round(10 * max(one.growth for one in costs)),
    }
