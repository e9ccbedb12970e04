"""What comes of findings once the encoder has read the text: here with weights that believe it."""

from dataclasses import fields, replace

import pytest

from detectors.finding import Finding
from detectors.opinion.concern import Voices
from detectors.opinion.labels import TYPES
from detectors.opinion.read import Read
from detectors.opinion.review import CODE, NAME, review
from detectors.opinion.weighing import Weighing, Weights

TEXT = "meet at 19 Long Road"
PLACES = ((0, 4), (5, 7), (8, 10), (11, 15), (16, 20))
BELIEVING = Voices(**{field.name: float(field.name == "warn") for field in fields(Voices)})
TAG = Weights(bias=0.0, rules=0.0, tag=1.0, warn=0.0)
WEIGHING = Weighing(0.0, 0.0, 0.35, 0.45, 0.45, {}, dict.fromkeys(TYPES[:-1], TAG), BELIEVING)


def read(entity: str, warn: float) -> Read:
    """What an encoder makes of TEXT that takes its last three words for one type."""
    nothing = [0.0] * len(PLACES)
    begun, later = ([list(nothing) for _ in TYPES] for _ in range(2))
    begun[TYPES.index(entity)][2] = 0.97
    later[TYPES.index(entity)][3:] = [0.97, 0.97]
    held = [[one + other for one, other in zip(*shares, strict=True)] for shares in zip(begun, later, strict=True)]
    return Read(PLACES, begun, later, held, warn)


def reviewed(entity: str, warn: float, *found: Finding) -> list[Finding]:
    return review(WEIGHING, TEXT, found, read(entity, warn), lambda entity, _: entity.encode())


def test_an_address_that_only_the_encoder_sees_is_a_home_where_something_concerns_somebody() -> None:
    (home,) = reviewed("HK_ADDRESS", 0.97)
    assert (home.recognizer, home.start, home.end, home.traits) == (NAME, 8, 20, frozenset())


def test_and_a_place_of_business_where_nothing_does() -> None:
    (place,) = reviewed("HK_ADDRESS", 0.03)
    assert (place.recognizer, place.start, place.end, place.traits) == (NAME, 8, 20, frozenset({"business"}))


def test_the_rules_home_is_one_whatever_is_said_about_it() -> None:
    home = Finding("HK_ADDRESS", 8, 20, 0.9, "HkAddressRecognizer")
    assert reviewed("HK_ADDRESS", 0.03, home) == [home]


@pytest.mark.parametrize("entity", ["MEDICAL_TERM", "SALARY", "PERFORMANCE_TALK", "DATE_OF_BIRTH"])
def test_what_else_needs_understanding_does_not_count_where_nothing_concerns_anybody(entity: str) -> None:
    said = Finding(entity, 8, 20, 0.9, "rules")
    (calmed,) = reviewed(entity, 0.03, said)
    assert calmed.score < 0.5
    assert calmed.ruled == 0.9
    assert CODE in calmed.evidence
    assert reviewed(entity, 0.97, said) == [said]


def test_what_the_encoder_cuts_out_of_a_latin_word_is_nothing() -> None:
    inside = replace(read("MEDICAL_TERM", 0.97), places=((0, 4), (5, 6), (6, 7), (11, 15), (16, 20)))
    assert review(WEIGHING, TEXT, (), inside, lambda entity, _: entity.encode()) == []


def test_a_place_goes_on_to_the_end_of_its_latin_word() -> None:
    short = replace(read("MEDICAL_TERM", 0.97), places=((0, 4), (5, 7), (8, 10), (11, 15), (16, 18)))
    (found,) = review(WEIGHING, TEXT, (), short, lambda entity, _: entity.encode())
    assert (found.start, found.end) == (8, 20)


def test_what_the_rules_saw_nothing_of_takes_more_than_what_they_doubted() -> None:
    seen = read("PERFORMANCE_TALK", 0.97)
    for lone, raised in ((0.45, 1), (1.0, 0)):
        weighing = replace(WEIGHING, alone={}, lone=lone)
        assert len(review(weighing, TEXT, (), seen, lambda entity, _: entity.encode())) == raised
        doubted = Finding("PERFORMANCE_TALK", 8, 20, 0.3, "PerformanceTalkRecognizer")
        (found,) = review(weighing, TEXT, (doubted,), seen, lambda entity, _: entity.encode())
        assert found.score >= 0.5
