"""Files as other programs than the first makers' write them: merged cells, hidden columns, fonts that are not within."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.documents.writing import SANS, SERIF

__all__ = ["SANS"]
Row = Sequence[object]
Line = str | Sequence[tuple[int, str]]
"""A line of a page: its words, or words at their places."""
Block = str | Sequence[Row]
"""A piece of a letter: a paragraph or a table."""


def xlsx(
    rows: Sequence[Row],
    merges: Sequence[str] = (),
    title: str = "Sheet1",
    hide: Sequence[str] = (),
    extra: Mapping[str, Sequence[Row]] | None = None,
) -> bytes:
    """A workbook; `hide` names columns, `extra` holds further sheets."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

    book = Workbook()
    s = book.active
    s.title = title
    for y, row in enumerate(rows, 1):
        for x, v in enumerate(row, 1):
            if v is not None and v != "":
                s.cell(y, x, v)
    for m in merges:
        s.merge_cells(m)
    for c in hide:
        s.column_dimensions[c].hidden = True
    s["A1"].font = Font(bold=True)
    s["A1"].fill = PatternFill("solid", fgColor="DDEEFF")
    for name, more in (extra or {}).items():
        t = book.create_sheet(name)
        for row in more:
            t.append(list(row))
    return _saved(book)


def xls(rows: Sequence[Row]) -> bytes:
    """A workbook of long ago."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    s = book.add_sheet("工作表1")
    for y, row in enumerate(rows):
        for x, v in enumerate(row):
            if v is not None and v != "":
                s.write(y, x, v)
    return _saved(book)


def ods(rows: Sequence[Row]) -> bytes:
    """A workbook of LibreOffice."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    doc = OpenDocumentSpreadsheet()
    t = Table(name="Sheet1")
    for row in rows:
        r = TableRow()
        for v in row:
            if isinstance(v, (int, float)):
                c = TableCell(valuetype="float", value=str(v))
            else:
                c = TableCell(valuetype="string") if v else TableCell()
            if v not in (None, ""):
                c.addElement(P(text=str(v)))
            r.addElement(c)
        t.addElement(r)
    doc.spreadsheet.addElement(t)
    return _saved(doc)


def flat(rows: Sequence[Row], sign: str = ",", encoding: str = "utf-8-sig", *, quoted: bool = False) -> bytes:
    """Cells and the signs between them."""
    out = io.StringIO()
    csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def docx(blocks: Sequence[Block], header: str = "") -> bytes:
    """A letter; its first paragraph is a heading."""
    from docx import Document

    letter = Document()
    if header:
        letter.sections[0].header.paragraphs[0].text = header
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            letter.add_paragraph(block, style=None if number else "Heading 1")
            continue
        table = letter.add_table(rows=0, cols=max(map(len, block)))
        for row in block:
            for cell, value in zip(table.add_row().cells, row, strict=False):
                cell.text = str(value)
    return _saved(letter)


def odt(lines: Sequence[str]) -> bytes:
    """A letter of LibreOffice."""
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    doc = OpenDocumentText()
    for line in lines:
        doc.text.addElement(P(text=line))
    return _saved(doc)


def pdf(lines: Sequence[Line], font: str = SERIF) -> bytes:
    """A page with its font; places are millimetres from the left."""
    from fpdf import FPDF

    file = FPDF()
    file.add_page()
    file.add_font("f", fname=font, collection_font_number=3)
    file.set_font("f", size=11)
    top = 20.0
    for line in lines:
        for left, words in [(20, line)] if isinstance(line, str) else line:
            file.set_xy(left, top)
            if isinstance(line, str):
                file.multi_cell(170, 6, words)
            else:
                file.cell(w=0, h=6, text=words)
        top = max(file.get_y() if isinstance(line, str) else 0, top + 7)
    return bytes(file.output())


def cid(lines: Sequence[Line]) -> bytes:
    """A page whose Chinese font is not within; places are points from the left."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    out = io.BytesIO()
    page = Canvas(out)
    page.setFont("MSung-Light", 11)
    for number, line in enumerate(lines):
        for left, words in [(60, line)] if isinstance(line, str) else line:
            page.drawString(left, 790 - 18.7 * number, words)
    page.save()
    return out.getvalue()


def columns(title: str, labels: Sequence[str], answers: Sequence[str]) -> bytes:
    """A form whose labels are written first, and all answers after them."""
    from fpdf import FPDF

    file = FPDF()
    file.add_page()
    file.set_font("Helvetica", size=11)
    file.text(20, 20, title)
    for left, words in ((20, labels), (80, answers)):
        for number, said in enumerate(words):
            file.text(left, 40 + 12 * number, said)
    return bytes(file.output())


def pptx(slides: Sequence[tuple[str, Block]]) -> bytes:
    """Slides with a title above words or a table."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    for title, body in slides:
        s = deck.slides.add_slide(deck.slide_layouts[5])
        s.shapes.title.text = title
        if isinstance(body, str):
            s.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(4)).text_frame.text = body
        else:
            t = s.shapes.add_table(len(body), len(body[0]), Inches(1), Inches(2), Inches(8), Inches(3)).table
            for y, row in enumerate(body):
                for x, v in enumerate(row):
                    t.cell(y, x).text = str(v)
    return _saved(deck)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
