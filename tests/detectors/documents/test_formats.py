"""Each kind of file is read, with what stands in its corners; nothing here starts a process."""

import sys
from email.message import EmailMessage

import pytest

from detectors.documents.document import Document, DocumentKind, Limits, PartKind, Place, Unread
from detectors.documents.reading import read
from tests.detectors.documents import made

ID, ID2 = "A123456(3)", "Z683365(A)"
FIRST_ROW = "Name: Chan Tai Man\nHKID: A1234563\nPhone: 91234567"


def words(document: Document) -> str:
    return "\n".join(part.text for part in document.parts)


def rows(document: Document) -> list[str]:
    return [part.text for part in document.parts if part.kind is PartKind.ROW]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", made.csv(), DocumentKind.SHEET),
        ("a.tsv", made.csv(sign="\t"), DocumentKind.SHEET),
        ("a.csv", made.csv(sign=";"), DocumentKind.SHEET),
        ("a.xlsx", made.xlsx({"Staff": made.ROWS}), DocumentKind.SHEET),
        ("a.bin", made.xlsx({"Staff": made.ROWS}), DocumentKind.SHEET),
        ("a.xlsb", made.xlsb(made.ROWS), DocumentKind.SHEET),
        ("a.ods", made.ods(made.ROWS), DocumentKind.SHEET),
        ("a.docx", made.docx((), made.ROWS), DocumentKind.LETTER),
        ("a.zip", made.packed({"b.csv": made.csv()}), DocumentKind.ARCHIVE),
        ("a.msg", made.msg("List", "see attached", {"a.xlsx": made.xlsx({"S": made.ROWS})}), DocumentKind.MAIL),
    ],
)
def test_a_table_is_rows_with_their_headings(name: str, data: bytes, kind: DocumentKind) -> None:
    document = read(data, name)
    assert (document.kind, document.unread, document.cut) == (kind, None, False)
    assert rows(document)[0] == FIRST_ROW
    assert len(rows(document)) == len(made.PEOPLE)


def test_headings_below_a_title_in_chinese_and_numbers_as_numbers() -> None:
    sheet: list[list[str | int]] = [
        ["員工資料 2026"],
        [],
        ["姓名", "身份證號碼", "手機", "入職日期"],
        ["陳大文", "A1234563", 91234567, "x"],
    ]
    document = read(made.xlsx({"名單": sheet}), "a.xlsx")
    assert rows(document) == ["Name: 陳大文\nHKID: A1234563\nPhone: 91234567\n入職日期: x"]
    assert [part.place.row for part in document.parts if part.kind is PartKind.ROW] == [4]
    assert words(document).startswith("名單\n員工資料 2026")


def test_a_form_is_about_one_person() -> None:
    form = [["Personal particulars"], ["Name", "Chan Tai Man"], ["HKID No.", ID], ["Mobile", "9123 4567"]]
    document = read(made.xlsx({"Form": form}), "form.xlsx")
    assert rows(document) == []
    assert f"HKID No.: {ID}" in words(document)


def test_headings_that_no_list_knows_are_told_by_the_numbers_below() -> None:
    sheet: list[list[str | int]] = [
        ["Colour of tag", "SKU", "Left"],
        ["red", "Z683178-9", 4],
        ["blue", "Z290790-3", 17],
        ["red", "X1", 2],
    ]
    assert rows(read(made.xlsx({"Tags": sheet}), "a.xlsx"))[0] == "Colour of tag: red\nSKU: Z683178-9\nLeft: 4"


def test_an_empty_corner_is_no_title() -> None:
    chart: list[list[str | int]] = [["", "Salary"], ["Chan Tai Man", 44000], ["Lam Yi", 56700]]
    assert rows(read(made.xlsx({"S": chart}), "a.xlsx")) == ["Chan Tai Man\nSalary: 44000", "Lam Yi\nSalary: 56700"]


def test_of_two_rows_of_headings_the_lower_says_more_and_the_upper_the_rest() -> None:
    sheet = [["Surname", "Phone", ""], ["", "Day phone", "Night phone"], ["Chan", "91234567", "62345678"]]
    assert rows(read(made.xlsx({"S": sheet}), "a.xlsx")) == ["Name: Chan\nPhone: 91234567\nPhone: 62345678"]


