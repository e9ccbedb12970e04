"""Homes, in English and Chinese; offices are marked as such; a floor or a district alone is no address."""

import pytest

from detectors.recognizers.hk_address import HkAddressRecognizer
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = HkAddressRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "deliver it to «Flat D, 22/F, Block 6, City One, Shatin», she's home",
        "Ann moved: «Flat 01, 17/F, Tower 5, Park Central». update the record",
        "ship to «Room 3449, Lok Sin House, Lai Kok Estate» please",
        "ship it to «25/F, 14 Un Chau Street, Sham Shui Po»",
        "she lives at «88 Castle Peak Road»",
        "佢住«荃灣青山公路95號16樓A室»",
        "屋企地址«深水埗元州街59號23樓2室»，唔該",
        "搬咗去«德福花園17座3樓H室»",
        "住址 «新界元朗朗屏邨玉屏樓1203»",
        "公司機放我屋企：«將軍澳日出康城第3期7座28D»，保安知",
        "阿明住«屯門大興邨興輝樓1367室»",
        "staying at «House 8, Marina Cove, Sai Kung»",
        "拎去佢屋企啦，«灣仔軒尼詩道300號12字樓D»",
        "地盤第2期3座已完工",
        "16/F pantry at 3pm",
        "New joiner, desk 44, 35/F",
        "Room 2107 Monday 11am",
        "Rm 3, Monday 3pm",
        "meet at 88 Castle Peak Road",
        "she lives in Shatin",
        "our office moved to 25/F, Millennium City 5, Kwun Tong",
        "12樓pantry部電視壞咗",
        "聽日去荃灣見客，2107室開會",
        "5月4號10樓開會",
        "第3期課程12號截止",
    ],
)
def test_homes_are_found_and_rooms_are_not(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Our new office address: Unit 1803, 18/F, Lucky Trade Centre, 88 Hung To Road, Kwun Tong", {"business"}),
        ("公司地址：觀塘鴻圖道88號18樓3室", {"business"}),
        ("我屋企地址：沙田第一城5座12樓A室", {"own"}),
        ("Ann lives at Flat A, 3/F, 12 Shanghai Street", set()),
    ],
)
def test_the_traits_say_whose_address_it_is(text: str, whose: set[str]) -> None:
    assert traits(FINDS, text) == whose
