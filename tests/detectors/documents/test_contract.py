"""The contract that whoever looks at files relies on."""

from detectors.documents.document import Document, DocumentKind, DocumentPart, PartKind, Place
from detectors.documents.judge import judge, judged
from detectors.documents.sandbox import Sandbox
from detectors.finding import Finding
from tests.whole import whole

SHEET = """\
Name,HKID,Mobile
Chan Tai Man,A1234563,91234567
Wong Siu Ming,G123456A,62345678
Ho Ka Yan,K1234560,92345678
"""


async def test_a_sheet_is_read_in_a_process_of_its_own_and_its_rows_are_people() -> None:
    document = await Sandbox().read(SHEET.encode(), "staff.csv")
    assert document.kind is DocumentKind.SHEET
    assert document.parts[0].place == Place(sheet=1, row=2)
    found = judge(document, whole().find)
    assert found.people == 3
    assert found.bulk
    assert {one.kind for one in found.found} == {PartKind.ROW}
    assert {"HKID", "PHONE_NUMBER"} <= {finding.type for finding in found.findings}


async def test_judging_in_slices_says_the_same() -> None:
    document = await Sandbox().read(SHEET.encode(), "staff.csv")
    find = whole().find
    sizes = [len((await judged(document, find)).found), len(judge(document, find).found)]
    assert sizes[0] == sizes[1] > 0


def test_rows_have_a_finder_of_their_own() -> None:
    asked: dict[str, list[str]] = {"find": [], "rows": []}

    def find(text: str) -> tuple[Finding, ...]:
        asked["find"].append(text)
        return ()

    def rows(text: str) -> tuple[Finding, ...]:
        asked["rows"].append(text)
        return ()

    row, page = DocumentPart(PartKind.ROW, Place(row=2), "a row"), DocumentPart(PartKind.TEXT, Place(), "a page")
    judge(Document(DocumentKind.SHEET, (row, page)), find, rows)
    assert asked == {"find": ["a page"], "rows": ["a row"]}


async def test_words_never_show_in_a_repr() -> None:
    document = await Sandbox().read(b"HKID A123456(3)", "note.txt")
    assert "A123456" not in repr(document)
    assert "A123456" not in repr(document.parts)
