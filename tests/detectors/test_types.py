"""The registry of entity types and the recognizers agree, and each recognizer's own examples hold."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeGuard

import pytest

from detectors.recognizers import all_recognizers
from detectors.recognizers.examples import broken, matches, unmark
from detectors.recognizers.recognizer import ChatRecognizer, Match
from detectors.types import NAMES, TRAITS, gravest_first, of
from tests.whole import whole

ALL = all_recognizers()
each = pytest.mark.parametrize("recognizer", ALL, ids=lambda recognizer: recognizer.entity)
HAN = re.compile("[\u4e00-\u9fff]")
NOT_IN_EXAMPLES = {
    "allowed",  # the detector gives it, by the organisation's list
    "allow_list",  # likewise
    "second_opinion",  # the encoder, which stands behind the rules
    "model",  # a spaCy model that an operator configured
    "age",  # the age that a date makes changes every year
}


def file_of(recognizer: ChatRecognizer) -> str:
    return type(recognizer).__module__.replace(".", "/")


def said(recognizer: ChatRecognizer) -> list[Match]:
    """Return everything that a recognizer says of its examples, sure or not."""
    texts = [unmark(example)[0] for example in recognizer.examples]
    return [match for text in texts for match in matches(recognizer, text)]


def test_every_class_that_finds_a_type_is_listed() -> None:
    folder = Path(inspect.getfile(all_recognizers)).parent
    trees = {path: ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")}
    classes = {node.name: path for path, tree in trees.items() for node in ast.walk(tree) if names_a_type(node)}
    listed = {type(recognizer).__name__ for recognizer in ALL} | {"NameRecognizer"}  # that one comes with a model
    place = "detectors/recognizers/__init__.py: RECOGNIZERS lacks"
    missing = [f"{place} {name} of {classes[name].name}" for name in sorted({*classes} - listed)]
    assert not missing, "\n".join(missing)


def names_a_type(node: ast.AST) -> TypeGuard[ast.ClassDef]:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "entity" for part in node.body
    )


def test_every_recognizer_has_its_row_and_every_row_its_recognizer() -> None:
    found = {recognizer.entity for recognizer in ALL}
    missing = [f"detectors/types.py: TYPES has no row for {name}" for name in sorted(found.difference(NAMES))]
    missing += [f"detectors/recognizers/__init__.py: nothing in RECOGNIZERS finds {name}" for name in {*NAMES} - found]
    assert not missing, "\n".join(missing)
    assert len(ALL) == len(NAMES) == len(set(NAMES))


@each
def test_its_examples_hold(recognizer: ChatRecognizer) -> None:
    problems = [f"{file_of(recognizer)}: examples: {problem}" for problem in broken(recognizer)]
    assert not problems, "\n".join(problems)


@each
def test_its_examples_show_finds_and_near_misses_in_both_languages(recognizer: ChatRecognizer) -> None:
    finds = [example for example in recognizer.examples if "«" in example]
    missing = []
    for kind, shown in (("finds", finds), ("near misses", [*{*recognizer.examples} - {*finds}])):
        if len(shown) < 3:
            missing.append(f"{file_of(recognizer)}: examples: {len(shown)} {kind}, three at least are wanted")
        chinese = sum(bool(HAN.search(example)) for example in shown)
        if chinese in (0, len(shown)):
            missing.append(
                f"{file_of(recognizer)}: examples: {kind} in one language only, English and Chinese are wanted"
            )
    assert not missing, "\n".join(missing)


@each
def test_what_it_says_of_its_examples_is_what_its_row_names(recognizer: ChatRecognizer) -> None:
    row, found = of(recognizer.entity), said(recognizer)
    weighed = row.evidence if recognizer.entity == "MEDICAL_TERM" else frozenset()  # so many codes, and data anyway
    traits = {trait for match in found for trait in match.traits}
    evidence = {code for match in found for code in match.evidence}
    problems = differences(row.name, "trait", row.traits, traits)
    problems += differences(row.name, "evidence code", row.evidence, evidence | weighed)
    assert not problems, "\n".join(problems)


def differences(name: str, what: str, known: Iterable[str], shown: Iterable[str]) -> list[str]:
    new, stale = sorted({*shown}.difference(known)), sorted({*known} - {*shown} - NOT_IN_EXAMPLES)
    return [
        *(f"detectors/types.py: {name} is found with the {what} {code}, which its row lacks" for code in new),
        *(f"detectors/types.py: {name} has the {what} {code}, which no example shows" for code in stale),
    ]


@each
def test_it_runs_beside_others_if_its_row_says_so(recognizer: ChatRecognizer) -> None:
    assert recognizer.beside is of(recognizer.entity).beside


def test_a_message_gets_no_trait_and_no_evidence_that_its_type_does_not_have() -> None:
    detector = whole()
    table = Path(__file__).with_name("written_cases.tsv").read_text(encoding="utf-8").splitlines()
    texts = [unmark(row.split("\t", 2)[2])[0] for row in table if not row.startswith("#")]
    found = [finding for text in texts for finding in detector.find(text)]
    assert len({finding.type for finding in found}) > 10
    assert {trait for one in found for trait in one.traits - of(one.type).traits} == set()
    assert {code for one in found for code in {*one.evidence} - of(one.type).evidence} == set()


def test_a_type_of_ones_own_is_a_type_like_any_other() -> None:
    own = of("STAFF_NUMBER")
    assert (own.name, own.wording, own.beside) == ("STAFF_NUMBER", "other", False)
    assert own.evidence == {"custom", "context_word"}


def test_types_are_sorted_by_gravity_and_those_of_ones_own_come_last() -> None:
    names = ["PHONE_NUMBER", "STAFF_NUMBER", "HKID", "PHONE_NUMBER", "MEDICAL_TERM", "PROJECT"]
    assert gravest_first(names) == ("HKID", "MEDICAL_TERM", "PHONE_NUMBER", "STAFF_NUMBER", "PROJECT")


def test_policies_know_every_trait() -> None:
    assert "overseas" in TRAITS


def test_the_registry_is_light() -> None:
    heavy = {"presidio_analyzer", "spacy", "ahocorasick_rs", "phonenumbers", "pydantic"}
    code = f"import sys, detectors.types, bot.wording; print(sorted({heavy!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
