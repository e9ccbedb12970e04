"""Mainland identity cards: a real date and the check character."""

import pytest

from detectors.recognizers.cn_resident_id import CnResidentIdRecognizer, check_character
from detectors.recognizers.examples import matches
from tests.fakes.marked_text import expected, found, plain

FINDS = CnResidentIdRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "身份證號«11010519491231002X»，深圳社保",
        "mainland ID «11010519491231002x»",
        "«110105 19491231 002X»",
        "內地身份證：«１１０１０５１９４９１２３１００２Ｘ»",
        "permit «810000199012310017»",
        "110105194912310021",
        "11010519491331002X",
        "ref 990105194912310020",
        "1101051949123100212345",
    ],
)
def test_numbers_are_found_and_look_alikes_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_a_wrong_check_character_stays_below_a_half_whatever_stands_around() -> None:
    (match,) = matches(FINDS, "居民身份證110105194912310021")
    assert match.score < 0.5
    assert "check_digit_wrong" in match.evidence


def test_the_check_character_is_that_of_the_standard() -> None:
    assert check_character("11010519491231002") == "X"
    assert check_character("44010619990307001") == "5"
