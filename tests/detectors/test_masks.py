"""How findings are hidden: what stays readable, and that all else stands as it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import masks
from detectors.finding import Finding
from detectors.lexicons import rows
from detectors.recognizers.examples import unmark
from detectors.types import NAMES


def hidden(marked: str, type_: str, language: str = "en") -> str:
    """Mask what stands between « and »."""
    text, places = unmark(marked)
    return masks.masked(text, [Finding(type_, *place, 0.9, "r") for place in places], language)


def test_every_type_has_its_mask() -> None:
    assert {name for name, *_ in rows("masks.tsv", "type", "keeps", "en", "zh")} == {"*", *NAMES}


@pytest.mark.parametrize(
    ("type_", "marked", "masked"),
    [
        ("HKID", "HKID «A123456(3)».", "HKID A12****(*)."),
        ("HKID", "身份證«AB 987 654 (3)»，多謝", "身份證AB 9** *** (*)，多謝"),
        ("HKID", "身份證«A一二三四五六（三）»", "身份證A一二****（*）"),
        ("HKID", "«Ａ１２３４５６（３）»", "Ａ１２****（*）"),
        ("HKID", "«A123456(3)»,\t«G123456(A)»\n", "A12****(*),\tG12****(*)\n"),
        ("PHONE_NUMBER", "call «9123 4567» or «+852 6234-5678»", "call 9123 **** or +852 6234-****"),
        ("PHONE_NUMBER", "«<tel:+85291234567>»", "<tel:+8529123****>"),
        ("PHONE_NUMBER", "it is «nine one two three four five six seven»", "it is [number]"),
        ("CREDIT_CARD", "card «4929 1234 5678 9015»", "card **** **** **** 9015"),
        ("BANK_ACCOUNT", "HSBC «123-456789-838»", "HSBC ***-******-838"),
        ("CN_RESIDENT_ID", "«44010619990307001X»", "440***************"),
        ("HK_PASSPORT", "«K12345678»", "K12******"),
        ("EMAIL_ADDRESS", "mail «tai.man@example.net»", "mail [e-mail]"),
        ("MEDICAL_TERM", "Ling has «pneumonia», back soon", "Ling has [health details], back soon"),
        ("MEDICAL_TERM", "she is «depres»sed", "she is [health details]"),
        ("HK_ADDRESS", "at «Flat B, 12/F\n  28 Waterloo Road» by noon", "at [address]\n  [address] by noon"),
        ("A_TYPE_OF_ONES_OWN", "badge «EX-4711»", "badge [personal data]"),
        ("PERSON", "«Peter Chan» and «Siu-Ming O'Neill»", "P. C. and S.-M. O'N."),
        ("PERSON", "«陳大文»同«阿明»、«陳先生»、«黃美玲姑娘»", "陳○○同阿○、陳先生、黃○○姑娘"),
        ("PERSON", "«Amy Chan 陳美玲»", "A. C. 陳○○"),
        ("PERSON", "«Nguyễn Văn Ａｎ»", "N. V. Ａ."),
    ],
)
def test_what_of_a_value_stays(type_: str, marked: str, masked: str) -> None:
    assert hidden(marked, type_) == masked


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("阿明確診甲流", "zh"),
        ("Amy 確診 COVID，今日 WFH", "zh"),
        ("please call 陳大文 about the roster", "en"),
        ("A123456(3)", "en"),
    ],
)
def test_masks_speak_the_language_of_the_text(text: str, language: str) -> None:
    assert masks.language(text) == language


def test_words_in_chinese_have_chinese_brackets() -> None:
    assert hidden("佢患咗«抑鬱症»，放緊假", "MEDICAL_TERM", "zh") == "佢患咗「健康資料」，放緊假"


@pytest.mark.parametrize("value", ["A12****(*)", "9123 ****", "**** **** **** 9015"])
def test_what_is_hidden_and_still_found_gives_way_to_words(value: str) -> None:
    assert hidden(f"«{value}»", "HKID") == "[ID number]"


def test_a_mask_stands() -> None:
    assert hidden("is «[health details]» again", "SALARY") == "is [health details] again"
    assert hidden("is [«health» details] again", "SALARY") == "is [health details] again"
    assert masks.standing("on [health details], 「金額」") == ((3, 19), (21, 25))


def test_of_findings_that_overlap_the_first_is_hidden() -> None:
    text = "A123456(3)"
    found = [Finding("HKID", 0, 10, 0.9, "r"), Finding("BANK_ACCOUNT", 1, 7, 0.6, "r")]
    assert masks.masked(text, found, "en") == "A12****(*)"


TEXTS = st.text(st.sampled_from("ab Z9一陳○*[]「」\n\t()é"), max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(NAMES)), max_size=5))
def test_what_is_no_finding_stands_as_it_stood(text: str, spans: list[tuple[int, int, str]]) -> None:
    found = [Finding(type_, start, end, 0.9, "r") for start, end, type_ in spans if start < end <= len(text)]
    masked = masks.masked(text, found, "en")
    first = min((masks._whole(text, one.start, one.end)[0] for one in found), default=len(text))
    last = max((masks._whole(text, one.start, one.end)[1] for one in found), default=len(text))
    assert masked.startswith(text[:first])
    assert masked.endswith(text[last:])
    assert masked.count("\n") == text.count("\n")
    assert found or masked == text
