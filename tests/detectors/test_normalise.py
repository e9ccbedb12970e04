"""The one way of writing, and the way back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.text.normalise import fold, normalise

WRITTEN = [
    ("身份證Ａ１２３４５６（３）", "身分證A123456(3)"),
    ("A123456【3】 A123456[3] A123456〔3〕", "A123456(3) A123456(3) A123456(3)"),
    ("A12\u200b34\u00ad56\u2060(3)", "A123456(3)"),
    ("9123–4567 9123—4567", "9123-4567 9123-4567"),
    ("9123︱4567 A123456︹3︺", "9123-4567 A123456(3)"),
    ("身份证 发烧", "身分證 發燒"),
    ("Z683365(А) Е364912(5)", "Z683365(A) E364912(5)"),
    ("&#65;123456&#40;3&#41; A&amp;B", "A123456(3) A&B"),
    ("<tel:+85291234567|9123 4567>", " tel:+85291234567|9123 4567 "),
    ("<@U024BE7LH> see <#C024BE7LR|hr-ops>", "@member see #hr-ops"),
    ("*A123456(3)* `9123 4567`", "A123456(3) 9123 4567"),
    ("A123***(*) A1234*6(3) A123456(*)", "A123***(*) A1234*6(3) A123456(*)"),
    ("電話九一二三四五六七", "電話91234567"),
    ("九一二三 四五六七", "9123 4567"),
    ("二零二六年", "二零二六年"),
    ("91234567一", "91234567一"),
    ("٩١٢٣ ９1\ufe0f\u20e32", "9123 912"),
    ("cafe\u0301 ½ ﬁ", "café 1⁄2 fi"),
]


@pytest.mark.parametrize(("written", "plain"), WRITTEN)
def test_folds(written: str, plain: str) -> None:
    assert normalise(written).text == plain


@pytest.mark.parametrize(
    ("written", "plain", "original"),
    [
        ("see *A123456(3)*!", "A123456(3)", "A123456(3)"),
        ("see A12\u200b3456(3)\u200b!", "A123456(3)", "A12\u200b3456(3)"),
        ("x&#65;123456&#40;3&#41;x", "A123456(3)", "&#65;123456&#40;3&#41;"),
        ("İİ <tel:+85291234567|9123 4567>", "9123 4567", "9123 4567"),
    ],
)
def test_a_place_leads_back_to_what_was_written(written: str, plain: str, original: str) -> None:
    normalised = normalise(written)
    start = normalised.text.index(plain)
    first, last = normalised.original(start, start + len(plain))
    assert written[first:last] == original


def test_plain_ascii_passes_untouched() -> None:
    text = "Lunch at 12:30? Room 4 (the small one)."
    assert normalise(text).text is text
    assert normalise(text).offsets == ()


def test_terms_fold_like_texts() -> None:
    assert fold("糖尿病 牀 抑郁症") in normalise("有糖尿病 床 抑鬱症").lower


CHAT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("*_~`<>&#;|@ \n()[]{}İß０１九一二\u200b\u0301\ufe0f\u1161가①½"),
        st.sampled_from(list("0123456789aA")),
    ),
    max_size=80,
)


@given(CHAT)
def test_every_place_is_in_the_original_and_in_order(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.lower) == len(normalised.text)
    places = [normalised.original(i, i + 1) for i in range(len(normalised.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert [end for _, end in places] == sorted(end for _, end in places)


@given(st.text(alphabet=st.characters(exclude_characters="*_~`<&"), max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text.replace(" ", "") == once.replace(" ", "")


@pytest.mark.parametrize(
    "piece", ["*", "_a", "`a` ", "<tel:1|", "&#49;", "\u0301\u0323", "\u200b", "İ", "﷽", "가\u1161", "九 "]
)
def test_hostile_texts_come_through(piece: str) -> None:
    assert len(normalise(piece * 10_000).text) <= 200_000


def test_a_sign_for_a_whole_sentence_makes_a_text_no_longer() -> None:
    assert normalise("\ufdfa91234567\ufdfa").text == " 91234567 "


def test_a_word_behind_asterisks_is_read_and_its_place_kept() -> None:
    read = normalise("佢有糖*尿*病")
    assert read.text == "佢有糖尿病"
    assert read.original(2, 5) == (2, 7)
