"""What is found in a file, as policies and the log get it."""

import pytest

from bot.judging.looked import SPOTS, file_facts, held, placed, told_of_file
from bot.store import REMOVES, Held, Spot
from detectors.documents.document import Document, DocumentKind, DocumentPart, PartKind, Place
from detectors.documents.judge import judge
from tests.fakes.judging import Marks


def of(kind: DocumentKind, *parts: tuple[PartKind, Place, str], protected: bool = False) -> Document:
    return Document(kind, tuple(DocumentPart(*part) for part in parts), protected=protected)


@pytest.mark.parametrize(
    ("kind", "inside", "part"),
    [
        (DocumentKind.LETTER, PartKind.TEXT, "file"),
        (DocumentKind.SHEET, PartKind.ROW, "file"),
        (DocumentKind.PDF, PartKind.PICTURE, "picture"),
        (DocumentKind.PICTURE, PartKind.PICTURE, "picture"),
        (DocumentKind.PICTURE, PartKind.PROPERTY, "picture"),
    ],
)
def test_policies_tell_what_is_seen_from_what_is_written(kind: DocumentKind, inside: PartKind, part: str) -> None:
    found = placed(judge(of(kind, (inside, Place(), "hkid:1")), Marks().find))
    assert [one.finding.part for one in found] == [part]


def test_the_fullest_places_are_told_first_with_their_rows() -> None:
    rows = [(PartKind.ROW, Place(sheet=2, row=number), f"hkid:{number}") for number in range(40)]
    pages = [(PartKind.TEXT, Place(page=number), f"hkid:p{number}") for number in (3, 3, 5, 7, 9)]
    found = judge(of(DocumentKind.ARCHIVE, *pages, *rows), Marks().find)
    several = placed(found)

    (told,) = held(found, several, [one.finding for one in several])
    assert told.kind == "archive"
    assert told.spots[:2] == (Spot(sheet=2, rows=40), Spot(page=3))
    assert len(told.spots) == SPOTS


def test_what_does_not_count_has_no_place() -> None:
    found = judge(of(DocumentKind.PDF, (PartKind.TEXT, Place(page=1), "hkid:1 tel:2")), Marks().find)
    several = placed(found)

    assert held(found, several, []) == ()
    assert held(found, several, [several[0].finding]) == (Held("pdf", (Spot(page=1),)),)


def test_rules_know_kind_size_and_protection() -> None:
    found = judge(of(DocumentKind.SHEET, protected=True), Marks().find)
    assert file_facts(found, 120) == {"file_kind": "sheet", "file_size": 120, "protected": True}


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ((), ()),
        (("hkid", "bulk"), ("file",)),
        (("external", "hkid"), ("external", "file")),
        (("bulk", REMOVES), ("file", REMOVES)),
    ],
)
def test_a_file_is_spoken_of_as_a_file(says: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert told_of_file(says) == told
