"""Text in, findings out; and what Presidio and spaCy would do if they were let."""

import gc
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine
from spacy.pipeline import EntityRuler

from detectors.allow import Allow
from detectors.detector import Detector
from detectors.errors import AllowError, ModelError
from detectors.overlaps import MOST_FINDINGS, resolve
from detectors.quiet import LIBRARIES
from detectors.recognizers import all_recognizers
from detectors.recognizers.hkid import HkidRecognizer
from detectors.recognizers.people.model import NameRecognizer
from detectors.recognizers.recognizer import ChatRecognizer, Match, Scan
from tests.whole import whole

ROOT = Path(__file__).parents[2]


def test_finds_places_in_the_original(detector: Detector) -> None:
    text = "佢身份證係Ａ１２３４５６（３），電話*9123\u200b4567*"
    assert [(text[f.start : f.end], f.type) for f in detector.find(text)] == [
        ("Ａ１２３４５６（３）", "HKID"),
        ("9123\u200b4567", "PHONE_NUMBER"),
    ]


def test_the_key_tells_the_same_value_again_however_it_is_written(detector: Detector) -> None:
    first, second, other = detector.find("A123456(3) ａ１２３４５６【３】 Z683365(A)")
    assert first.key == second.key != other.key
    assert detector.find("A123456(3)")[0].key == first.key
    assert Detector((HkidRecognizer(),)).find("A123456(3)")[0].key != first.key


def test_a_finding_shows_no_words(detector: Detector) -> None:
    (finding,) = detector.find("A123456(3)")
    assert "123456" not in repr(finding)
    assert "key" not in repr(finding)


def test_at_most_fifty_findings(detector: Detector) -> None:
    assert len(detector.find("9123 4567, " * 200)) == MOST_FINDINGS


def test_overlaps_leave_the_surest_then_the_longest() -> None:
    found = [
        ("PHONE_NUMBER", "a", Match(0, 8, 0.6, "")),
        ("HKID", "b", Match(4, 12, 0.9, "")),
        ("PHONE_NUMBER", "a", Match(12, 20, 0.5, "")),
        ("BANK_ACCOUNT", "c", Match(12, 22, 0.5, "")),
    ]
    assert [typed[0] for typed in resolve(found)] == ["HKID", "BANK_ACCOUNT"]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.floats(0.1, 1)), max_size=80))
def test_what_stays_never_overlaps(spans: list[tuple[int, int, float]]) -> None:
    kept = resolve([("X", "x", Match(start, start + length, score, "")) for start, length, score in spans])
    places = [(match.start, match.end) for _, _, match in kept]
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    assert bool(kept) == bool(spans)


class Beside(ChatRecognizer):
    """Finds the word Amy, but only beside something else."""

    entity = "PERSON"
    beside = True

    def find(self, scan: Scan) -> Iterator[Match]:
        at = scan.lower.find("amy")
        if at >= 0:
            yield Match(at, at + 3, 0.7, "amy")


def test_supporting_recognizers_run_only_when_something_else_was_found() -> None:
    detector = Detector((HkidRecognizer(), Beside()))
    assert detector.find("Amy is late") == ()
    assert [f.type for f in detector.find("Amy A123456(3)")] == ["PERSON", "HKID"]


def test_values_that_an_organisation_publishes_are_marked() -> None:
    detector = Detector(allow=(Allow("PHONE_NUMBER", "+852 2123-4567"), Allow("PHONE_NUMBER", "91234567")))
    found = {f.end: f.traits for f in detector.find("call 2123 4567 or 9123 4567, else 6123 4567")}
    assert found[14] >= {"business", "allowed"}
    assert found[27] >= {"business", "allowed"}
    assert "allowed" not in found[43]


def test_an_allowed_number_needs_digits() -> None:
    with pytest.raises(AllowError, match="2123 4567"):
        Detector(allow=(Allow("PHONE_NUMBER", "head office"),))


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "9 ",
        "(",
        "a.",
        "a@b.",
        "9123 4567 ",
        "A123456(3)",
        "A 1 2 ",
        "*",
        "<tel:",
        "+1 ",
        "九 ",
        "\u0301",
        "id",
        "one two ",
    ],
)
def test_hostile_texts_end(piece: str, detector: Detector) -> None:
    text = (piece * 40_000)[:40_000]
    assert len(detector.find(text)) <= MOST_FINDINGS