def test_a_list_of_objects_in_json_is_a_table() -> None:
    said = '{"office": "Sha Tin", "staff": [{"employeeName": "\\u9673\\u5927\\u6587", "baseSalary": 31000}]}'
    document = read(said.encode(), "a.json")
    assert rows(document) == ["Name: 陳大文\nSalary: 31000"]
    assert "Sha Tin" in words(document)
    settings = '[{"name": "payroll", "timeout": 30000}, {"name": "mail", "timeout": 12000}]'
    assert rows(read(settings.encode(), "a.json"))[0] == "Name: payroll\ntimeout: 30000"
    for other in ("[1, 2]", "[" * 5_000, "no JSON at all"):
        assert words(read(other.encode(), "a.json"))


def test_rtf_is_read_without_its_control_words() -> None:
    letter = (
        r"{\rtf1\ansi\ansicpg950\uc1{\fonttbl{\f0 Times;}}{\*\generator x;}\f0 Dear {\b Ms} \u-27021?\'a4j\'a4\'e5\par "
        rf"HKID\tab {ID} \u-10179?\u-8704?\par}}"
    )
    assert words(read(letter.encode("ascii"), "a.rtf")) == f"Dear Ms 陳大文\nHKID\t{ID} 😀"


def test_in_a_table_about_pay_columns_of_amounts_beside_names_are_pay() -> None:
    table = [
        ["Name", "Now", "Proposed", "%"],
        *[[name, "27,800", "28,900", "4"] for name in ("Chan Tai Man", "Lam Yi")],
    ]
    said = "Name: Chan Tai Man\nSalary Now: 27,800\nSalary Proposed: 28,900\n%: 4"
    assert rows(read(made.docx(("Salary review",), table), "a.docx"))[0] == said
    assert rows(read(made.xlsx({"Payroll": table}), "a.xlsx"))[0] == said
    assert "Salary" not in rows(read(made.xlsx({"Sales": table}), "a.xlsx"))[0]


def test_labels_and_answers_in_turn_are_a_form_and_no_headings() -> None:
    particulars = [["姓名", "陳大文", "部門", "零售部"], ["職位", "店員", "評核期", "2026年"]]
    letter = read(made.docx(("評核表",), particulars), "a.docx")
    assert words(letter).splitlines()[:3] == ["評核表", "姓名: 陳大文", "部門: 零售部"]
    assert rows(letter) == []


def test_a_form_in_a_letter_is_one_text_with_its_paragraphs() -> None:
    letter = read(made.docx(("Warning",), [["Name", "Chan Tai Man"], ["Post", "Clerk"]]), "a.docx")
    assert [part.text for part in letter.parts if part.kind is PartKind.TEXT] == [
        "Warning\nName: Chan Tai Man\nPost: Clerk"
    ]


def test_what_stands_above_and_below_a_table_is_read_together() -> None:
    scores = [["Area", "Score /5", "Remark"], ["Accuracy", "2", "wrong currency"], ["Punctuality", "1", "late"]]
    letter = read(made.docx(("Colleague: Tiffany Chu",), scores, ("Recommendation: extend probation.",)), "a.docx")
    assert [part.text for part in letter.parts if part.kind is PartKind.TEXT] == [
        "Colleague: Tiffany Chu\nRecommendation: extend probation."
    ]
    assert len(rows(letter)) == 2


def test_headings_above_nothing_are_read() -> None:
    assert "病因" in words(read(made.csv([["姓名", "病因", "日數"]]), "a.csv"))


def test_a_table_without_headings_is_read_as_it_is() -> None:
    assert rows(read(made.csv(made.PEOPLE), "a.csv"))[0] == "Chan Tai Man\tA1234563\t91234567"


