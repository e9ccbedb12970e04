"""JSON: a list of objects is a table, each object a row, its names the headings; anything else is a text."""

import json
from collections.abc import Iterator
from typing import Any

from detectors.documents.document import Place
from detectors.documents.formats import tables, text
from detectors.documents.formats.decoding import decoded
from detectors.documents.formats.intake import Intake

_LONGEST = 5_000_000
"""Characters that are taken apart; what is longer is read as it is written."""


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the rows of all lists of objects, wherever they are, and the rest of the words."""
    words = decoded(data)
    try:
        said = json.loads(words) if len(words) <= _LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict | list):
        text.add(words, take, place)
        return
    for objects in _tables(said):
        names = list(dict.fromkeys(name for one in objects for name in one))
        tables.add_records(names, ([_cell(one.get(name)) for name in names] for one in objects), take, place)
    rest = _rest(said)
    if rest:
        text.add(json.dumps(rest, ensure_ascii=False, indent=1), take, place)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _tables(value: Any) -> Iterator[list[dict[str, object]]]:
    """Tables in a value; what is in an object of one stays in its row."""
    if _is_table(value):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _tables(one)


def _rest(value: Any) -> Any:
    """What is in no table."""
    if _is_table(value):
        return None
    if isinstance(value, dict):
        return {name: rest for name, one in value.items() if (rest := _rest(one)) is not None}
    return value


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
