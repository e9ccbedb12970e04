"""What was found in a file, as policies and the log want it: in which part and where, without a word of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.judging.judged import PartFindings
from bot.message import Message
from bot.store import REMOVES, Held, LookRow, Spot
from bot.words import PartKind
from detectors.documents.document import DocumentKind, Place
from detectors.documents.document import PartKind as Inside
from detectors.documents.judge import DocumentFinding, DocumentFindings
from detectors.finding import Finding

SPOTS = 3
"""Places in a file that are told: enough to find the rest."""

_SEEN = frozenset({Inside.PICTURE, Inside.CARD, Inside.PASSPORT, Inside.CERTIFICATE})
"""Parts that were read off a picture."""

_KEPT_WORDING = ("distress", "doxxing", "external")
"""Sentences that say more than that it is a file."""

FILE = "file"
"""The sentence about a file; it names the kinds that were found."""


def message_of(look: LookRow) -> Message:
    """The message that a file hangs on, as far as it was written down: without its words."""
    return Message(
        platform=look.platform,
        workspace=look.workspace,
        chat=look.chat,
        id=look.message,
        sender=look.sender,
        sent_at=look.posted_at,
        parts=(),
        revision=look.revision,
        thread=look.thread,
        album=look.album,
        audience=look.audience,
        language=look.language,
        sender_role=look.sender_role,
        forwarded=look.forwarded,
        external=look.external,
    )


def file_facts(found: DocumentFindings, size: int | None) -> dict[str, Any]:
    """What rules may know of a file besides findings: fields of `Facts`."""
    return {"file_kind": found.kind, "file_size": size, "protected": found.protected}


def placed(found: DocumentFindings) -> list[DocumentFinding]:
    """The findings of a file, each with the kind of part that policies know: what a picture shows is one of its own."""
    return [_in_part(one, found.kind) for one in found.found]


def _in_part(one: DocumentFinding, kind: DocumentKind) -> DocumentFinding:
    part = PartKind.PICTURE if one.kind in _SEEN or kind is DocumentKind.PICTURE else PartKind.FILE
    # A sheet has a thousand findings, which all stand in a file already, and messages wait meanwhile.
    return one if one.finding.part == part else replace(one, finding=replace(one.finding, part=part))


def by_part(found: Sequence[DocumentFinding]) -> list[PartFindings]:
    """The findings under the kinds of parts that they stand in."""
    return [(PartKind(one.finding.part), (one.finding,)) for one in found]


def told_of_file(wording: Sequence[str]) -> tuple[str, ...]:
    """Which sentences tell of it: a file is spoken of as a file, whatever a rule says of words in a message."""
    kept = [key for key in wording if key in _KEPT_WORDING]
    return (*kept, FILE, *([REMOVES] if REMOVES in wording else [])) if wording else ()


def held(document: DocumentFindings, found: Sequence[DocumentFinding], counted: Sequence[Finding]) -> tuple[Held, ...]:
    """Where in a file those findings stand that count: the fullest places first; nothing when none does."""
    wanted = set(map(id, counted))
    spots = Counter(_spot(one.place) for one in found if id(one.finding) in wanted)
    rows = {_spot(place): count for place, count in document.sheets}
    # A file has more rows than findings that are kept, so the rows of a table are counted apart.
    told = [replace(spot, rows=rows.get(spot, 0)) for spot, _ in spots.most_common(SPOTS)]
    return (Held(document.kind, tuple(told)),) if told else ()


def _spot(place: Place) -> Spot:
    return Spot(place.file, place.page, place.sheet)