def test_hidden_sheets_comments_margins_properties_and_drawings_of_a_workbook_count() -> None:
    more = {
        "xl/comments1.xml": f"<c><comment><text><r><t>his card </t></r><r><t>{ID}</t></r></text></comment></c>",
        "docProps/core.xml": "<cp><title>List of Chan Tai Man</title></cp>",
        "xl/drawings/drawing1.xml": f"<d><txBody><p><r><t>{ID2}</t></r></p></txBody></d>",
        "xl/worksheets/sheet9.xml": "<w><headerFooter><oddHeader>Wong Siu Ming</oddHeader></headerFooter></w>",
    }
    document = read(made.xlsx({"S": [["a", "b"]], "~secret": made.ROWS}, **more), "a.xlsx")
    assert rows(document)[-1].startswith("Name: Ho Ka Yan")
    said = {part.kind: part.text for part in document.parts}
    assert said[PartKind.COMMENT] == f"his card {ID}"
    assert "Chan Tai Man" in said[PartKind.PROPERTY]
    assert said[PartKind.MARGIN] == "Wong Siu Ming"
    assert ID2 in words(document)


def test_margins_comments_and_split_runs_of_a_letter_count() -> None:
    more = {"word/header1.xml": made.word_part("hdr", ID2), "word/comments.xml": made.word_part("comments", "ask Amy")}
    document = read(made.docx([f"His card is {ID}, thank you"], **more), "a.docx")
    assert [(part.kind, part.text) for part in document.parts] == [
        (PartKind.TEXT, f"His card is {ID}, thank you"),
        (PartKind.MARGIN, ID2),
        (PartKind.COMMENT, "ask Amy"),
    ]


def test_a_letter_of_libreoffice_is_read() -> None:
    letter = read(made.odt(["Dear Ms Chan", f"HKID {ID}"]), "a.odt")
    assert (letter.kind, words(letter)) == (DocumentKind.LETTER, f"Dear Ms Chan\nHKID {ID}")


def test_slides_have_numbers_and_notes() -> None:
    document = read(made.pptx([["Welcome"], ["Card", ID]], notes="call 9123 4567"), "a.pptx")
    assert document.kind is DocumentKind.SLIDES
    assert [(part.place.page, part.text) for part in document.parts] == [
        (1, "Welcome"), (2, f"Card\n{ID}"), (0, "call 9123 4567"),
    ]  # fmt: skip


def test_a_pdf_has_pages_and_properties() -> None:
    document = read(made.pdf([["Dear all"], ["Card", ID]], title="Case of Mr Chan"), "a.pdf")
    assert document.kind is DocumentKind.PDF
    assert [(part.kind, part.place.page) for part in document.parts] == [
        (PartKind.PROPERTY, 0), (PartKind.TEXT, 1), (PartKind.TEXT, 2),
    ]  # fmt: skip
    assert ID in words(document)


def test_answers_that_a_pdf_holds_after_all_labels_are_put_beside_them() -> None:
    labels, answers = ("Name", "Date of birth", "HKID No."), ("Chan Tai Man", "27-04-1963", ID)
    said = words(read(made.pdf([labels], beside=answers), "a.pdf"))
    assert said.endswith(f"Name: Chan Tai Man\nDate of birth: 27-04-1963\nHKID No.: {ID}")
    assert ":" not in words(read(made.pdf([labels]), "a.pdf"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "big5", "gb18030"])
def test_chinese_in_any_encoding_is_read(encoding: str) -> None:
    text = "姓名：陳大文\n身份證號碼：A123456(3)\n電話：9123 4567，請代為登記資料。"
    assert words(read(text.encode(encoding), "note.txt")) == text


def test_simplified_chinese_of_the_mainland_is_read() -> None:
    text = "员工姓名：张三，身份证号码和电话号码请见附件，谢谢。"
    assert words(read(text.encode("gb18030"), "note.txt")) == text


