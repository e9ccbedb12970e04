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
