"""The plants are what the detector looks for, and the search finds them however they are written down."""

import base64
import hashlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from detectors.types import NAMES
from tests.privacy.plants import SENTENCES, plants
from tests.privacy.search import Search
from tests.whole import whole

PLANTED = list(islice(plants(1), len(SENTENCES)))


def test_every_entity_type_is_planted() -> None:
    assert set(SENTENCES) == set(NAMES)


@pytest.mark.parametrize("index", range(len(PLANTED)), ids=list(SENTENCES))
def test_the_detector_finds_what_is_planted(index: int) -> None:
    plant = PLANTED[index]
    assert plant.type in {finding.type for finding in whole().find(plant.text)}


WAYS: dict[str, Callable[[str], bytes]] = {
    "as it was written": lambda text: text.encode(),
    "in small letters": lambda text: text.lower().encode(),
    "without marks": lambda text: text.replace("(", "").replace(")", "").encode(),
    "as UTF-16": lambda text: text.encode("utf-16-le"),
    "as base64": lambda text: base64.b64encode(text.encode()),
    "as hex": lambda text: text.encode().hex().encode(),
    "as a digest": lambda text: hashlib.sha256(text.encode()).digest(),
    "as a digest in hex": lambda text: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_value_is_found_however_it_is_written_down(tmp_path: Path, way: str) -> None:
    (tmp_path / "log").write_bytes(b"\x00row " + WAYS[way](PLANTED[0].value) + b" end")
    assert list(Search(PLANTED).found_in(tmp_path)) == ["log"]


def test_a_word_is_found_in_the_name_of_a_file_too(tmp_path: Path) -> None:
    (tmp_path / PLANTED[0].word).touch()
    assert Search(PLANTED).found_in(tmp_path) != {}
    assert Search(PLANTED, words=False).found_in(tmp_path) == {}


def test_digits_inside_a_longer_number_are_another_number() -> None:
    phone = PLANTED[1].value.replace(" ", "")
    search = Search(PLANTED)
    assert search.found(f"at={phone}".encode()) != set()
    assert search.found(f"at=17{phone}".encode()) == set()
