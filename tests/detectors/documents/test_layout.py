"""Cards, passports and certificates are known by how they are laid out; forms, notices and samples are not."""

import pytest

from detectors.documents import mrz
from detectors.documents.document import Document, DocumentKind, DocumentPart, PartKind, Place
from detectors.documents.judge import DocumentFindings, judge
from detectors.documents.layout import known
from detectors.documents.pictures.lines import Word, arranged
from detectors.types import FILE_EVIDENCE, of
from tests.whole import whole

FIND = whole().find

CARD = (
    "香港永久性居民身份證\nHONG KONG PERMANENT IDENTITY CARD\n樂永晴\nLOK, Wing Ching\n2867 3057 2532\n"
    "出生日期 Date of Birth\n03-06-1985\t女 F\n***AZ\n簽發日期 Date of Issue\n(06-96)\n26-11-18\t"
)
PASSPORT = "P<CHNCHAN<<TAI<MAN<<<<<<<<<<<<<<<<<<<<<<<<<<\nK123456785CHN8001014M3105205<<<<<<<<<<<<<<<0"
CERTIFICATES = (
    "SICK LEAVE CERTIFICATE\nThis is to certify that Mr Chan Tai Man\nDiagnosis: URTI\nunfit for work for 2 days",
    "Medical Certificate\nPatient: WONG Siu Ming\nis suffering from gastroenteritis\nSick leave: 2 days",
    "病假證明書\n茲證明 陳大文 先生\n診斷：上呼吸道感染\n建議休息 2 天",
    "醫生證明書\n病人姓名：陳大文\n病症：腰痛\n需要休息：2 天",
    "医生证明书\n病人姓名：陈大文\n病症：腰痛\n需要休息：2 天",
)
NEITHER = (
    "Please bring your Hong Kong Identity Card for registration.\nCounter opens at 9:00",
    "Name ______\nHKID No. ______\nDate of Birth ______\nMobile ______",
    "SICK LEAVE CERTIFICATE\nThis is to certify that _________\nDiagnosis: _________\nSick leave from ____ to ____",
    "Sick leave policy\nA medical certificate is needed for two days or more.\nThe doctor writes the diagnosis.",
    "病假政策\n員工須於復工時交回病假證明書，證明書須由註冊西醫簽發。",
    "P<CHNCHAN<<TAI<MAN<<<<<<<<<<<<<<<<<<<<<<<<<<\nK123456780CHN8001010M3105200<<<<<<<<<<<<<<<0",
)


def page(text: str, kind: PartKind = PartKind.PICTURE) -> DocumentFindings:
    return judge(Document(DocumentKind.PICTURE, (DocumentPart(kind, Place(), text),)), FIND)


def sure(found: DocumentFindings) -> set[tuple[PartKind, str, str]]:
    return {(one.kind, one.finding.type, one.finding.evidence[-1]) for one in found.found if one.finding.score >= 0.5}


def test_a_card_is_known_with_its_number_and_without() -> None:
    assert (PartKind.CARD, "HKID", "card_layout") in sure(page(CARD + "Z683365(A)"))
    assert (PartKind.CARD, "HKID", "card_layout") in sure(page(CARD))
    assert (PartKind.CARD, "HKID", "card_layout") in sure(page(CARD + "Z68336"))


def test_a_specimen_of_a_card_without_a_number_is_a_sample() -> None:
    found = page("SPECIMEN 樣本\n" + CARD)
    assert [one.finding.traits for one in found.found if one.finding.type == "HKID"] == [{"sample"}]


@pytest.mark.parametrize(
    "text",
    [
        PASSPORT,
        PASSPORT.replace("<<<<<<<<<<<<<<0", "<<<<<<<<<<0"),
        PASSPORT.replace("K12345678", "K1234S678").lower(),
        PASSPORT.replace("<<<<\n", "<くくㄑ\n"),
        PASSPORT.replace("TAI<MAN<<<<<<", "TA1<H0<<<<< ΛΛΛΛ"),
    ],
)
def test_the_lines_for_machines_of_a_passport_are_read_with_what_ocr_makes_of_them(text: str) -> None:
    found = sure(page("PASSPORT\n" + text + "\n"))
    assert {(PartKind.PASSPORT, "HK_PASSPORT", "mrz"), (PartKind.PASSPORT, "DATE_OF_BIRTH", "mrz")} <= found


def test_a_travel_card_has_three_such_lines() -> None:
    card = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
    assert mrz.read(card) is not None


@pytest.mark.parametrize("text", CERTIFICATES)
def test_a_certificate_is_known_with_its_illness(text: str) -> None:
    assert (PartKind.CERTIFICATE, "MEDICAL_TERM", "certificate") in sure(page(text))


@pytest.mark.parametrize("text", NEITHER)
def test_notices_forms_and_wrong_check_digits_are_nothing(text: str) -> None:
    assert {type_ for _, type_, _ in sure(page(text))} <= {"PERSON"}
    assert known(text, ()).kind is None


def test_bare_numbers_in_the_log_of_a_program_are_no_telephones() -> None:
    log = "2026-11-01 10:23:07 INFO request 91234567 done\n"
    assert sure(page(log * 3, PartKind.TEXT)) == set()
    assert "PHONE_NUMBER" in {type_ for _, type_, _ in sure(page(log + "call 9123 4567\n", PartKind.TEXT))}
    assert sure(page(log.replace("request", "mobile"), PartKind.TEXT)) != set()


