"""Words that turn people against somebody, and somebody's family beside them."""

import pytest

from detectors.detector import Detector
from detectors.recognizers.hostile import HostileWordsRecognizer
from detectors.recognizers.hostile.family import FamilyMemberRecognizer
from detectors.recognizers.phone import PhoneRecognizer
from tests.fakes.marked_text import expected, found, plain
from tests.whole import whole

HOSTILE, FAMILY = HostileWordsRecognizer(), FamilyMemberRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "«Expose her»! she lives in Tai Po",
        "everybody «blow up his phone»",
        "«make his life hell»",
        "«起他底»，陳大文住沙田",
        "«起他底»！",
        "大家«打爆他的電話»",
        "大家«打爆他的电话»",
        "«不要放过他»",
        "呢條«人渣»",
        "anti-doxxing training on Friday",
        "our policy forbids to dox anybody",
        "never harass her, please",
        "请勿人肉他",
        "佢俾人起底，好慘",
        "打佢電話啦",
        "人肉包好食",
        "he killed the process",
    ],
)
def test_hostile_words_are_told_from_talk_about_them(marked: str) -> None:
    assert found(HOSTILE, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "dox him, «his two kids» are at school in Tai Po",
        "人肉佢，«佢個女»讀小學",
        "人肉他，«他的女儿»在读小学",
        "起底！«陳大文嘅太太»喺沙田",
        "his wife is nice",
        "dox him, my mother said",
    ],
)
def test_families_are_seen_beside_hostile_words_alone(marked: str) -> None:
    assert found(FAMILY, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    ("text", "seen"), [("dox him, his wife teaches, call 9123 4567", True), ("his wife called from 9123 4567", False)]
)
def test_families_are_asked_for_where_hostile_words_opened_their_gate(text: str, *, seen: bool) -> None:
    assert ("FAMILY_MEMBER" in {finding.type for finding in whole().find(text)}) is seen


def test_a_family_is_looked_for_by_its_own_words_where_nobody_finds_hostile_ones() -> None:
    found = Detector([PhoneRecognizer(), FAMILY]).find("dox him, his wife teaches, call her at 9123 4567")
    assert [finding.type for finding in found] == ["FAMILY_MEMBER", "PHONE_NUMBER"]


def test_neither_counts_as_personal_data_for_what_is_behind_the_rules() -> None:
    """The second opinion weighs what was found: a passcode or a curse must not make a message of concern."""
    for text in ("Zoom ID 812 3456 7890, passcode 611740, 5pm sharp", "this bastard of a printer"):
        assert [finding.type for finding in whole().find(text) if finding.score >= 0.5] in (
            ["MEETING_PASSCODE"],
            ["HOSTILE_WORDS"],
        )