@given(st.text(max_size=60))
def test_any_text_is_bounded_and_in_place(text: str) -> None:
    for finding in whole().find(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert 0 <= finding.score <= 1


# What Presidio would do


def test_half_a_surrogate_pair_hides_nothing(detector: Detector) -> None:
    text = "\ud800 HKID A123456(3) \udfff"
    assert [(finding.type, text[finding.start : finding.end]) for finding in detector.find(text)] == [
        ("HKID", "A123456(3)")
    ]


def test_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody opens a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert Detector().find("amy.lee@example.com 9123 4567 A123456(3)")


def test_debug_logging_shows_no_words(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    detector = Detector()
    for name in (*LIBRARIES, None):
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG):
            assert detector.find("secretname phone 91234567 A123456(3)")
            for name in LIBRARIES:
                logging.getLogger(name).critical("secretname")
    finally:
        for name in (*LIBRARIES, None):
            logging.getLogger(name).setLevel(logging.WARNING)
    shown = caplog.text + "".join(capfd.readouterr())
    assert "secretname" not in shown
    assert "91234567" not in shown


def test_a_recognizer_looks_once_at_a_text() -> None:
    class Counting(HkidRecognizer):
        looked = 0

        def find(self, scan: Scan) -> Iterator[Match]:
            Counting.looked += 1
            return super().find(scan)

    assert [f.type for f in Detector((Counting(),)).find("A123456(3)")] == ["HKID"]
    assert Counting.looked == 1


def test_recognizers_work_in_a_plain_presidio_engine() -> None:
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=[HkidRecognizer()], supported_languages=["en"]),
        nlp_engine=NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "no_op"}]),
        supported_languages=["en"],
    )
    (result,) = engine.analyze("身份證*Ａ１２３４５６（３）*呀", "en")
    assert (result.start, result.end, result.entity_type) == (4, 14, "HKID")


def test_every_shipped_recognizer_has_a_gate() -> None:
    for recognizer in all_recognizers():
        opening = (recognizer.gate_pattern, *recognizer.gate_literals, *recognizer.gate_words)
        assert recognizer.beside or recognizer.always or any(opening)


# spaCy


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns([{"label": "PERSON", "pattern": "Tai Man"}, {"label": "ORG", "pattern": "Acme"}])
    folder = tmp_path_factory.mktemp("model")
    nlp.to_disk(folder)
    return folder


def test_a_configured_model_adds_names(model: Path) -> None:
    detector = Detector(spacy_model=str(model))
    text = "Tai Man of Acme, A123456(3)"
    assert [(f.type, text[f.start : f.end]) for f in detector.find(text)] == [
        ("PERSON", "Tai Man"),
        ("HKID", "A123456(3)"),
    ]
    assert [f.type for f in detector.find("Tai Man is late")] == ["PERSON"]


def test_the_model_keeps_no_token(model: Path) -> None:
    detector = Detector(spacy_model=str(model))
    (names,) = [one for one in detector._engine._asked.values() if isinstance(one, NameRecognizer)]
    strings = names._nlp.vocab.strings
    detector.find("Tai Man warm up")
    before = len(strings)
    for n in range(200):
        detector.find(f"word{n}secret Tai Man")
    assert len(strings) == before
    assert "word7secret" not in strings


@pytest.mark.parametrize("piece", ["!", "(", "。", "a.", "x"])
def test_the_model_is_spared_runs_that_take_its_tokenizer_too_long(piece: str, model: Path) -> None:
    detector = Detector(spacy_model=str(model))
    assert [f.type for f in detector.find("Tai Man " + piece * 20_000)] == ["PERSON"]


def test_an_unknown_model_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="spacy_model"):
        Detector(spacy_model="no_such_model")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="PERSON"):
        Detector(spacy_model=str(tmp_path / "blank"))


def test_nothing_of_a_text_stays_in_memory() -> None:
    detector = Detector()
    secret = str(uuid4())
    detector.find(f"HKID A123456(3) {secret} phone 91234567 has diabetes {secret}")
    gc.unfreeze()  # what was there before the tests may hold something too
    gc.collect()
    plain = [holder for holder in gc.get_objects() if type(holder) in {list, dict, set, tuple}]
    values = (value for holder in plain for value in (holder.values() if type(holder) is dict else holder))
    assert not [True for value in values if type(value) is str and secret in value and value != secret]
    gc.freeze()


def test_no_command_line_of_spacy_is_waited_for_and_who_wants_it_gets_it() -> None:
    code = (
        "import sys; import detectors.detector; print(sorted({'spacy.cli', 'weasel', 'typer'} & set(sys.modules)))\n"
        "import spacy, spacy.cli; print(callable(spacy.cli.download), callable(spacy.info))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[]", "True True"]
