"""Mainland writing: a term in Simplified Chinese is read as the same term in Traditional Chinese."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import detectors
from detectors import lexicons
from detectors.recognizers.examples import matches
from detectors.recognizers.medical import MedicalRecognizer
from detectors.text.normalise import fold, fold_han

FOLDER = Path(lexicons.__file__).parent
HAN = re.compile(r"[\u3400-\u9fff]+")
APART = frozenset("係嗰鐘週餸滙檯錶佈")
"""Read as they are written: a surname (鍾) or a word of grammar (系, 周) would else stand in half of all texts; nobody
writes 餸 and 嗰 in simplified form, and 滙豐, 前檯, 水錶, 公佈 have a row of their own in either writing."""


@pytest.fixture(scope="module")
def recognizer() -> MedicalRecognizer:
    return MedicalRecognizer()


def simplified() -> dict[int, str]:
    lines = (Path(__file__).parent / "simplified.txt").read_text(encoding="utf-8").splitlines()
    return {ord(pair[0]): pair[1] for line in lines if line[0] != "#" for pair in line.split()}


def words_of(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from HAN.findall(line)


@pytest.mark.parametrize(
    "path", [path for path in sorted(FOLDER.rglob("*.tsv")) if path.name != "han_variants.tsv"], ids=lambda p: p.name
)
def test_every_word_of_the_lexicons_is_known_in_simplified_writing(path: Path) -> None:
    table = simplified()
    lost = {word for word in words_of(path) if fold(word.translate(table)) != fold(word)}
    assert {word for word in lost if APART.isdisjoint(word)} == set()


def test_patterns_of_the_code_are_written_as_texts_are_read() -> None:
    """A pattern sees folded texts only; the head of a form (`_HEAD`) has words beside the one that is never read."""
    modules = [import_module(found.name) for found in pkgutil.walk_packages(detectors.__path__, "detectors.")]
    patterns = {
        f"{module.__name__}.{name}": value.pattern
        for module in modules
        if module.__name__.startswith(("detectors.recognizers.medical", "detectors.recognizers.people."))
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and name != "_HEAD"
    }
    assert {name for name, pattern in patterns.items() if HAN.search(pattern) and fold_han(pattern) != pattern} == set()


@pytest.mark.parametrize(
    "text",
    ["老王有心脏病", "他妈妈肾脏衰竭住院了", "小李骨质疏松", "她确诊乳腺癌", "他有干燥症", "老陈肝脏移植后在家休息"],
)
def test_illnesses_are_found_in_simplified_chinese(recognizer: MedicalRecognizer, text: str) -> None:
    assert any(match.score >= 0.5 for match in matches(recognizer, text))
