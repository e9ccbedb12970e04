"""The gates of the recognizers that go by words let through whatever they would find."""

import re
import string
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.gate import FOUR_DIGITS, NUMBER, Gate
from detectors.lexicons import rows
from detectors.recognizers import all_recognizers
from detectors.recognizers.examples import unmark
from detectors.recognizers.recognizer import ChatRecognizer, Scan
from detectors.text.fold import WORDY
from detectors.text.normalise import normalise

PARTS = {"DATE_OF_BIRTH", "HK_ADDRESS", "MEDICAL_TERM", "PERFORMANCE_TALK", "SALARY"}
"""Those whose gate is a part of what makes a finding: `find` says more where nobody asks it."""
VALUES = (
    *("$35,000", "35k", "三萬五", "60", "12/03/1985", "1985年3月12日", "K12345678", "123456789", "123-456789-838"),
    *("123456789012", "4111 1111 1111 1111", "11010519491231002X", "ann@example.com"),
    *("Ann", "佢", "陳大文", "her", "is on", "a month"),
)
OWN = tuple(recognizer for recognizer in all_recognizers() if not recognizer.beside and recognizer.entity not in PARTS)
MARKED = [unmark(example) for recognizer in OWN for example in recognizer.examples]
FOUND = sorted({text[start:end] for text, places in MARKED for start, end in places})
HEADINGS = "heading_words.tsv"
"""Words of tables in files, with other columns: no recognizer of a text reads them."""
TABLES = sorted(path.name for path in (files("detectors") / "lexicons").iterdir() if path.name.endswith("_words.tsv"))
FILES = [name for name in TABLES if name != HEADINGS]
WORDS = [word for name in FILES for _, word in rows(name, "kind", "word")]
GAPS = (" ", "\n", "，", "\t", ":", ". ")
PIECES = st.one_of(st.sampled_from(VALUES), st.sampled_from(FOUND), st.sampled_from(WORDS), st.sampled_from(GAPS))
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)
GATES = {recognizer.entity: Gate([recognizer]) for recognizer in OWN}


@pytest.mark.parametrize("recognizer", OWN, ids=lambda recognizer: recognizer.entity)
def test_nothing_that_is_found_by_words_stays_outside(recognizer: ChatRecognizer) -> None:
    @given(TEXTS)
    def passes(text: str) -> None:
        normalised = normalise(text)
        if any(True for _ in recognizer.find(Scan(normalised, {}))):
            assert GATES[recognizer.entity].scan(normalised) is not None

    passes()


NUMBERED = [one for one in all_recognizers() if one.gate_first in (NUMBER, FOUR_DIGITS)]
EXAMPLES = [unmark(example)[0] for one in NUMBERED for example in one.examples]
SIGNS = [*string.digits, *string.ascii_lowercase, *"$,.- \t/|一三十廿萬皮樓座室"]
SCRAPS = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)


@pytest.mark.parametrize("recognizer", NUMBERED, ids=lambda recognizer: recognizer.entity)
def test_what_is_tried_first_matches_wherever_the_pattern_behind_it_does(recognizer: ChatRecognizer) -> None:
    first, pattern = re.compile(recognizer.gate_first), re.compile(recognizer.gate_pattern)

    @settings(max_examples=100)
    @given(st.one_of(TEXTS, st.sampled_from(EXAMPLES), SCRAPS))
    def holds(text: str) -> None:
        lower = normalise(text).lower
        assert first.search(lower) or not pattern.search(lower)

    assert any(pattern.search(normalise(text).lower) for text in EXAMPLES)
    holds()


@pytest.mark.parametrize("first", [NUMBER, FOUR_DIGITS])
def test_no_number_stands_in_a_text_of_plain_words(first: str) -> None:
    assert not re.search(first, WORDY.decode() * 2)
    assert normalise("Lunch at noon? (the small one)").wordy
    assert not any(normalise(text).wordy for text in ("room 4", "5", "a $", "*so*", "caf\u00e9", "好", "a\\tb"))
