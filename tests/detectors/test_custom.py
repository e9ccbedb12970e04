"""Recognizers that an organisation writes itself."""

from pathlib import Path

import pytest

from detectors.detector import Detector
from detectors.errors import CustomError
from detectors.recognizers.custom import load_custom
from detectors.types import of

STAFF = r"""
[[recognizer]]
entity = "STAFF_NUMBER"
pattern = '\bE\d{5}\b'
gate = ["staff", "员工"]
context = ["staff no", "員工編號"]
score = 0.55
context_score = 0.9
examples = ["staff no «E12345»", "員工«E12345»返咗", "E12345 without the word", "staff E1234567"]

[[recognizer]]
entity = "PROJECT"
words = ["Project Falcon", "獵鷹計劃"]
examples = ["about «project  falcon»", "«猎鹰计划»延期", "project falconry"]
""".replace("project  falcon", "project falcon")


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_finds_what_was_described(tmp_path: Path) -> None:
    detector = Detector(recognizers=(), custom=load_custom(write(tmp_path, STAFF)))
    text = "員工編號：Ｅ１２３４５ works on Project Falcon"
    found = detector.find(text)
    assert [(f.type, text[f.start : f.end], f.score) for f in found] == [
        ("STAFF_NUMBER", "Ｅ１２３４５", 0.9),
        ("PROJECT", "Project Falcon", 0.6),
    ]
    assert found[0].evidence == ("custom", "context_word")
    assert all(of(finding.type).evidence.issuperset(finding.evidence) for finding in found)


def test_a_pattern_runs_only_where_its_gate_word_stands(tmp_path: Path) -> None:
    detector = Detector(recognizers=(), custom=load_custom(write(tmp_path, STAFF)))
    assert detector.find("E12345") == ()
    assert [f.score for f in detector.find("the staff: E12345")] == [0.55]


HEAD = '[[recognizer]]\nentity = "OWN_THING"\n'


@pytest.mark.parametrize(
    ("text", "place", "cure"),
    [
        (HEAD + "pattern = 'a(?=b)'\ngate = ['a']\nexamples = ['«a»b']", "pattern", "without look-around"),
        (HEAD + "pattern = '(a)\\1'\ngate = ['a']\nexamples = ['«aa»']", "pattern", "back-references"),
        (HEAD + "pattern = 'a*'\ngate = ['a']\nexamples = ['«a»']", "pattern", "at least one character"),
        (HEAD + "pattern = 'abc'\nexamples = ['«abc»']", "gate", "add `gate"),
        (HEAD + "pattern = 'abc'\ngate = ['x']\nexamples = ['«abc»']", "examples", "mend"),
        (HEAD + "pattern = 'abc'\ngate = ['a']\nexamples = ['abc']", "examples", "« and »"),
        (HEAD + "words = ['abc']\nexamples = ['«abc» abc']", "examples", "mend"),
        (HEAD + "words = ['abc']\npattern = 'abc'\nexamples = ['«abc»']", "pattern, words", "exactly one"),
        (HEAD + "words = ['abc']\nexamples = ['«abc»']\ncolour = 'red'", "colour", "docs/recognizers.md"),
        (HEAD + "words = ['abc']\nexamples = ['«abc»']\nscore = 2", "score", "docs/recognizers.md"),
        ('[[recognizer]]\nentity = "HKID"\nwords = ["abc"]\nexamples = ["«abc»"]', "entity", "name of your own"),
        ("recognizer = 1", "own.toml", "write one for each"),
        ("[[recognizer", "own.toml", "TOML"),
    ],
)
def test_refuses_with_place_reason_and_cure(text: str, place: str, cure: str, tmp_path: Path) -> None:
    with pytest.raises(CustomError) as refused:
        load_custom(write(tmp_path, text))
    assert place in str(refused.value)
    assert cure in str(refused.value)
    assert "own.toml" in str(refused.value)


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CustomError, match="check the path"):
        load_custom(tmp_path / "none.toml")


def test_an_error_shows_no_example(tmp_path: Path) -> None:
    text = HEAD + "words = ['abc']\nexamples = ['«abc» hush abc']"
    with pytest.raises(CustomError) as refused:
        load_custom(write(tmp_path, text))
    assert "hush" not in str(refused.value)


def test_a_greedy_pattern_takes_linear_time(tmp_path: Path) -> None:
    text = HEAD + "pattern = '(a+)+b'\ngate = ['a']\nexamples = ['«aab»']"
    detector = Detector(recognizers=(), custom=load_custom(write(tmp_path, text)))
    assert detector.find("a" * 40_000) == ()


def test_the_example_in_the_docs_loads(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "recognizers.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    (recognizer,) = load_custom(write(tmp_path, example))
    assert recognizer.entity == "STAFF_NUMBER"
