"""A full date beside a word for birth."""

import pytest

from detectors.recognizers.date_of_birth import DateOfBirthRecognizer
from detectors.recognizers.examples import matches
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = DateOfBirthRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "DOB «12/03/1985»",
        "D.O.B.: «12-Mar-1985»",
        "DOB: «12031985»",
        "«1985年3月12»日生",
        "Ann was born «12 March 1985», says the form",
        "born «12/3/85»",
        "d.o.b.: «1/1/'79»",
        "date of birth «1985-03-12»",
        "出生日期：«19850312»",
        "佢«1985年3月12日»出世",
        "生日係«85年3月12號»",
        "出生日期«一九八五年三月十二日»",
        "系統生日錯咗，阿明係«1985.3.12»",
        "DOB: «３/９/１９９１»",
        "Name, DOB, phone\nChan Tai Man, «12/03/1985», 91234567\nLee Siu Ming, «1/2/1990», 61234567",
        "H04659640, «15/06/1993» for the visa",
        "證上寫«1985-11-03» A082976(8)",
        "Tsui Man Fai, «6.3.1965»",
        "Imogen Farrar\n«12 Jan 1983»\n2/F, 44 Elgin Street",
        "meeting with Ann, 12/03/2021",
        "Ann's birthday lunch is on 12 March",
        "阿Ken三月十四號生日，夾錢買蛋糕",
        "生日飯，2024年6月9日，每位$200",
        "start date 12/03/2001",
        "12/03/1985",
        "born in 1985",
        "DOB 31/02/1985",
        "please fill in DOB by 12/03/2026",
    ],
)
def test_dates_of_birth_are_found_and_other_dates_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_all_ways_of_writing_a_date_are_the_same_value() -> None:
    ways = ["DOB 12/3/1985", "DOB 12 Mar 1985", "生日1985年3月12日", "出生日期一九八五年三月十二日", "DOB 19850312"]
    assert {matches(FINDS, way)[0].canonical for way in ways} == {"1985-03-12"}


def test_the_sender_s_own_date_is_marked() -> None:
    assert traits(FINDS, "my DOB is 12/3/1985") == {"own"}
