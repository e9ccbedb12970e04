"""What an organisation publishes itself, compared in canonical form."""

import pytest

from detectors.allow import Allow, canonical
from detectors.detector import Detector
from detectors.errors import AllowError


@pytest.mark.parametrize(
    ("entity", "value", "plain"),
    [
        ("PHONE_NUMBER", "2123 4567", "+85221234567"),
        ("PHONE_NUMBER", "(852) 2123-4567", "+85221234567"),
        ("PHONE_NUMBER", "00852 ２１２３４５６７", "+85221234567"),
        ("PHONE_NUMBER", "+65 6123 4567", "+6561234567"),
        ("PHONE_NUMBER", "1823", "+8521823"),
        ("PHONE_NUMBER", "8521 2345", "+85285212345"),
        ("PHONE_NUMBER", "852 2123 4567", "+85221234567"),
        ("EMAIL_ADDRESS", "@Example.COM", "@example.com"),
        ("HKID", "a123456(3)", "A1234563"),
    ],
)
def test_canonical_forms(entity: str, value: str, plain: str) -> None:
    assert canonical(Allow(entity, value)) == plain


def test_a_number_needs_digits() -> None:
    with pytest.raises(AllowError, match="2123 4567"):
        canonical(Allow("PHONE_NUMBER", "head office"))


def test_a_mail_domain_covers_its_own_addresses_only() -> None:
    detector = Detector(allow=(Allow("EMAIL_ADDRESS", "@example.com"),))
    found = detector.find("amy@example.com amy@mail.example.com amy@notexample.com")
    assert ["allowed" in finding.traits for finding in found if finding.type == "EMAIL_ADDRESS"] == [True, False, False]


def test_an_entry_shows_no_value() -> None:
    assert "2123" not in repr(Allow("PHONE_NUMBER", "2123 4567"))
