"""How a job goes into the child process and a document comes out: JSON, for what comes out is not to be trusted."""

import json
from dataclasses import asdict

from detectors.documents.document import Document, DocumentKind, DocumentPart, Limits, PartKind, Place, Unread

MOST_ANSWER = 64_000_000
"""Bytes of an answer; a child that says more has been taken over."""


def job(data: bytes, name: str, limits: Limits) -> bytes:
    """Write what the child reads: a line of JSON, and the file's bytes."""
    head = {"name": name.encode("utf-8", "replace").decode(), "limits": asdict(limits)}
    return json.dumps(head).encode() + b"\n" + data


def asked(head: bytes) -> tuple[str, Limits]:
    """Read the first line of a job: the file's name and the limits."""
    said = json.loads(head)
    return said["name"], Limits(**said["limits"])


def answer(document: Document) -> bytes:
    """Write a document."""
    parts = [[part.kind, list(asdict(part.place).values()), part.text] for part in document.parts]
    rest = {"kind": document.kind, "protected": document.protected, "unread": document.unread, "cut": document.cut}
    return json.dumps({**rest, "unread_files": document.unread_files, "parts": parts}).encode()


def answered(raw: bytes) -> Document:
    """Read a document; raises ValueError, KeyError or TypeError for anything else."""
    said = json.loads(raw)
    parts = tuple(
        DocumentPart(PartKind(kind), Place(*(int(number) for number in place)), str(text))
        for kind, place, text in said["parts"]
    )
    unread = said["unread"]
    return Document(
        DocumentKind(said["kind"]),
        parts,
        protected=said["protected"] is True,
        unread=None if unread is None else Unread(unread),
        cut=said["cut"] is True,
        unread_files=int(said["unread_files"]),
    )
