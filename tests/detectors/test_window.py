"""Words near a match, in any script."""

import pytest

from detectors.text.normalise import normalise
from detectors.text.window import Cues, Places

CUES = Cues([("phone", "tel"), ("phone", "电话"), ("order", "order"), ("order", "order no"), ("phone", "order line")])


def places(text: str) -> Places:
    return CUES.places(normalise(text).lower)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("tel: 1", ["phone"]),
        ("TEL1", ["phone"]),
        ("電話1", ["phone"]),
        ("hotel 1", []),
        ("tell 1", []),
        ("order, tel 1", ["phone", "order"]),
        ("tel order 1", ["order", "phone"]),
        ("order not 1", ["order"]),
        ("the order line 1", ["phone"]),
        ("tel " + "x" * 30 + " 1", []),
        ("tel\n\nsome words 1", []),
        ("Tel:\n1", ["phone"]),
        ("Tel:\n- 1", ["phone"]),
    ],
)
def test_words_before(text: str, kinds: list[str]) -> None:
    assert places(text).kinds_before(text.index("1"), 24) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1 (tel)", ["phone"]),
        ("1係電話", ["phone"]),
        ("1\ntel", []),
        ("1" + " " * 20 + "tel", []),
        ("1 order tel", ["order", "phone"]),
    ],
)
def test_words_after(text: str, kinds: list[str]) -> None:
    assert places(text).kinds_after(1, 14) == kinds