def test_a_form_that_nobody_filled_in_says_nothing_of_anybody() -> None:
    form = "書面警告\n致：__________ 先生\n閣下於____年__月__日____，現向閣下發出書面警告，公司將考慮解僱。"
    assert "PERFORMANCE_TALK" not in {one.type for one in page(form, PartKind.TEXT).findings if one.score >= 0.5}
    filled = form.replace("__________ 先生", "陳大文先生")
    assert "PERFORMANCE_TALK" in {one.type for one in page(filled, PartKind.TEXT).findings if one.score >= 0.5}


def test_a_number_that_shows_how_to_fill_in_a_form_is_a_sample() -> None:
    form = "Name ________\nHKID No. □ □□□□□□ (□)\nAddress Flat ___ Floor ___\n"
    traits = [one.traits for one in page(form + "Example of how to write the number: A123456(3)").findings]
    assert traits == [{"sample"}]
    assert [one.traits for one in page(form + "HKID A123456(3)").findings] == [frozenset()]


def test_what_a_program_tries_out_is_nobody() -> None:
    assert page('staff = Staff(name="Test User", hkid="A123456(3)", salary=20000)', PartKind.TEXT).findings == ()
    for line in ('staff = Staff(name="Chan Tai Man", hkid="A123456(3)")  # test', "covid test of A123456(3) positive"):
        assert "HKID" in {one.type for one in page(line, PartKind.TEXT).findings}


def test_the_telephone_on_a_receipt_is_the_shops() -> None:
    receipt = "SUPERFRESH\nTel 2466 7788\nMILK 1L\t24.90\nAPPLE x6\t19.90\nTOTAL\t44.80"
    assert [one.traits for one in page(receipt).findings if one.type == "PHONE_NUMBER"] == [{"business"}]
    assert [one.traits for one in page("Ms Chan, Tel 2466 7788").findings if one.type == "PHONE_NUMBER"] == [
        frozenset()
    ]


def test_pay_of_a_grade_or_department_is_nobodys() -> None:
    def found(row: str) -> set[str]:
        return {one.type for one in page(row, PartKind.ROW).findings}

    assert found("Dept: Logistics\nFT: 21\nAvg. salary: 25300") == set()
    assert found("Position: Clerk\nSalary: 21000") == set()
    assert found("Name: Qwzx Vrty\nSalary: 21000") >= {"SALARY"}
    for whose in ("Staff No.: 1184", "Emp. ID: X-7", "工號: 1184", "Name: 1184"):
        assert found(f"{whose}\nSalary: 21000") == {"SALARY"}
    assert "SALARY" not in found("Post: Driver\nSalary: 19000\nApply to: hr@freight.com.hk")
    assert found("Dept: Logistics\nName: 12\nSalary: 340000") == set()
    assert found("Monthly salary\t21000\t25000") == {"SALARY"}


def test_bare_codes_in_a_table_are_no_identity_cards_where_most_fail_the_check() -> None:
    def found(*codes: str) -> DocumentFindings:
        parts = [
            DocumentPart(PartKind.ROW, Place(sheet=1, row=n), f"{code}\tpallet") for n, code in enumerate(codes, 1)
        ]
        return judge(Document(DocumentKind.SHEET, tuple(parts)), FIND)

    wrong = ("A1234560", "A1234561", "A1234562", "A1234564", "A1234565")
    codes = found(*wrong, "A1234563", "Z683365A")
    assert (codes.findings, codes.people) == ((), 0)
    assert found(*wrong[:4], "A1234563", "Z683365A").people == 2
    assert found(*wrong, "A1234563", "Z683365A", "K1234560").people == 3


def test_a_page_of_a_letter_is_looked_at_like_a_picture() -> None:
    assert (PartKind.CARD, "HKID", "card_layout") in sure(page(CARD, PartKind.TEXT))


def test_what_layouts_say_is_evidence_that_is_known() -> None:
    said = {evidence for text in (CARD, PASSPORT, CERTIFICATES[0]) for _, _, evidence in sure(page(text))}
    assert said & FILE_EVIDENCE == FILE_EVIDENCE
    assert all(of(type_).name for text in (CARD, PASSPORT) for _, type_, _ in sure(page(text)))


def _box(left: float, top: float, width: float, height: float, quarter: int) -> tuple[tuple[float, float], ...]:
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    turned = {0: lambda x, y: (x, y), 1: lambda x, y: (-y, x), 2: lambda x, y: (-x, -y), 3: lambda x, y: (y, -x)}
    points = [turned[quarter](x, y) for x, y in corners]
    start = min(range(4), key=lambda n: sum(points[n]))  # OCR begins at the top left as the picture stands
    return tuple(points[start:] + points[:start])


@pytest.mark.parametrize("quarter", range(4))
def test_lines_come_in_reading_order_however_the_picture_is_turned(quarter: int) -> None:
    """Clockwise by quarters; the OCR turns tall boxes to the left, so some of them then stand on their head."""
    words = (("Name", 0, 0, 90), ("Chan Tai Man", 300, 2, 260), ("HKID", 0, 60, 90), ("A123456(3)", 300, 61, 240))
    placed = [Word(text, _box(x, y, width, 30, quarter), quarter in (2, 3)) for text, x, y, width in words]
    assert arranged(placed[::-1]) == "Name\tChan Tai Man\nHKID\tA123456(3)"
