"""Where sentences and clauses end."""

import pytest

from detectors.text.sentences import LONGEST, Sentences, joined


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Amy left. Ben HERE today! Cat", ". Ben HERE today"),
        ("佢走咗。HERE返工？", "。HERE返工？"),
        ("ask Dr. HERE. Bye", "ask Dr. HERE"),
        ("HKID no. HERE; tel. 1", "HKID no. HERE"),
        ("first line\nHERE\nlast", "\nHERE"),
        ("v1.2 HERE", "v1.2 HERE"),
        ("casino. HERE", ". HERE"),
        ("end of HERE.", "end of HERE"),
        ("a h. HERE. pylori b! c", ". HERE. pylori b"),
    ],
)
def test_the_sentence_around_a_place(text: str, sentence: str) -> None:
    start = text.index("HERE")
    end = start + len("HERE. pylori" if "pylori" in text else "HERE")
    first, last = Sentences(text.lower()).around(start, end)
    assert text[first:last] == sentence


def test_a_sentence_that_is_too_long_is_cut_and_the_cut_is_in_the_next() -> None:
    sentences = Sentences("x" * 1000 + ". y")
    assert sentences.around(10, 12) == (0, LONGEST)
    assert sentences.around(LONGEST, LONGEST + 1) == (LONGEST, 2 * LONGEST)
    assert sentences.around(1002, 1003) == (1000, 1003)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("a b", True),
        ("a, b", False),
        ("a. b", False),
        ("no. b", True),
        ("tel. b", True),
        ("a。b", False),
        ("a\nb", False),
        ("1,2", True),
        ("1.2", True),
        ("電話,號", False),
    ],
)
def test_clauses(text: str, *, within: bool) -> None:
    assert joined(text, 0, len(text)) is within
