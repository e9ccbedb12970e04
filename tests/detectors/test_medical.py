"""Medical talk: what is about a person is found; jokes, products, announcements and policies are not."""

import csv
import re
from pathlib import Path

import pytest

from detectors.recognizers.examples import matches
from detectors.recognizers.medical import MedicalRecognizer
from detectors.recognizers.recognizer import Match

CASES = Path(__file__).parent / "medical_cases.tsv"
MARKED = re.compile(r"«([^»]*)»")


@pytest.fixture(scope="module")
def recognizer() -> MedicalRecognizer:
    return MedicalRecognizer()


def reported(recognizer: MedicalRecognizer, text: str) -> list[Match]:
    return [match for match in matches(recognizer, text) if match.score >= 0.5]


def terms(recognizer: MedicalRecognizer, text: str) -> list[str]:
    return [text[match.start : match.end] for match in reported(recognizer, text)]


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def overlap_counts(recognizer: MedicalRecognizer) -> tuple[int, int, int]:
    right = spurious = missed = 0
    for case in cases():
        wanted = [match.group(1) for match in MARKED.finditer(case["text"])]
        found = terms(recognizer, MARKED.sub(r"\1", case["text"]))
        hit = sum(
            any(term.lower() in other.lower() or other.lower() in term.lower() for other in found) for term in wanted
        )
        right += hit
        missed += len(wanted) - hit
        spurious += max(0, len(found) - hit)
    return right, spurious, missed


def test_invented_messages_reach_the_goal(recognizer: MedicalRecognizer) -> None:
    right, spurious, missed = overlap_counts(recognizer)
    assert 2 * right / (2 * right + spurious + missed) >= 0.93


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Gloria was diagnosed with lupus last week", "lupus"),
        ("佢有糖尿病，唔好叫佢食甜嘢", "糖尿病"),
        ("他有糖尿病", "糖尿病"),
        ("佢有糖尿病", "糖尿病"),
        ("阿May大肚三個月", "大肚三個月"),
        ("肥仔明生cancer", "生cancer"),
        ("佢上個月確診covid", "covid"),
        ("Ah Fai fractured his left wrist", "fractured his left wrist"),
        ("Sandy is on pembrolizumab again", "pembrolizumab"),
        ("Nora has vestibular neuritis", "neuritis"),
        ("got covid, doctor says stay away", "covid"),
        ("my wife is 14 weeks pregnant", "14 weeks pregnant"),
    ],
)
def test_health_of_a_person_is_found(recognizer: MedicalRecognizer, text: str, term: str) -> None:
    assert terms(recognizer, text) == [term]


@pytest.mark.parametrize(
    "text",
    [
        "That invoice nearly gave me a heart attack",
        "Flu vaccination day: 15 Oct, pantry",
        "The Cancer Fund is looking for volunteers",
        "Hiring: oncology nurse, two vacancies",
        "Our pharma client launches a migraine app",
        "Does the plan cover diabetes?",
        "個系統癱瘓咗兩個鐘",
        "呢個客好頭痛，成日改嘢",
        "公司今年流感疫苗接種日係十月八號",
        "我隻狗有糖尿病",
        "Ms Chan is MC for the annual dinner",
        "benefit, trash, scold, influence",
    ],
)
def test_other_meanings_stay_silent(recognizer: MedicalRecognizer, text: str) -> None:
    assert terms(recognizer, text) == []


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("I have diabetes", "own"),
        ("got covid, can't come in", "own"),
        ("Amy has a headache", "mild"),
        ("佢唔係癌", "negated"),
        ("Is Amy pregnant?", "asked"),
    ],
)
def test_traits_say_what_a_finding_means(recognizer: MedicalRecognizer, text: str, trait: str) -> None:
    (match,) = reported(recognizer, text)
    assert trait in match.traits


def test_another_persons_illness_is_not_our_own(recognizer: MedicalRecognizer) -> None:
    (match,) = reported(recognizer, "My boss told me Amy has diabetes")
    assert not match.traits


def test_evidence_codes_hold_no_words(recognizer: MedicalRecognizer) -> None:
    (match,) = reported(recognizer, "Ivan was diagnosed with gout")
    assert set(match.evidence) >= {"term_clear", "of_name", "verb"}
    assert "gout" not in repr(match)
