"""Telephone numbers, however they are typed; and the many numbers that only look like one."""

import pytest
from hypothesis import given

from detectors.detector import Detector
from tests.detectors.marked import disagreement, sure
from tests.detectors.written import mobiles
from tests.whole import whole

FOUND = [
    "name\tmobile\tdept\nChan Tai Man\t«61,234,567»\tIT\nLi Ka\t«9.1234567E7»\tHR",
    "Ken Wong\t«61234567.0»\tKitchen",
    "佢電話係«九一二三孖五六七»",
    "phone «six one two three then four five six seven»",
    "DOB 03/05/1988 «9123 4567»",
    "鄧小姐 «91776721 »元朗".replace(" »", "» "),
    "有事打«九九九»",
    "陳生 «91234567»，唔好打錯",
    "call Ken «91234567».docx",
    "call Ken «9123 4567».DOCX",
    "電話 «91234567».pdf",
    "whatsapp «61234567».jpg",
    "手機 «13812345678».xlsx",
    "佢電話 «9123 4567»",
    "call me at «61234567»",
    "«+852 5123 4567»",
    "«(852) 9876-5432»",
    "«+(852) 6123 4567»",
    "«(+852) 6123 4567» ok",
    "«91234567»",
    "whatsapp «9123-4567»",
    "wa.me/«85291234567»",
    "https://api.whatsapp.com/send?phone=«85261234567»",
    "屋企電話 «2345 6789»",
    "大陸號碼 «13812345678»",
    "«+86 138 1234 5678»",
    "«+853 6612 3456»",
    "電話：«９１２３４５６７»",
    "«00852 9123 4567»",
    "mobile no. «46012345»",
    "我手提«70612345»",
    "陳小姐 «6123.4567»",
    "«84012345» 係佢新number 電話",
    "call me«91234567»",
    "Tel:«91234567»/«61234567»",
    "«91234567»miss chan搵你",
    "電話«９１２３４５６７»呀",
    "Amy «91234567»\nBen «6123 4567»\nCat «5123-4567»",
    "<tel:«+85291234567»|«9123 4567»> ok",
    "ring *«9123 4567»* after lunch",
    "電話«九一二三四五六七»，唔該",
    "佢電話«九一二三 四五六七»",
    "電話 «9 1 2 3 4 5 6 7»",
    "phone «912 34 567»",
    "phone «9123 456O»",
    "tel «9l23 4567»",
    "his mobile is «9123\n4567»",
    "her phone: «9123 then 4567»",
    "電話«9123跟住4567»",
    "spouse's no. «9123 4567», call her first",
    "Singapore «+65 9123 4567», back on Friday",
    "London «+44 7911 123456»",
    "Next of kin: wife, «6123 4567»",
    "my new number «9123 4567»！",
    "PayMe «6123 4567» 俾$240我",
    "阿May«91234567»，阿John«61234567»",
    "order lunch with Amy, «91234567», at 12:30",
    "Tel\n«2345 6789»",
    "the courier is lost, driver «9123 4567»",
    "9-6 only: «9123 4567»",
    "Flat 5 «9123 4567»",
    "2107室 «9123 4567» 搵陳生",
    "22/11 «9123 4567» 10:30",
    "Contact:\t«9123 4567»\tAmy",
    "emergency contact «2345 6789» (mother)",
    "Mr Lee's direct line is «2345 6789»",
    "📞«9123 4567»",
    "«&#43;852 9123 4567»",
    "聯絡人：李太 «6123-4567»（姨媽）",
    "打«1823»問下",
    "in an emergency call «999»",
    "hotline «2345 6789», 24 hours",
    "客服熱線 «2123 4567»",
    "office line «3123 4567»",
    "PCPD hotline «2827 2827»",
    "phone «six one two three, four five six seven»",
    "電話«6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣»",
    "T: «2345 6789» | M: «9123 4567»",
    "📞 «2345 6789»",
    "Peter/«91234567»/HR",
    "打咗«61234567»冇人聽",
    "order lunch w amy «91234567»",
    "HKD 1,234 paid by Amy «91234567»",
    "單號：61234567 電話：«91234567»",
    "ext 4567, direct «3123 4567»",
    "司機王生 «91234567» 車牌LV1234",
    "權叔«81564150»",
    "missed call from «9123 4567»",
]

