"""Parts of a file -> findings that know the part's kind and place; rows of a table are people."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from detectors.documents.document import Document, DocumentKind, DocumentPart, PartKind, Place, Unread
from detectors.documents.layout import SURE, known
from detectors.documents.organisations import NAMED, of_nobody_real, of_office, of_organisation
from detectors.errors import TooSlowError
from detectors.finding import Finding
from detectors.types import TYPES

Find = Callable[[str], tuple[Finding, ...]]
"""`Detector.find`."""

MOST_FINDINGS = 1_000
"""Findings kept of one file; beyond them only rows are counted."""

MOST_PEOPLE = 1_000
"""Rows with somebody's data that are looked at in a table; the rest count as those before them do."""

_CODES = 5
"""Numbers of a table with wrong check digits, from which the others may be right by chance."""
_SLICE, _PAUSE = 0.002, 0.004
"""Seconds of work, and of the pause after it: a message takes several turns of the loop, each of which would wait."""

_LIGHT = frozenset(type_.name for type_ in TYPES if not type_.personal)
_PAGES = frozenset({PartKind.TEXT, PartKind.PICTURE})
_SOMEBODY = re.compile(
    r"^name: (?:.*[^\d\s.,%$].*|\d{4,})$"
    r"|^[^:\n]*(?:staff|emp|employee|worker|員工|僱員|職員|工)[^:\n]*(?:no|id|code|number|號)\b[^:\n]*: \S",
    re.IGNORECASE | re.MULTILINE,
)
"""Cells that say whose a row is, though no name may be found in them."""
_OF_ROW = 0.75
"""The score of what a row says of whom it names."""
_PEOPLE_OF_PARTS = 1_000_000
"""Numbers of people begin here in parts that are no rows: a part may name one who has several numbers."""


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """A finding (`part` is "file", its start and end are of no use outside), what part it stands in, and where."""

    finding: Finding
    kind: PartKind
    place: Place


@dataclass(frozen=True, slots=True)
class DocumentFindings:
    """What was found in a file.

    `people` counts the rows of tables that hold somebody's data, or the values of the most frequent kind in what is no
    table, whichever is more; `sheets` says in which table (`Place` of file, page or sheet) how many rows. `bulk`: three
    or more. `more`: findings beyond `MOST_FINDINGS` were left. `unjudged` counts parts that took the detector too long.
    The rest is as in `Document`.
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
        """Whether several people's data stand in it."""
        return self.people >= 3


def judge(document: Document, find: Find, rows: Find | None = None) -> DocumentFindings:
    """Return what `find` (a `Detector`'s) says of the file's parts, and `rows`, if given, of the rows of tables."""
    judging = _Judging(document, find, rows or find)
    for _ in judging.steps():
        pass
    return judging.result()


async def judged(document: Document, find: Find, rows: Find | None = None) -> DocumentFindings:
    """Do the same on a running event loop, in slices of a few milliseconds: messages go first."""
    judging = _Judging(document, find, rows or find)
    until = time.monotonic() + _SLICE
    for _ in judging.steps():
        if time.monotonic() >= until:
            await asyncio.sleep(_PAUSE)
            until = time.monotonic() + _SLICE
    return judging.result()