@pytest.mark.parametrize("charset", ["utf-8", "big5", "gb2312"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_mail_says_what_it_says_in_any_transfer_encoding(charset: str, encoding: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "張小姐"
    mail["From"] = "Chan Tai Man <taiman@example.com>"
    mail.set_content("身份A123456(3)，立即登", charset=charset, cte=encoding)
    mail.add_attachment(made.csv(), maintype="text", subtype="csv", filename="staff.csv")
    document = read(mail.as_bytes(), "a.eml")
    assert document.kind is DocumentKind.MAIL
    assert "身份A123456(3)" in words(document)
    assert "taiman@example.com" in words(document)
    assert document.parts[0].text == "張小姐"
    assert rows(document)[0] == FIRST_ROW


def test_a_mail_in_html_is_read_without_its_tags() -> None:
    mail = EmailMessage()
    mail.set_content(f"<html><style>p{{}}</style><p>His <b>card</b>:<br>{ID}</p></html>", subtype="html")
    assert words(read(mail.as_bytes(), "a.eml")) == f"His card:\n{ID}"


def test_a_contact_is_a_person() -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=99=B3=E5=A4=\r\n=A7=E6=96=87\r\n"
        "TEL;CELL:9123 4567\r\nitem1.EMAIL:a@example.com\r\nADR;HOME:;;Flat 2;Shatin;;;\r\nEND:VCARD\r\n"
    )
    document = read((card + card).encode(), "a.vcf")
    assert document.kind is DocumentKind.CONTACT
    assert rows(document) == ["Name: 陳大文\nPhone: 9123 4567\nEmail: a@example.com\nAddress: Flat 2, Shatin"] * 2


def test_names_of_files_in_an_archive_count_and_their_places_are_numbers() -> None:
    document = read(made.packed({"x/陳大文.txt": ID, "note.txt": ID2}), "a.zip")
    assert [(part.kind, part.place.file) for part in document.parts] == [
        (PartKind.NAME, 0), (PartKind.TEXT, 1), (PartKind.NAME, 0), (PartKind.TEXT, 2),
    ]  # fmt: skip
    assert document.parts[0].text == "陳大文.txt"


def test_a_long_text_is_cut_into_pieces_whose_lines_go_on() -> None:
    document = read(("x" * 99 + "\n").encode() * 60 + ID.encode(), "a.txt")
    assert [part.place.line for part in document.parts] == [0, 21, 41, 61]
    assert document.parts[-1].text == ID


def _encrypted_zip() -> bytes:
    data = bytearray(made.packed({"a.txt": "secret"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", _encrypted_zip()),
        ("a.ods", made.ods(made.ROWS, encrypted=True)),
        ("a.xlsx", made.compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000})),
        ("a.xls", made.compound({"Workbook": b"\x09\x08\x04\0abcd" + b"\x2f\0\x06\0\1\0\1\0\4\0" + b"\0" * 4100})),
    ],
)
def test_what_is_encrypted_is_known_as_such_and_no_error(name: str, data: bytes) -> None:
    document = read(data, name)
    assert (document.protected, document.unread) == (True, None)


def test_without_words_there_are_no_parts() -> None:
    assert read(b"", "a.txt").parts == ()
    assert read(b" \n ", "a.csv").parts == ()


def test_limits_cut_and_say_so() -> None:
    limits = Limits(rows=2, characters=60, pages=1)
    assert (read(made.csv(), "a.csv", limits).cut, len(rows(read(made.csv(), "a.csv", limits)))) == (True, 2)
    assert read(b"x" * 61, "a.txt", limits).cut
    document = read(made.pdf([["one"], ["two"]]), "a.pdf", limits)
    assert (document.cut, words(document)) == (True, "one")


def test_the_place_of_a_row_is_where_the_sheet_shows_it() -> None:
    document = read(made.xlsx({"A": [["x"]], "B": made.ROWS}), "a.xlsx")
    assert next(part.place for part in document.parts if part.kind is PartKind.ROW) == Place(sheet=2, row=2)


def test_a_file_in_a_format_that_nobody_reads_says_so() -> None:
    assert read(b"\x7fELF" + b"\0\1\2\3" * 99, "a.exe").unread is Unread.NO_READER


@pytest.mark.parametrize(
    ("library", "name", "data"),
    [
        ("python_calamine", "a.xlsx", made.xlsx({"S": made.ROWS})),
        ("pypdfium2", "a.pdf", made.pdf([[ID]])),
        ("PIL", "a.gif", b"GIF89a" + b"\0" * 20),
        ("olefile", "a.msg", made.msg("x", ID)),
    ],
)
def test_without_its_library_a_file_is_unread_and_the_others_are_read(
    library: str, name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert read(data, name).unread is Unread.NO_LIBRARY
    document = read(made.packed({name: data, "b.txt": ID}), "a.zip")
    assert (document.unread, document.unread_files) == (Unread.NO_LIBRARY, 1)
    assert ID in [part.text for part in document.parts]
