"""Identity card numbers, however they are typed; and what only looks like one."""

import pytest
from hypothesis import given

from detectors.detector import Detector
from detectors.recognizers.examples import unmark
from detectors.recognizers.hkid import check_character
from tests.detectors.marked import disagreement, sure
from tests.detectors.written import hkids, wrong_hkids
from tests.whole import whole

FOUND = """
«A123456(3)»
HKID: «A123456(3)»
佢身份證係«Z683365(A)»
身分證號碼：«ｙ１２３４５６（９）»
«WX123456(9)» 個姐姐
«AB987654(3)» 身份證
id «AB987654（3）»
«a1234563» hkid
my id no. is «G123456A»
ID card no «A 123456 (3)»
身份證 «A123 456 (3)»
身份證«A 12 34 56 (3)»呀
«A123456【3】» «A123456[3]» «A123456〔3〕» «A123456｛3｝»
«A-123456(3)» and «A123456-3» and «A123456/3»
身份證«A123456(3)»同«Z683365(A)»都要update
Chan Tai Man «A1234563»
name,hkid,phone\\nAmy,«A1234563»,91234567
HKID\\n«A123456(3)»
hkid«A123456(3)»
ID:«a123456(3)»,dob
*«A123456(3)*» posted here
`«A123456(3)»`
«A&#49;23456(3)»
«A12\u200b3456(3)»
«A12\u00ad3456(3)»
«Ａ１２３４５６（３）»
«A123456﹙3﹚»
hkid «А123456(3)» with a Cyrillic letter
id card «Z683365(А)»
身份證«A一二三四五六（三）»
身份證«A123456 括號3»
HKID is «A123456 bracket 3»
HKID «AI23456(3)», a letter for one
hkid «Y123456(9)», mine
«A 1 2 3 4 5 6 (3)» is his HKID
身份證：
«A123456(3)»
My ID is «A123
456(3)»
我個ID係«A1234563»
請幫陳大文入資料 «A123456(3)»，聽日返工
D.O.B. 1/2/1990 ID «K1234560» ok?
Staff with HKID «C668668(9)» needs a new card
id: «XA123456(8)»
身份證號碼係«A一二三四五六（三）»
id «A123456<3>»
id no «A123456 check digit 3»
ID «A123456（括號3）»
scan_«A123456(3)».jpg
> «A123456(3)»
hkid is«A123456(3)»
HKID#«A1234563»
the id is «d seven zero zero four double eight bracket six» ok
her card, «h one two eight three one eight open bracket zero»
證 «H 一二八三一八 括弧 零» 佢識揸車
證件號碼«E C 二九三二五六 括號一»
身份證«H一二八三一八括號零»，電話聽日俾
"""

SILENT = """
A123***(*)
A1234XX(X)
HKID: A123***(*)
身份證頭四位 A123
HKID last 4: 4567
A12****(3)
XXX3456(7)
A***456(3)
身份證尾 456(3)
R580●●●(●)
flight CX888 at 5pm
UA862 航班
order no. A1234568
order no. A1234563
INV1234567
PO123456
model G123456A printer
staff no. S1234567
passport K12345678
KJ1234567
Home return permit H1234567801
S1234567D
A123456789
RR123456789HK
車牌 AB1234
BR no. 12345678
UBI C0012345
Room A1203
QQ123456C
HR-123456
RACP-1234567-21(9)
P1234567A
八達通 12345678(9)
v1234567 build
Order V1234560
A123456(7)
HKID A123456(7)
身份證A123456(8)，打錯咗
HKID: A123456
ID no A123456(*)
call me on 91234567 (3)
see A4 page 123456 (3)
Invoice is 123456(3)
單號K1234560到未
the ID 123456(3)
at 123456 (3)
ＨＫ$1234567
Z683365(B)
A1234563.pdf
A1234563.heic
https://files.example.com/A1234563
a1234563@example.com
#A1234563
the id is d seven zero zero four double eight bracket five
證 H 一二八三一八 括弧 九
"""


