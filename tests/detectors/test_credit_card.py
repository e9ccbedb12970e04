"""Payment cards: issuer and check digit, and the words that take a finding back."""

import pytest

from detectors.recognizers.credit_card import PaymentCardRecognizer
from detectors.recognizers.luhn import passes_luhn
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = PaymentCardRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "card «4111 1111 1111 1111» exp 07/28",
        "用我張卡«4111111111111111»，唔該",
        "卡號：«４１１１－１１１１－１１１１－１１１１»",
        "amex «3782 822463 10005»",
        "«5555 5555 5555 4444»",
        "JCB «3530111333300000»",
        "card 4111 1111 1111 1112",
        "tracking 4111111111111111",
        "運單4111111111111111，聽日到",
        "ICCID 89852411111111111114",
        "order 1234567890123",
        "9876 5432 1098 7654",
        "card 0000 0000 0000 0000",
    ],
)
def test_cards_are_found_and_look_alikes_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_a_test_card_is_known_by_its_words_and_never_by_its_number() -> None:
    assert traits(FINDS, "use the Stripe test card 4242 4242 4242 4242") == {"sample"}
    assert traits(FINDS, "my card 4242 4242 4242 4242") == set()


@pytest.mark.parametrize("digits", ["4111111111111111", "79927398713", "0"])
def test_the_check_digit_catches_every_single_mistake(digits: str) -> None:
    assert passes_luhn(digits)
    for at, right in enumerate(digits):
        assert not any(passes_luhn(digits[:at] + other + digits[at + 1 :]) for other in "0123456789" if other != right)
