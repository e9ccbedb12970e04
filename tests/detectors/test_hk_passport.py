"""Passport numbers need a word for a passport or a journey."""

import pytest

from detectors.recognizers.hk_passport import HkPassportRecognizer
from tests.fakes.marked_text import expected, found, plain

FINDS = HkPassportRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "passport «K01234567» for the visa",
        "佢護照號碼«HJ1234567»，簽證唔該",
        "passport no. «kj 1234567»",
        "«H12345678» is the passport number",
        "flight CX880 APIS: Chan Siu Ling, «KJ1234567», DOB 1/2/1980",
        "BN(O) passport «123456789»",
        "K01234567",
        "order K01234567 arrived",
        "model HJ1234567",
        "passport copy please",
        "HKID K123456(7) and passport pending",
    ],
)
def test_numbers_are_found_beside_such_words_only(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)
