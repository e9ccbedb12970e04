"""Appraisal, warnings, discipline and dismissal of a person, and not the process, the weather or the fried rice."""

import re

import pytest

from detectors.lexicons import rows
from detectors.recognizers.performance_talk import PerformanceTalkRecognizer
from detectors.text.normalise import fold
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = PerformanceTalkRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "Kelvin got a «final warning» yesterday",
        "we «fired him» on Monday",
        "Mary «was let go» today",
        "they are «letting Mary go»",
        "please «fire» Peter before the audit",
        "his «performance is poor»",
        "she «failed her probation»",
        "Peter is «on a PIP» until June",
        "Peter尋日收咗«warning letter»",
        "阿明收咗«警告信»",
        "佢«俾公司炒咗»",
        "老闆下個月«炒»阿明",
        "陳大文«過唔到試用期»",
        "佢«表現差»",
        "公司決定«即時解僱»陳大文",
        "Mandy will «not be confirmed after probation»",
        "Tony is «up for redundancy»",
        "Can someone send me the warning letter template?",
        "rainstorm warning is up",
        "the process was terminated",
        "今晚食炒飯",
        "佢炒股票賺咗好多",
        "佢投訴冷氣太凍",
        "Mary please suspend the ad until Monday",
        "please let him go first",
        "Peter, warning lights on the van are on",
        "He has two «verbal warnings» already",
        "佢俾人«降級»做文員",
        "黃色暴雨警告，大家小心",
        "考績表記得月尾前交俾HR",
        "新聞話某銀行裁員五百人",
        "that curry fired me up",
        "Peter can you check the appraisal form?",
        "help me terminate my line",
        "fair warning, I'm terrible at this",
    ],
)
def test_what_is_said_of_a_person_is_found(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_what_one_says_of_oneself_is_marked() -> None:
    assert traits(FINDS, "I just got terminated") == {"own"}
    assert traits(FINDS, "Peter just got terminated") == set()


def test_every_anchor_and_pattern_is_usable() -> None:
    terms = list(rows("performance_terms.tsv", "grade", "anchor", "pattern"))
    assert {grade for grade, _, _ in terms} == {"clear", "result", "vague", "acts"}
    for _, anchor, pattern in terms:
        assert anchor == anchor.lower(), anchor
        assert all(map(fold, anchor.split("|"))), pattern
        re.compile(pattern)
