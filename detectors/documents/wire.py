"""How a job goes into the child process and a document comes out: lines of JSON, for what comes out is not trusted.

A line for each part and a last one about the whole, so that nobody has to read a large answer at one go.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, astuple

from detectors.documents.document import Document, DocumentKind, DocumentPart, Limits, PartKind, Place, Unread

LONGEST_LINE = 1_000_000
MOST_ANSWER = 100_000_000
"""Bytes of a line and of an answer; a child that says more has been taken over."""


def job(data: bytes, name: str, limits: Limits) -> bytes:
    """Write what the child reads: a line of JSON, and the file's bytes."""
    head = {"name": name.encode("utf-8", "replace").decode(), "limits": asdict(limits)}
    return json.dumps(head).encode() + b"\n" + data


def asked(head: bytes) -> tuple[str, Limits]:
    """Read the first line of a job: the file's name and the limits."""
    said = json.loads(head)
    return said["name"], Limits(**said["limits"])


def answer(document: Document) -> Iterator[bytes]:
    """Write a document, line by line."""
    for part in document.parts:
        yield json.dumps([part.kind, astuple(part.place), part.text]).encode() + b"\n"
    whole = {"kind": document.kind, "protected": document.protected, "unread": document.unread, "cut": document.cut}
    yield json.dumps(whole | {"unread_files": document.unread_files}).encode() + b"\n"


class Answer:
    """A document that comes in line by line. Raises ValueError, KeyError or TypeError for anything else."""

    def __init__(self) -> None:
        self._parts: list[DocumentPart] = []
        self._size = 0

    def line(self, raw: bytes) -> Document | None:
        """Take a line; returns the document with the last one."""
        self._size += len(raw)
        if self._size > MOST_ANSWER:
            raise ValueError
        said = json.loads(raw)
        if isinstance(said, dict):
            return self._document(said)
        kind, place, text = said
        self._parts.append(DocumentPart(PartKind(kind), Place(*(int(number) for number in place)), str(text)))
        return None

    def _document(self, said: dict[str, object]) -> Document:
        unread = said["unread"]
        return Document(
            DocumentKind(str(said["kind"])),
            tuple(self._parts),
            protected=said["protected"] is True,
            unread=None if unread is None else Unread(str(unread)),
            cut=said["cut"] is True,
            unread_files=int(str(said["unread_files"])),
        )
