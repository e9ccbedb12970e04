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
        ("送貨地址一律寫葵涌葵豐街33號華豐工業中心2期6樓", {"business"}),
        ("新址油麻地彌敦道557號永旺大廈11樓1102室會址", {"business"}),
        ("deliver to: 5/F, Sun Wah Industrial Building, 12 Hung To Road", {"business"}),
        ("我屋企地址：沙田第一城5座12樓A室", {"own"}),
        ("Ann lives at Flat A, 3/F, 12 Shanghai Street", set()),
    ],
)
def test_the_traits_say_whose_address_it_is(text: str, whose: set[str]) -> None:
    assert traits(FINDS, text) == whose


@pytest.mark.parametrize(
    "marked",
    [
        "幫手送張枱去娟姐屋企，«葵涌邨8座1407»，佢老公開門",
        "送去«沙頭角禾坑村廿一號地下»，門口有隻狗",
        "佢屋企：«元朗錦田錦上路66號A地下»，放門口得",
        "阿珍住«大埔林村新村12號地下»",
        "住«沙田顯田村 23號 三樓»",
        "佢搬咗去«梅窩白銀鄉36號二樓»",
        "住 «何文田冠熹苑A座1203»",
        "阿嬸住«順利邨利康樓高座1207室»",
        "deliver to «House 3, 66 Pak Kong Village, Sai Kung»",
        "home address «G/F, 45 Tai Hang Village, Tai Po»",
        "Res: «7C, Hoi Kung Mansion, 22 Man Cheong Street, Jordan»",
        "送俾佢 kui uk «kei Shek Yam Estate Wing Shek House 1108»",
        "parcels to her place, «2/F, No. 16 Po Tung Road, Sai Kung»",
        "聽日去8座1407開會",
        "參考沙田村38號巴士站",
        "元朗錦上路66號油站",
        "元朗錦田錦上路66號A地下新開咗間舖",
    ],
)
def test_villages_and_flats_without_their_word_are_homes(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "他家住«深圳市福田区福华路88号金地花园3栋1202室»",
        "住址:«深圳市南山区科技园路12号海岸花园5栋2单元801»",
        "户籍地址«湖南省长沙市岳麓区枫林三路18号7栋1单元203»",
        "她住«上海市徐汇区漕溪北路398弄12号602室»",
        "收货地址«北京市朝阳区望京西园三区312号楼5单元1801»",
        "他住«台北市大安區和平東路二段76巷12號5樓之3»",
        "住址:«新北市板橋區文化路一段188巷8弄22號4樓»",
        "上海市徐汇区漕溪北路开店",
        "高鐵3號車廂12室",
    ],
)
def test_homes_of_the_mainland_and_of_taiwan_count(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_a_sample_that_goes_to_somebody_makes_no_example_of_the_address() -> None:
    assert traits(FINDS, "courier個sample box去Tiff屋企: Flat 12B, Hoi Lai Mansion, 41 Tai Koo Wan Road") == set()
    assert traits(FINDS, "sample address: Flat 12B, Hoi Lai Mansion, 41 Tai Koo Wan Road") == {"sample"}
