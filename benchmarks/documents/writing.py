"""Tables, lines and pictures -> files, by the libraries that offices' programs stand on (extra `bench`)."""

import csv
import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

Rows = Sequence[Sequence[object]]

SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
"""Debian's fonts-noto-cjk; the fourth font in each is Hong Kong's."""


def xlsx(sheets: dict[str, Rows], *, hide: str = "", comment: str = "") -> bytes:
    """A workbook; `hide` names a sheet that is hidden, `comment` stands beside its first cell."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name == hide:
            sheet.sheet_state = "hidden"
        if comment:
            sheet["A1"].comment = Comment(comment, "")
    return _saved(book)


def xls(sheets: dict[str, Rows]) -> bytes:
    """A workbook of long ago."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                sheet.write(y, x, value)
    return _saved(book)


def table(rows: Rows, *, sign: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """CSV as Excel and others write it."""
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def docx(lines: Sequence[str], rows: Rows = (), *, header: str = "", picture: bytes = b"") -> bytes:
    """A letter, with a table and a picture below."""
    from docx import Document

    document = Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for line in lines:
        document.add_paragraph(line)
    if rows:
        grid = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, value in zip(grid.add_row().cells, row, strict=True):
                cell.text = str(value)
    if picture:
        document.add_picture(io.BytesIO(picture))
    return _saved(document)


def pptx(slides: Sequence[tuple[str, Sequence[str]]], *, notes: str = "") -> bytes:
    """Slides with a title and lines; notes under the last."""
    from pptx import Presentation

    deck = Presentation()
    for title, lines in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    return _saved(deck)


def pdf(pages: Sequence[Sequence[str]], *, font: str = SANS) -> bytes:
    """Pages of text, the font within."""
    from fpdf import FPDF

    file = FPDF()
    file.add_font("cjk", fname=font, collection_font_number=3)
    file.set_font("cjk", size=11)
    for lines in pages:
        file.add_page()
        for line in lines:
            file.multi_cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(file.output())


def scan(pictures: Sequence[Any]) -> bytes:
    """Pictures as the pages of a PDF."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=150)
    return out.getvalue()


def mail(subject: str, body: str, attached: dict[str, bytes], *, charset: str = "utf-8", form: str = "base64") -> bytes:
    """A mail as a file."""
    one = EmailMessage()
    one["Subject"], one["From"], one["To"] = subject, "HR <hr@example.com.hk>", "All <all@example.com.hk>"
    one.set_content(body, charset=charset, cte=form)
    for name, data in attached.items():
        one.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return one.as_bytes()


def packed(files: dict[str, bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def saved(picture: Any, form: str, quality: int = 80) -> bytes:
    """A picture as a file: JPEG, PNG, WEBP or HEIF."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    out = io.BytesIO()
    picture.save(out, form, quality=quality)
    return out.getvalue()


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
