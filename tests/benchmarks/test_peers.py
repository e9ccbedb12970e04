"""The peers are built as the benchmark says."""

import pytest

from benchmarks import terms
from benchmarks.peers import HkidPattern, Patterns, default_presidio
from benchmarks.rows import Span


@pytest.mark.parametrize(("written", "right"), [("A123456(3)", True), ("A123456(4)", False), ("AB987654(3)", True)])
def test_the_tuned_peer_checks_the_digit(written: str, right: bool) -> None:  # noqa: FBT001  # a table
    assert HkidPattern().validate_result(written) is right


def test_default_presidio_runs_offline_with_its_eighteen_recognizers() -> None:
    presidio = default_presidio()
    assert len(list(presidio.engine.registry.recognizers)) == 18
    assert Span("EMAIL_ADDRESS", 5, 21) in presidio.predict("mail chan@example.com now").spans


def test_dates_and_links_are_not_held_against_a_peer() -> None:
    assert not default_presidio().predict("see you on 12/03/2024 at https://example.com/a").warn


def test_plain_patterns_warn_for_what_they_find() -> None:
    prediction = Patterns().predict("call 9123 4567")
    assert prediction.warn
    assert prediction.spans == (Span("PHONE_NUMBER", 5, 14),)


def test_the_deny_list_is_our_own_lexicon() -> None:
    assert "cancer" in terms.medical_terms()
