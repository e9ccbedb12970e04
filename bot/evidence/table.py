"""Records as a spreadsheet or for programs: codes, ids, counts and times; the same in every language."""

import csv as spreadsheet
import io
import json as notation
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.reports.csv import safe

Record = Mapping[str, object]


def csv(columns: Sequence[str], records: Sequence[Record]) -> str:
    """Write records as CSV with a header; lists are joined by blanks, and no cell can be run as a formula."""
    out = io.StringIO()
    writer = spreadsheet.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe(_cell(record[column])) for column in columns] for record in records)
    return out.getvalue()


def json(records: object) -> str:
    """Write records as indented JSON, ending with a newline."""
    return notation.dumps(records, ensure_ascii=False, indent=2) + "\n"


def stamp(at: float | None) -> str | None:
    """A time as ISO 8601, UTC; None stays None."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def _cell(value: object) -> object:
    if isinstance(value, Mapping):
        return " ".join(f"{name}={one}" for name, one in value.items())
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value