def lines(table: str) -> list[str]:
    texts: list[str] = []
    for line in table.strip().split("\n"):
        # a line that begins with a mark or digits and follows one without its closing mark belongs to the line before
        if texts and (texts[-1].count("«") > texts[-1].count("»") or texts[-1].endswith("：")):
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return texts


@pytest.mark.parametrize("marked", lines(FOUND))
def test_finds(marked: str, detector: Detector) -> None:
    marked = marked.replace("*»", "»*")
    assert disagreement(detector, marked, "HKID") == ""


@pytest.mark.parametrize("text", lines(SILENT))
def test_stays_silent(text: str, detector: Detector) -> None:
    assert disagreement(detector, text, "HKID") == ""


@given(hkids(bracketed=True))
def test_a_bracketed_number_with_the_right_check_is_always_found(text: str) -> None:
    (finding,) = sure(whole(), f"佢係{text}呀", "HKID")
    assert (finding.start, finding.end) == (2, 2 + len(text))
    assert finding.evidence[0] == "pattern"
    assert "check_digit" in finding.evidence


@given(hkids())
def test_with_a_word_for_it_every_right_number_is_found(text: str) -> None:
    assert len(sure(whole(), f"HKID {text}", "HKID")) == 1


@given(wrong_hkids())
def test_a_wrong_check_is_never_sure_whatever_stands_around(text: str) -> None:
    assert not sure(whole(), f"HKID 身份證號碼: {text} (my HKID)", "HKID")


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("A123456", "3"),
        ("E364912", "5"),
        ("G123456", "A"),
        ("Z683365", "A"),
        ("K123456", "0"),
        ("WX123456", "9"),
        ("AB987654", "3"),
    ],
)
def test_check_characters(body: str, check: str) -> None:
    assert check_character(body) == check


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("my HKID is A123456(3)", "own"),
        ("我身份證係A123456(3)", "own"),
    ],
)
def test_traits(text: str, trait: str, detector: Detector) -> None:
    (finding,) = sure(detector, text, "HKID")
    assert finding.traits == {trait}


@pytest.mark.parametrize(
    "text",
    [
        "write it like this, e.g. A123456(3)",
        "格式例如 A123456(3)",
        "A123456(3)，假㗎，應該彈error",
        "the mock row says hkid A123456(3)",
        "specimen A123456(3) on the poster",
        "證件號碼A123456(3) 係作出嚟嘅",
        "K123456(0), invented, for the slide",
        "試機用 HKID A123456(3)",
    ],
)
def test_a_sample_known_by_its_wording_is_nobodys_card(text: str, detector: Detector) -> None:
    (finding,) = [finding for finding in detector.find(text) if finding.type == "HKID"]
    assert finding.score < 0.5
    assert finding.traits == {"sample"}
    assert "sample" in finding.evidence


@pytest.mark.parametrize(
    "text",
    [
        "template is fixed, Corwin sent A123456(3)",
        "樣本收到，霍婉珊證件 A123456(3)",
        "sample form attached. Applicant: Toby Leow, HKID A123456(3)",
        "test results for A123456(3)",
        "A123456(3), for example, waits since nine",
    ],
)
def test_a_sample_of_something_else_hides_no_card(text: str, detector: Detector) -> None:
    (finding,) = sure(detector, text, "HKID")
    assert "sample" not in finding.traits


def test_the_value_alone_makes_no_sample(detector: Detector) -> None:
    (finding,) = sure(detector, "please file A123456(3) today", "HKID")
    assert not finding.traits


def test_says_why(detector: Detector) -> None:
    (right,) = detector.find("HKID A123456(3)")
    assert right.evidence == ("pattern", "prefix_known", "check_digit", "bracket", "context_word")
    (wrong,) = detector.find("HKID A123456(4)")
    assert "check_digit_wrong" in wrong.evidence
    (masked,) = detector.find("HKID A123456(*)")
    assert "check_digit_masked" in masked.evidence


def test_marks_are_read_as_meant() -> None:
    assert unmark("a«bc»d«e»") == ("abcde", [(1, 3), (4, 5)])
