"""The parts that judge medical talk: slips of the fingers, names, sentences, and data files that people edit."""

import pytest

from detectors.lexicons import rows
from detectors.recognizers.examples import matches
from detectors.recognizers.medical import MedicalRecognizer
from detectors.recognizers.medical.cues import CueFinder, spelled
from detectors.recognizers.medical.lexicon import GRADES, load
from detectors.recognizers.medical.misspelled import slips
from detectors.recognizers.medical.places import MOST_PLACES
from detectors.recognizers.medical.sentence import FAR
from detectors.recognizers.recognizer import Scan
from detectors.text.normalise import normalise


@pytest.fixture(scope="module")
def recognizer() -> MedicalRecognizer:
    return MedicalRecognizer()


@pytest.fixture(scope="module")
def cues() -> CueFinder:
    return CueFinder()


def codes(cues: CueFinder, text: str) -> set[str]:
    normalised = normalise(text)
    return {cue.code for cue in cues.cues(Scan(normalised, {}), 0, len(normalised.text))}


@pytest.mark.parametrize("slip", ["diabets", "diabetse", "diabettes", "diabetis", "diabeties"])
def test_a_mistyped_term_is_known(slip: str) -> None:
    assert slip in set(slips("diabetes"))


@pytest.mark.parametrize("word", ["gout", "血清素", "bone marrow"])
def test_short_and_foreign_words_have_no_slips(word: str) -> None:
    assert list(slips(word)) == []


def test_a_slip_never_overrules_a_word_that_is_listed() -> None:
    lexicon = load()
    assert lexicon.terms["concerto"] == "never"
    assert lexicon.terms["concerta"] == "clear"


def test_every_grade_in_the_files_is_known() -> None:
    assert set(load().terms.values()) <= set(GRADES)


def test_every_evidence_code_of_the_cues_weighs_something() -> None:
    weighed = {code for code, _ in rows("medical/points.tsv", "code", "points")}
    cues = list(rows("medical/cues.tsv", "code", "place", "cue"))
    codes = {code for code, place, _ in cues if place != "start"}  # that one makes a subject: `of_implied`
    codes |= {code + FAR for code, place, _ in cues if place == "line"}
    assert codes - weighed == set()


def test_choices_in_a_cue_are_spelled_out() -> None:
    assert list(spelled("(my/his/) dog")) == ["my dog", "his dog", "dog"]


@pytest.mark.parametrize(
    "text",
    [
        "Ivan left",
        "ivan left",
        "CHAN Tai Man",
        "Ms Wong",
        "ah fai",
        "陳大文",
        "阿May",
        "肥仔明",
        "明姐",
        "老陳",
        "staff 10234",
    ],
)
def test_names_are_seen(cues: CueFinder, text: str) -> None:
    assert codes(cues, text) & {"name", "maybe_name"}


@pytest.mark.parametrize(
    "text", ["Monday is fine", "健康講座", "The Hong Kong office", "at Queen Street", "ask for grace"]
)
def test_other_words_are_no_names(cues: CueFinder, text: str) -> None:
    assert not codes(cues, text) & {"name", "maybe_name"}


@pytest.mark.parametrize(("text", "hidden"), [("其他", "pronoun"), ("我哋", "own"), ("my dog", "own")])
def test_a_longer_word_hides_the_person_in_it(cues: CueFinder, text: str, hidden: str) -> None:
    assert hidden not in codes(cues, text)


@pytest.mark.parametrize("unit", ["Amy has gout. ", "佢有糖尿病", "Amy: flu\n", "heart attack gave me a "])
def test_the_number_of_judged_terms_is_bounded(recognizer: MedicalRecognizer, unit: str) -> None:
    assert 0 < len(matches(recognizer, unit * (40_000 // len(unit)))) <= MOST_PLACES


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Wendy is off sick. Migraine.", True),
        ("Absence report\n- Calvin (Warehouse): scabies, 2d\n- Amy (Sales): flu, 3d\n- Ben (IT): gout, 1d", True),
        ("Health talk\n- diabetes and diet, Tue 1pm\n- asthma at work, Wed 2pm", False),
        ("Our approval chain has epilepsy", False),
        ("Drivers with epilepsy can't hold a licence under Cap. 374", False),
        ("Amy has gout lol", True),
        ("i'm so bipolar today lol", False),
        ("STI test came back positive for Amy, the sti clinic called", True),
        ("still, send, deals, direct", False),
        ("Amy got an STI", True),
        ("@jess_hk has a UTI", True),
        ("*Amy* has _lupus_", True),
        ("佢确诊肺癌，住院中", True),
    ],
)
def test_the_surroundings_decide(recognizer: MedicalRecognizer, text: str, *, reported: bool) -> None:
    assert any(match.score >= 0.5 for match in matches(recognizer, text)) is reported
