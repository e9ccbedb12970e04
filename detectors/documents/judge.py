"""Parts of a file -> findings that know the part's kind and place; rows of a table are people."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace

from detectors.documents.document import Document, DocumentKind, DocumentPart, PartKind, Place, Unread
from detectors.finding import Finding
from detectors.types import TYPES

Find = Callable[[str], tuple[Finding, ...]]
"""`Detector.find`."""

MOST_FINDINGS = 1_000
"""Findings kept of one file; beyond them only rows are counted."""

SURE = 0.5
"""Findings with a lower score count for nobody."""

_SLICE = 0.004
"""Seconds of work between two pauses, in which messages are judged."""

_BESIDE = frozenset(type_.name for type_ in TYPES if type_.beside)


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """A finding (`part` is "file", its start and end are of no use outside), what part it stands in, and where."""

    finding: Finding
    kind: PartKind
    place: Place


@dataclass(frozen=True, slots=True)
class DocumentFindings:
    """What was found in a file.

    `people` counts the rows of tables that hold somebody's data; `sheets` says in which table (`Place` of file, page
    or sheet) how many of them stand. `bulk`: three or more. `more` says that findings beyond `MOST_FINDINGS` were left.
    `unjudged` counts parts that took the detector too long. The rest is as in `Document`.
    """

    kind: DocumentKind
    found: tuple[DocumentFinding, ...] = ()
    people: int = 0
    sheets: tuple[tuple[Place, int], ...] = ()
    more: bool = False
    unjudged: int = 0
    protected: bool = False
    unread: Unread | None = None
    cut: bool = False
    unread_files: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings alone, for policies: those of one row are one person's."""
        return tuple(one.finding for one in self.found)

    @property
    def bulk(self) -> bool:
        """Whether several people's data stand in rows."""
        return self.people >= 3


def judge(document: Document, find: Find) -> DocumentFindings:
    """Return what `find` (a `Detector`'s) says of the file's parts."""
    judging = _Judging(document, find)
    for _ in judging.steps():
        pass
    return judging.result()


async def judged(document: Document, find: Find) -> DocumentFindings:
    """Do the same on a running event loop, in slices of a few milliseconds: messages go first."""
    judging = _Judging(document, find)
    until = time.monotonic() + _SLICE
    for _ in judging.steps():
        if time.monotonic() >= until:
            await asyncio.sleep(0)
            until = time.monotonic() + _SLICE
    return judging.result()


@dataclass(slots=True)
class _Judging:
    """The state of one file's judgement."""

    document: Document
    find: Find
    found: list[DocumentFinding] = field(default_factory=list)
    sheets: Counter[Place] = field(default_factory=Counter)
    more: bool = False
    unjudged: int = 0

    def steps(self) -> Generator[None]:
        for number, part in enumerate(self.document.parts, 1):
            self._judge(number, part)
            yield

    def _judge(self, number: int, part: DocumentPart) -> None:
        findings = self.find(part.text)
        counting = [one for one in findings if one.score >= SURE and one.type not in _BESIDE]
        if part.kind is PartKind.ROW and counting:
            self.sheets[replace(part.place, row=0, column=0, line=0)] += 1
        for finding in findings:
            if len(self.found) == MOST_FINDINGS:
                self.more = True
                return
            self.found.append(_placed(finding, number, part))

    def result(self) -> DocumentFindings:
        document = self.document
        return DocumentFindings(
            document.kind,
            tuple(self.found),
            people=self.sheets.total(),
            sheets=tuple(self.sheets.items()),
            more=self.more,
            unjudged=self.unjudged,
            protected=document.protected,
            unread=document.unread,
            cut=document.cut,
            unread_files=document.unread_files,
        )


def _placed(finding: Finding, number: int, part: DocumentPart) -> DocumentFinding:
    line = part.text.count("\n", 0, finding.start) + 1
    row = part.kind is PartKind.ROW
    place = replace(part.place, column=line) if row else replace(part.place, line=line)
    person = number if row else finding.person and 1_000_000 + number
    return DocumentFinding(replace(finding, part="file", person=person), part.kind, place)
