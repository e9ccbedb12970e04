"""A draft notification as a Word document, by python-docx."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from bot.evidence.draft import Draft, blank
from bot.wording import say

LATIN, CHINESE = "Arial", "Microsoft JhengHei"
"""Fonts that every Word has; another program takes its own."""
RED = RGBColor(0xB0, 0x00, 0x20)
"""What is still to be filled in."""


def letter(draft: Draft) -> bytes:
    """Write the document: a table of two columns for each section, blanks in red."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)
    document.core_properties.author = draft.author
    document.core_properties.title = draft.title
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime.fromtimestamp(draft.made_at, UTC)
    document.add_heading(draft.title, 0)
    for note in draft.notes:
        document.add_paragraph(note)
    for title, fields in draft.sections:
        document.add_heading(title, 1)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        for field in fields:
            asks, answer = table.add_row().cells
            asks.paragraphs[0].add_run(field.asks).bold = True
            answer.paragraphs[0].add_run(field.known)
            if field.blank:
                where = answer.add_paragraph() if field.known else answer.paragraphs[0]
                where.add_run(blank(draft, field)).font.color.rgb = RED
    document.add_paragraph(say(draft.language, "draft.end"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
