"""Telephones of offices in files are nobody's; those of homes, and of those of whom a file tells more, are."""

import pytest

from detectors.documents.document import Document, DocumentKind, DocumentPart, PartKind, Place
from detectors.documents.judge import judge
from tests.whole import whole

ROW, TEXT = PartKind.ROW, PartKind.TEXT


@pytest.mark.parametrize(
    ("kind", "text", "office"),
    [
        (ROW, "部門: 會計部\n聯絡人: 雷小姐\n直線: 3556 3693", True),
        (ROW, "Office: Macau\nFunction: Sales\nDirect line: +853 28779557", True),
        (TEXT, "Ask Bernard Kot from Legal.\nQuestions? Tel 3618 2760\nL&D team", True),
        (TEXT, "黃小姐敬上\n電話 3616 4939\n永隆傢俬營業部", True),
        (ROW, "Name: Chan Tai Man\nHome tel: 2466 7788", False),
        (ROW, "姓名: 陳大文\n緊急聯絡電話: 2466 7788", False),
        (ROW, "姓名: 陳大文\n身份證: A123456(3)\n電話: 2466 7788", False),
        (ROW, "聯絡人: 雷小姐\n直線: 9556 3693", False),
    ],
)
def test_a_fixed_line_in_a_file_is_an_offices_unless_the_file_says_more(
    kind: PartKind, text: str, *, office: bool
) -> None:
    document = Document(DocumentKind.LETTER, (DocumentPart(kind, Place(row=1) if kind is ROW else Place(), text),))
    phones = [one for one in judge(document, whole().find).findings if one.type == "PHONE_NUMBER"]
    assert all("business" in phone.traits for phone in phones) == office


def findings(kind: PartKind, text: str) -> dict[str, tuple[float, frozenset[str]]]:
    document = Document(DocumentKind.SHEET, (DocumentPart(kind, Place(row=1) if kind is ROW else Place(), text),))
    return {one.type: (one.score, one.traits) for one in judge(document, whole().find).findings}


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ("公司名稱: 大順米業有限公司\n類別: 乾貨\nBank account: 004-442-825759-699\n付款期: 月結 30", 0.4),
        ("Supplier: Pureline Chemicals\nBank account: 004-470-309094-224\nTerms: 30 days", 0.4),
        ("Name: Chan Tai Man\nEmployer: Pureline Ltd\nBank account: 004-470-309094-224", 0.92),
    ],
)
def test_an_account_in_a_row_of_an_organisation_is_nobodys(row: str, score: float) -> None:
    assert findings(ROW, row).get("BANK_ACCOUNT", (0.4,))[0] == score


def test_whoever_is_said_to_be_made_up_is_a_sample() -> None:
    exercise = (
        "All people in this handout are made up for training.\n“Chan Siu Ming (HKID A123456(3)) has a slipped disc.”"
    )
    assert all("sample" in traits for _, traits in findings(TEXT, exercise).values())
    assert (
        "sample"
        not in findings(TEXT, "Our team is made up of three.\nChan Siu Ming (HKID A123456(3)) joins it")["HKID"][1]
    )


def test_what_a_row_says_of_somebodys_work_is_said_of_whom_it_names() -> None:
    assert findings(ROW, "Name: Lydia Pun\nGrid: 1C\nWhy: PIP from Aug")["PERFORMANCE_TALK"][0] > 0.7
    assert findings(ROW, "Item: Handbook\nGrid: 1C\nWhy: PIP from Aug").get("PERFORMANCE_TALK", (0.3,))[0] < 0.5
