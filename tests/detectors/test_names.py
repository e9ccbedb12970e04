"""The one name finder: what it says to all who ask who is spoken of, and that it reads a text once."""

import pytest

from detectors.recognizers.people import SURE, Names
from detectors.recognizers.people.names import STRETCH
from detectors.recognizers.recognizer import Scan
from detectors.text.normalise import normalise
from tests.whole import whole


def names(text: str) -> list[tuple[str, str, bool]]:
    """Return what is found in a text: its words, the first evidence code, and whether it is more than a hint."""
    plain = normalise(text).text
    return [(text[n.start : n.end], n.evidence[0], n.score >= SURE) for n in Names(plain).within(0, len(text))]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Wong is off today", "Wong", "surname"),
        ("and Hoi left", "Hoi", "syllable"),
        ("then Quorla left", "Quorla", "capital"),
        ("Quorla has a cold", "Quorla", "capital"),
        ("ask @amy_hk", "@amy_hk", "handle"),
        ("staff no. 10234 is late", "staff no. 10234", "staff_number"),
        ("肥仔今日冇返", "肥仔", "nickname"),
        ("阿女病咗", "阿女", "nickname"),
    ],
)
def test_what_hints_at_somebody_is_no_name_yet(text: str, words: str, code: str) -> None:
    assert (words, code, False) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Quorla, please",
        "walk along Castle Peak Road",
        "at the Bluebird Health Centre",
        "Project Phoenix and Room Grace",
        "ask @channel or @here",
        "the Depression of 1929",
        "小心路滑，天天向上",
        "朋友介紹嘅",
        "two@example.com",
    ],
)
def test_nobody_is_seen_in_ordinary_words(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ah fai is late", [("ah fai", "nickname", True)]),
        ("may姐返咗", [("may姐", "nickname", True)]),
        ("李師奶同陳博士", [("李師奶", "surname", True), ("陳博士", "surname", True)]),
        ("仙仙返咗", [("仙仙", "given_name", True)]),
        ("小陳返咗", [("小陳", "nickname", True)]),
        ("St. Benedict Diabetes Centre", []),
    ],
)
def test_names_that_both_finders_knew_in_part(text: str, found: list[tuple[str, str, bool]]) -> None:
    assert names(text) == found


def test_where_every_word_has_a_capital_capitals_say_little() -> None:
    assert len(names("Xylo " * 150)) < 100
    assert ("Peter Chan", "given_name", True) in names("Xylo " * 150 + "Peter Chan")


@pytest.mark.parametrize("name", ["Chan Tai Man", "陳大文"])
@pytest.mark.parametrize("shift", range(-14, 3))
def test_a_name_is_whole_wherever_a_long_text_is_parted(name: str, shift: int) -> None:
    before = "so " * STRETCH
    before = before[: STRETCH + shift - 1] + " "
    text = f"{before}{name} is off " + "so " * STRETCH
    found = [(n.start, n.end) for n in Names(text).within(0, len(text)) if n.score >= SURE]
    assert found == [(len(before), len(before) + len(name))]


def test_only_names_inside_the_asked_part_are_told() -> None:
    found = Names("Amy told Ben that Cathy left")
    assert [name.start for name in found.within(4, 20)] == [9]
    assert found.anybody(4, 12)
    assert not found.anybody(0, 2)
    assert not Names("staff no. 10234, @amy").anybody(0, 99)


def test_a_text_is_read_once_for_all_who_ask() -> None:
    scan = Scan(normalise("Amy told Ben"), {})
    assert scan.names is scan.names
    first, again = list(scan.names.within(0, 12)), list(scan.names.within(0, 12))
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_names_and_medical_subjects_are_the_same() -> None:
    findings = {finding.type: finding for finding in whole().find("tell the clinic: Noreen has lupus")}
    assert "given_name" in findings["PERSON"].evidence
    assert "of_name" in findings["MEDICAL_TERM"].evidence
