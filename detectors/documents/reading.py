"""Bytes and a name -> `Document`. Run inside the sandbox: libraries that read files are not to be trusted."""

import csv
import io

from detectors.documents.document import Document, DocumentKind, DocumentPart, Limits, PartKind, Place, Unread

USUAL = Limits()


def read(data: bytes, name: str, limits: Limits = USUAL) -> Document:
    """Return what the file holds; never raises for what a file may be."""
    if len(data) > limits.size:
        return Document(DocumentKind.UNKNOWN, unread=Unread.TOO_LARGE)
    text = data.decode("utf-8-sig", "replace")
    if name.lower().endswith(".csv"):
        return Document(DocumentKind.SHEET, tuple(_rows(text)))
    return Document(DocumentKind.TEXT, (DocumentPart(PartKind.TEXT, Place(), text),))


def _rows(text: str) -> list[DocumentPart]:
    rows = list(csv.reader(io.StringIO(text)))
    heading = rows[0] if rows else []
    return [
        DocumentPart(
            PartKind.ROW,
            Place(sheet=1, row=number),
            "\n".join(f"{head}: {cell}" for head, cell in zip(heading, row, strict=False) if cell),
        )
        for number, row in enumerate(rows[1:], 2)
    ]
