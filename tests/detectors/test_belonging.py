"""Whose numbers they are: a row behind one name is one person's, a roster's rows are many people's."""

import pytest

from detectors.detector import Detector
from policies.conditions.how_many import people
from tests.whole import whole

TYPES = {"PHONE_NUMBER", "EMAIL_ADDRESS", "HKID"}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return whole()


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Peter Chan: mobile 9123 4567, office 9234 5678, home 9345 6789", 1),
        ("Peter Chan 9123 4567 / 9234 5678 / 9345 6789", 1),
        ("陳大文 電話 9123 4567，手提 9234 5678，屋企 9345 6789", 1),
        ("陈大文 电话 9123 4567，手机 9234 5678，公司 9345 6789", 1),
        ("Peter Chan 9123 4567, Amy Wong 9234 5678, Ken Lee 9345 6789", 3),
        ("Night shift: Ah Ming 9123 4567, Fai 6234 5678, Ling 5345 6789", 3),
        ("Peter Chan 9123 4567\nZuko 9234 5678\nBrill 9345 6789", 3),
        ("Call 9123 4567, 9234 5678 or 9345 6789", 3),
        ("Peter Chan sent these ID cards: A123456(3), G123456(A), K123456(0)", 3),
    ],
)
def test_people_are_counted_not_numbers(detector: Detector, text: str, many: int) -> None:
    assert people([finding for finding in detector.find(text) if finding.type in TYPES]) == many
