"""The second opinion turns what needs understanding, and nothing that has a shape. Here with the shipped model."""

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.detector import Detector
from detectors.finding import Finding
from detectors.opinion.concern import UNDERSTOOD, counts
from detectors.opinion.opinion import SHIPPED, STRETCH, Opinion
from detectors.opinion.review import CODE
from detectors.overlaps import MOST_FINDINGS
from tests.detectors.written import hkids, mobiles
from tests.whole import seconded, whole

OPINION = Opinion()
BOTH, RULES = seconded(), whole()
TALK = st.sampled_from(
    ["佢琴日", "please call", " she was admitted ", "升職", "\n", "，", " salary ", "病", " ok ", "3 pm"]
)
WRITTEN = st.lists(st.one_of(hkids(), mobiles(), TALK), max_size=6).map("".join)
MANY_MEGABYTES = 25


def shaped(findings: tuple[Finding, ...]) -> list[tuple[str, int, int, float]]:
    return [(one.type, one.start, one.end, one.score) for one in findings if one.type not in UNDERSTOOD]


@settings(max_examples=100)
@given(WRITTEN)
def test_what_has_a_shape_stays_with_the_rules(text: str) -> None:
    assert shaped(BOTH.find(text)) == shaped(RULES.find(text))


@settings(max_examples=100)
@given(WRITTEN)
def test_all_that_it_says_is_in_place_and_in_order(text: str) -> None:
    found = BOTH.find(text)
    assert all(0 <= one.start < one.end <= len(text) and 0 <= one.score <= 1 for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@settings(max_examples=50)
@given(WRITTEN)
def test_rows_of_tables_are_judged_by_the_rules_alone(text: str) -> None:
    assert [(one.type, one.start, one.score) for one in BOTH.rules(text)] == [
        (one.type, one.start, one.score) for one in RULES.find(text)
    ]


def test_a_text_of_many_findings_still_has_at_most_fifty() -> None:
    assert len(BOTH.find("Amy has lupus and earns $35,000, call 9123 4567.\n" * 40)) <= MOST_FINDINGS


def test_what_a_first_text_would_wait_for_can_be_loaded_before() -> None:
    opinion = Opinion()
    Detector(opinion=opinion).ready()
    assert "encoder" in vars(opinion)


def test_ordinary_chat_never_wakes_the_encoder() -> None:
    opinion = Opinion()
    detector = Detector(opinion=opinion)
    assert detector.find("Lunch at one? The new place downstairs has room for six") == ()
    assert detector.find("聽日三點開會，記得帶手提電腦") == ()
    assert "encoder" not in vars(opinion)


def test_what_it_turned_says_so_and_keeps_what_the_rules_said() -> None:
    rules = {(one.start, one.end, one.type): one.score for one in RULES.find(LONG)}
    for one in BOTH.find(LONG):
        said = rules.get((one.start, one.end, one.type))
        assert (CODE in one.evidence) == (said is None or one.score != said)
        assert one.ruled == (said if said is not None and one.score != said else 0)


LONG = "Amy was told that it is a tumour. " + "the parcel has arrived. " * 60 + "Ken has hepatitis."


def test_of_a_long_text_a_stretch_is_read_and_the_rest_stays_with_the_rules() -> None:
    def beyond(detector: Detector) -> list[tuple[str, int, float]]:
        return [(one.type, one.start, one.score) for one in detector.find(LONG) if one.start > 2 * STRETCH]

    assert beyond(BOTH) == beyond(RULES) != []


def test_what_was_read_shows_no_words() -> None:
    read = OPINION.encoder.read(OPINION.encoder.glance("Amy has a tumour"))
    assert "tumour" not in repr(read)
    assert len(read.places) == len(read.held[0])


@pytest.mark.parametrize("text", ["", " ", "\ud83d", "x" * 40_000, "病" * 40_000, "\u200b" * 50])
def test_odd_texts_end(text: str) -> None:
    BOTH.find(text)


def test_the_model_card_names_the_files_by_their_hashes() -> None:
    card = (SHIPPED / "card.md").read_text("utf-8")
    named = dict(re.findall(r"^\| `([a-z.]+)` \| [^|]+ \| `([0-9a-f]{64})` \|$", card, re.MULTILINE))
    files = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in SHIPPED.iterdir() if file.suffix != ".md"
    }
    assert named == files


def test_the_model_is_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < MANY_MEGABYTES * 2**20


MASKED = "早上七點半抽驗,肥龍吹到0.22,第二次喇,管工即場「人事資料」"


def test_where_a_mask_stands_the_message_as_a_whole_raises_nothing() -> None:
    assert [one.type for one in BOTH.find(MASKED) if counts(one)] == []
    assert [one.type for one in BOTH.find(MASKED.replace("「人事資料」", "炒咗佢魷魚")) if counts(one)] != []


def test_what_the_rules_find_beside_a_mask_counts() -> None:
    found = BOTH.find(f"{MASKED}, HKID A123456(3), 佢患咗抑鬱症")
    assert {"HKID", "MEDICAL_TERM"} <= {one.type for one in found if counts(one)}


def test_beside_what_it_alone_found_people_are_named() -> None:
    text = "阿鋒報保險 佢係一九七四年六月初八"
    assert {finding.type for finding in BOTH.find(text)} == {"PERSON", "DATE_OF_BIRTH"}
    assert not RULES.find(text)