@dataclass(slots=True)
class _Judging:
    """The state of one file's judgement."""

    document: Document
    find: Find
    rows: Find
    found: list[DocumentFinding] = field(default_factory=list)
    looked: Counter[Place] = field(default_factory=Counter)
    sheets: Counter[Place] = field(default_factory=Counter)
    unlooked: Counter[Place] = field(default_factory=Counter)
    more: bool = False
    unjudged: int = 0

    def steps(self) -> Generator[None]:
        for number, part in enumerate(self.document.parts, 1):
            sheet = replace(part.place, row=0, column=0, line=0)
            if part.kind is PartKind.ROW and self.sheets[sheet] >= MOST_PEOPLE:
                self.unlooked[sheet] += 1
            else:
                self._judge(number, part, sheet)
            yield

    def _judge(self, number: int, part: DocumentPart, sheet: Place) -> None:
        try:
            findings = (self.rows if part.kind is PartKind.ROW else self.find)(part.text)
        except TooSlowError:
            self.unjudged += 1
            return
        kind = part.kind
        if kind in _PAGES:
            layout = known(part.text, findings)
            kind, findings = layout.kind or kind, layout.findings
        if kind is PartKind.ROW:
            findings = _of_row(of_organisation(part.text, findings))
        else:
            findings = of_nobody_real(part.text, findings)
        findings = tuple(of_office(part.text, one, findings) for one in findings)
        if kind is PartKind.ROW:
            findings = () if _of_nobody(part.text, findings) else findings
            self.looked[sheet] += 1
            self.sheets[sheet] += any(one.score >= SURE and one.type not in _LIGHT for one in findings)
        room = MOST_FINDINGS - len(self.found)
        self.more = self.more or len(findings) > room
        self.found += [_placed(finding, number, kind, part) for finding in findings[:room]]

    def result(self) -> DocumentFindings:
        document = self.document
        self._leave_codes()
        rows = {sheet: people + self._rest(sheet) for sheet, people in self.sheets.items() if people}
        return DocumentFindings(
            document.kind,
            tuple(self.found),
            people=max(sum(rows.values()), _values(self.found)),
            sheets=tuple(rows.items()),
            more=self.more,
            unjudged=self.unjudged,
            protected=document.protected,
            unread=document.unread,
            cut=document.cut,
            unread_files=document.unread_files,
        )

    def _leave_codes(self) -> None:
        """Leave out bare numbers that only look like identity cards: most beside them in the table fail the check."""
        bare = [one for one in self.found if one.kind is PartKind.ROW and _is_bare(one.finding)]
        wrong = Counter(_table(one) for one in bare if "check_digit_wrong" in one.finding.evidence)
        right = Counter(_table(one) for one in bare if "check_digit" in one.finding.evidence)
        codes = {table for table, count in wrong.items() if count > 2 * right[table] and count >= _CODES}
        left = [one for one in self.found if _table(one) not in codes or not _is_bare(one.finding)]
        gone = {one.place for one in bare if _table(one) in codes and one.finding.score >= SURE}
        self.found[:] = left
        told = {replace(one.place, column=0) for one in left if one.finding.score >= SURE}
        for place in {replace(place, column=0) for place in gone} - told:
            self.sheets[replace(place, row=0)] -= 1

    def _rest(self, sheet: Place) -> int:
        """How many people the rows that nobody looked at hold, if they are like those before them."""
        return round(self.unlooked[sheet] * self.sheets[sheet] / self.looked[sheet]) if self.unlooked[sheet] else 0


def _placed(finding: Finding, number: int, kind: PartKind, part: DocumentPart) -> DocumentFinding:
    line = part.text.count("\n", 0, finding.start)
    row = part.kind is PartKind.ROW
    place = replace(part.place, column=line + 1) if row else replace(part.place, line=max(part.place.line, 1) + line)
    person = number if row else finding.person and _PEOPLE_OF_PARTS + number
    return DocumentFinding(replace(finding, part="file", person=person), kind, place)


def _is_bare(finding: Finding) -> bool:
    return finding.type == "HKID" and not {"context_word", "bracket"}.intersection(finding.evidence)


def _table(one: DocumentFinding) -> Place:
    return replace(one.place, row=0, column=0, line=0)


def _of_row(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a row; what it says of somebody's work is said of whoever it names, cells away."""
    if not any(one.type == "PERSON" and one.score >= NAMED for one in findings):
        return tuple(findings)
    return tuple(replace(one, score=_OF_ROW) if _lacks_person(one) else one for one in findings)


def _lacks_person(finding: Finding) -> bool:
    """Whether a word of appraisal or discipline has nothing against it but that nobody stands near."""
    return finding.type == "PERFORMANCE_TALK" and finding.evidence in (("term_vague",), ("term_clear",))


def _of_nobody(row: str, findings: Sequence[Finding]) -> bool:
    """Whether a row under headings holds pay and nobody who gets it: a grade's, a department's, a year's."""
    others = [one for one in findings if one.type != "SALARY" and "business" not in one.traits and one.score >= SURE]
    if "\t" in row or not findings or others:
        return False
    return not _SOMEBODY.search(row)


def _values(found: list[DocumentFinding]) -> int:
    """How many different values of the most frequent kind stand in what is no table; one person's count once."""
    values: dict[str, set[object]] = {}
    for one in found:
        finding = one.finding
        if one.kind is not PartKind.ROW and finding.score >= SURE and finding.type not in _LIGHT:
            value = finding.person or finding.key or id(finding)
            values.setdefault(finding.type, set()).add(value)
    return max(map(len, values.values()), default=0)