SILENT = [
    "budget 61,234,567 for 2027",
    "QR碼下面有行數字 5197 8319，唔係電話",
    "log 入面嗰串 93555436 係 order seq",
    "Asset tag on the bath chair: 9842 5240, not a phone number",
    "guest wifi pw this week: kelp-8842-7719",
    "meter reading for the electric: 51023889",
    "個密碼鎖係六八零三四八一七",
    "Tracking 5521 0049 3372 1180 is the wrong label",
    "survey link ?rid=70096418 is anonymous",
    "九一二三 唔使",
    "meeting on 20261122",
    "25122026",
    "22.11.2026",
    "HK$61234567",
    "61,234,567",
    "61234567元",
    "paid 61234567蚊",
    "order 91234567",
    "order no. 91234567 is late",
    "Zoom meeting ID 912 3456 7890",
    "Meeting ID: 91234567890",
    "912 3456 7890",
    "0900-1800",
    "2130-2230",
    "2024 2025 budget",
    "2024-2026",
    "BR no 51234567",
    "account 123-456789-838",
    "invoice 65432109",
    "INV-65432109",
    "INV65432109",
    "PO#65432109",
    "budget 5000-6000",
    "八達通 61234567(8)",
    "ref FT26091234567",
    "900 1234",
    "ext 1234",
    "內線 5678",
    "66666666 wow",
    "版本 9.1234.5678",
    "192.168.9123.4567",
    "9123 4567 8901 2345",
    "4111 1111 1111 1111",
    "https://example.com/t/91234567",
    "91234567@example.com",
    "SF1234567890123",
    "tracking 61234567 arrived",
    "單號61234567到咗未",
    "員工編號 51234567",
    "staff no. 51234567",
    "case 61234567 closed",
    "Ticket no. 91234567",
    "policy number 63098268 renews in May",
    "room 2301-2302",
    "error 0x98132285 again",
    "今年總數65392473，比舊年多",
    "total for the year is 56267784",
    "61234567 rows were imported",
    "OTP 612345",
    "A123456(3)",
    "商業登記證號碼52910384",
    "account no: 61234567",
    "戶口號碼 61234567",
    "會議編號964 8550 7295",
    "version 6123.4567 is out",
    "20251127-20251130 annual leave",
    "2025年11月22號 14:30-15:30",
    "3,456,789.00",
    "112 people came",
    "999 problems",
    "999元",
    "61234567# to join",
    "IMG_61234567.jpg",
    "photo 61234567.jpg",
    "photo 61234567.JPG",
    "scan 61234567.webp",
    "IMG_20240101.jpg",
    "report_12345678.pdf",
    "report 91234567.pdf",
    "invoice 91234567.pdf",
    "call log 20240101.xlsx",
    "contact list 20241101.docx",
    "photo 13812345678.jpg",
    "@61234567",
    "md5 91234567abcdef",
    "one two three, go",
    "6000-7000",
    "QQ: 91234567",
    "Telegram @user61234567",
    "61234.567",
    "股票 5123 6123",
    "invoice numbered 61234567",
    "Part no 9123-4567-01",
    "lots 6123 4567 8901",
    "trace 6123456789abcdef",
    "ICCID 8985 2000 0123 4567 890",
    "Item\tQty\tCode\nBolt M8\t1200\t62839401\nNut M8\t800\t62839402",
    "L/C number 51928374 expires Friday",
    "HS code 62034290 vs 61034300",
    "62837465 箱已到倉",
    "the order number for the blue paint is six two eight three seven four six five",
]


@pytest.mark.parametrize("marked", FOUND)
def test_finds(marked: str, detector: Detector) -> None:
    assert disagreement(detector, marked, "PHONE_NUMBER") == ""


@pytest.mark.parametrize("text", SILENT)
def test_stays_silent(text: str, detector: Detector) -> None:
    assert disagreement(detector, text, "PHONE_NUMBER") == ""


@given(mobiles())
def test_with_a_word_for_it_every_mobile_is_found_whole(text: str) -> None:
    (finding,) = sure(whole(), f"電話{text}呀", "PHONE_NUMBER")
    assert (finding.start, finding.end) == (2, 2 + len(text))


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("call me at 91234567", {"own"}),
        ("我電話 9123 4567", {"own"}),
        ("搵我91234567", {"own"}),
        ("his mobile 9123 4567", set()),
        ("hotline 2345 6789", {"business"}),
        ("公司總機2345 6789", {"business"}),
        ("vendor 3702 1188", {"business"}),
        ("restaurant 2345 6789, table for 8", {"business"}),
        ("tel 2345 6789 ext 123", {"business"}),
        ("打1823", {"business"}),
        ("屋企電話 2345 6789", set()),
        ("vendor Amy 9123 4567", set()),
        ("+65 9123 4567", {"overseas"}),
        ("e.g. 9123 4567", {"sample"}),
        ("PCPD 2827 2827", {"business"}),
    ],
)
def test_traits(text: str, traits: set[str], detector: Detector) -> None:
    (finding,) = sure(detector, text, "PHONE_NUMBER")
    assert finding.traits == traits


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("call 9123 4567", ("pattern", "plan_mobile", "context_word")),
        ("+852 9123 4567", ("pattern", "plan_mobile", "country_code")),
        ("order 9123 4567", ("pattern", "plan_mobile", "other_number_word")),
    ],
)
def test_says_why(text: str, evidence: tuple[str, ...], detector: Detector) -> None:
    (finding,) = detector.find(text)
    assert finding.evidence == evidence


def test_the_same_number_has_the_same_key_however_it_is_written(detector: Detector) -> None:
    keys = {finding.key for finding in detector.find("+852 9123 4567, 91234567, 電話九一二三四五六七")}
    assert len(keys) == 1
