"""A text is cut into the likeliest pieces, all of which stand where they say."""

from hypothesis import given
from hypothesis import strategies as st

from detectors.opinion.pieces import Cutter

PIECES = ["", "", "", "", "", "▁", "▁sick", "▁si", "ck", "▁leave", "s", "i", "c", "k", "▁肺", "肺", "炎", "肺炎"]
SCORES = [0.0] * 5 + [-3.0, -5.0, -6.0, -5.0, -5.0, -9.0, -9.0, -9.0, -9.0, -8.0, -7.0, -7.0, -8.0]
CUTTER = Cutter(PIECES, SCORES, unknown=3)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in CUTTER.cut(text).places]


def test_the_likeliest_cut_wins() -> None:
    assert cut("sick leave") == ["sick", "leave"]
    assert cut("肺炎") == ["肺炎"]


def test_what_no_piece_holds_is_one_unknown_piece_a_character() -> None:
    assert CUTTER.cut("q炎").ids == (3, PIECES.index("炎"))


def test_white_space_is_no_piece() -> None:
    assert cut("  sick \n\t leave ") == ["sick", "leave"]
    assert CUTTER.cut(" \n").ids == ()


@given(st.text(alphabet=[*"sickleav qz\n肺炎病"], max_size=60))
def test_all_that_is_written_is_in_a_piece_in_order(text: str) -> None:
    places = CUTTER.cut(text).places
    assert "".join(text[start:end] for start, end in places) == "".join(text.split())
    assert list(places) == sorted(places)
