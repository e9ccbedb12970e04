"""The gates of the recognizers that go by words let through whatever they would find."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.gate import Gate
from detectors.lexicons import rows
from detectors.recognizers import all_recognizers
from detectors.recognizers.examples import unmark
from detectors.recognizers.recognizer import ChatRecognizer, Scan
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
FILES = sorted(path.name for path in (files("detectors") / "lexicons").iterdir() if path.name.endswith("_words.tsv"))
WORDS = [word for name in FILES for _, word in rows(name, "kind", "word")]
GAPS = (" ", "\n", "，", "\t", ":", ". ")
PIECES = st.one_of(st.sampled_from(VALUES), st.sampled_from(FOUND), st.sampled_from(WORDS), st.sampled_from(GAPS))
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)
GATES = {recognizer.entity: Gate([recognizer]) for recognizer in OWN}


@pytest.mark.parametrize("recognizer", OWN, ids=lambda recognizer: recognizer.entity)
def test_nothing_that_is_found_by_words_stays_outside(recognizer: ChatRecognizer) -> None:
    @settings(max_examples=150)
    @given(TEXTS)
    def passes(text: str) -> None:
        normalised = normalise(text)
        if any(True for _ in recognizer.find(Scan(normalised, {}))):
            assert GATES[recognizer.entity].scan(normalised) is not None

    passes()
