"""XML of office files, read as it streams by; entities, which no such file has, are refused."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from detectors.documents.document import Unread
from detectors.documents.formats.intake import UnreadError

_PIECE = 65_536


def parsed(data: bytes, wanted: frozenset[str]) -> Iterator[Element]:
    """Yield the outermost elements of these names (without namespace) when they are complete, then forget them.

    Raises UnreadError for what is no XML, or has a DTD.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadError(Unread.BOMB)
    parser: Any = XMLPullParser(("start", "end"))
    inside = 0
    try:
        for at in range(0, len(data), _PIECE):
            parser.feed(data[at : at + _PIECE])
            for event, element in parser.read_events():
                if local(element) in wanted:
                    inside += 1 if event == "start" else -1
                    if event == "end" and not inside:
                        yield element
                if event == "end" and not inside:
                    element.clear()
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadError(Unread.BROKEN) from error


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
