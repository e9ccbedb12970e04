"""The peers are built as the benchmark says."""

import sys

import pytest

from benchmarks import terms
from benchmarks.libraries import Floor, Library, PatternSet, libraries
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


def test_a_set_of_patterns_warns_where_one_of_them_would() -> None:
    texts = ("call 9123 4567", "mail ann@example.com", "hello", "")
    assert [PatternSet().predict(text).warn for text in texts] == [Patterns().predict(text).warn for text in texts]


def test_the_floor_reads_for_words_and_says_nothing() -> None:
    assert Floor().find("he has ｃａｎｃｅｒ")
    assert not Floor().predict("he has cancer").warn


def test_a_library_is_held_only_to_types_that_the_corpora_label() -> None:
    found = [("EMAIL", 5, 20), ("ZIP_CODE", 0, 4)]
    library = Library("a library", lambda _: found, iter)
    assert library.predict("mail").spans == (Span("EMAIL_ADDRESS", 5, 20),)
    assert library.predict("mail").warn
    found.pop(0)
    assert not library.predict("mail").warn


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datafog", None)  # which makes its import fail
    monkeypatch.setitem(sys.modules, "scrubadub", None)
    found, missing = libraries()
    assert [scanner.name for scanner in found] == ["RE2 set of 7", "NFKC + automaton"]
    assert missing == ["datafog", "scrubadub"]
