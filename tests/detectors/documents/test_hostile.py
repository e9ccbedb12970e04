"""Bombs, broken files, polyglots, ten thousand pages, deep nesting: each ends as a code, none as a fault."""

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

import pytest

from detectors.documents.document import DocumentKind, Limits, Unread
from detectors.documents.reading import read
from tests.detectors.documents import made

ID = "A123456(3)"
SMALL = Limits(unpacked=1_000_000)


def png(width: int, height: int) -> bytes:
    """A picture that says how large it is, and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def understated(data: bytes, size: int) -> bytes:
    """A zip file whose only member says that it is no larger than `size`."""
    changed = bytearray(data)
    changed[22:26] = struct.pack("<I", size)
    at = changed.index(b"PK\x01\x02") + 24
    changed[at : at + 4] = struct.pack("<I", size)
    return bytes(changed)


def nested(levels: int) -> bytes:
    """Archives in archives, a card's number in the innermost."""
    data = made.packed({"note.txt": ID})
    for _ in range(levels):
        data = made.packed({"inner.zip": data})
    return data


BOMBS = {
    "a.zip": made.packed({"zeros.txt": b"\0" * 2_000_000}),
    "many.zip": made.packed({f"{n}.txt": b"0" * 100_000 for n in range(20)}),
    "a.xlsx": made.xlsx({"S": made.ROWS}, **{"xl/media/x.bin": b"\0" * 2_000_000}),
    "a.docx": made.docx(["x" * 2_000_000]),
    "laughs.docx": made.docx(**{"word/footer1.xml": "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x>&b;</x>"}),
    "huge.png": png(60_000, 60_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_unpacked(name: str) -> None:
    document = read(BOMBS[name], name, SMALL)
    assert document.unread is Unread.BOMB


def test_a_member_that_is_larger_than_it_says_is_not_unpacked_further() -> None:
    data = understated(made.packed({"zeros.txt": b"0" * 2_000_000}), 1_000)
    document = read(data, "a.zip", SMALL)
    assert document.unread is Unread.BROKEN
    assert sum(len(part.text) for part in document.parts) < 2_000


def test_an_archive_in_an_archive_is_left_and_counted() -> None:
    document = read(nested(3), "a.zip")
    assert (document.unread, document.unread_files) == (Unread.NESTED, 1)
    assert [part.text for part in document.parts] == ["inner.zip"]


def test_one_level_is_read_also_in_mails_and_mails_also_in_archives() -> None:
    mail = EmailMessage()
    mail.add_attachment(nested(0), maintype="application", subtype="zip", filename="a.zip")
    assert ID in [part.text for part in read(mail.as_bytes(), "a.eml").parts]
    packed = made.packed({"a.eml": b"Subject: x\n\n" + ID.encode()})
    assert ID in [part.text for part in read(packed, "a.zip").parts]


WHOLE = {
    "a.docx": made.docx([ID], made.ROWS),
    "a.xlsx": made.xlsx({"S": made.ROWS}),
    "a.ods": made.ods(made.ROWS),
    "a.pptx": made.pptx([[ID]]),
    "a.pdf": made.pdf([[ID]] * 3),
    "a.msg": made.msg("x", ID, {"a.csv": made.csv()}),
    "a.zip": made.packed({"a.csv": made.csv(), "b.docx": made.docx([ID])}),
    "a.eml": b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n" + ID.encode() + b"\n--b--",
    "a.png": png(64, 64),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_file_is_a_code_and_never_a_fault(name: str) -> None:
    """Cut off anywhere, or with bytes changed: `read` returns."""
    data = WHOLE[name]
    for part in (3, 7, 10, 16, 19):
        read(data[: len(data) * part // 20], name)
        spoilt = bytearray(data)
        for at in range(part, len(spoilt), 37 + part):
            spoilt[at] ^= 0x55
        read(bytes(spoilt), name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.zip", "a.png"])
def test_half_a_file_is_broken(name: str) -> None:
    assert read(WHOLE[name][: len(WHOLE[name]) // 2], name).unread is Unread.BROKEN


def test_a_polyglot_is_read_as_both() -> None:
    document = read(made.pdf([["nothing"]]) + made.packed({"note.txt": ID}), "a.pdf")
    assert document.kind is DocumentKind.PDF
    assert ID in [part.text for part in document.parts]


def test_a_file_is_what_its_bytes_say_whatever_its_name() -> None:
    assert read(made.pdf([[ID]]), "holiday.jpg").kind is DocumentKind.PDF
    assert read(made.csv(), "a.pdf").kind is DocumentKind.TEXT


def test_of_ten_thousand_pages_the_first_are_read() -> None:
    document = read(made.pdf([[ID]] * 10_000), "a.pdf", Limits(pages=5))
    assert (document.cut, document.unread, len(document.parts)) == (True, None, 5)


def test_deep_nesting_ends_as_broken_or_is_read() -> None:
    deep = 20_000
    xml = "<p>" * deep + ID + "</p>" * deep
    assert read(made.docx(**{"word/footnotes.xml": xml}), "a.docx").unread is Unread.BROKEN
    html = ("<html>" + "<div>" * deep + ID).encode()
    assert ID in read(html, "a.html").parts[0].text
    mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 500
    assert read(b"Subject: x\n" + mail, "a.eml").kind is DocumentKind.MAIL


def test_a_sheet_as_wide_or_as_long_as_sheets_can_be_is_cut() -> None:
    document = read(b",".join([b"1"] * 100_000), "wide.csv")
    assert len(document.parts[0].text) < 5_000
    assert read(b"a,b\n" * 1_000, "long.csv", Limits(rows=10)).cut


def test_an_archive_of_a_hundred_thousand_files_is_a_bomb() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for number in range(20_001):
            file.writestr(zipfile.ZipInfo(f"{number}"), b"")
    assert read(out.getvalue(), "a.zip").unread is Unread.BOMB
