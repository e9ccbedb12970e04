"""CSV and TSV, whatever parts the cells and however they are encoded."""

import csv
import io

from detectors.documents.document import Place
from detectors.documents.formats import tables, text
from detectors.documents.formats.decoding import decoded
from detectors.documents.formats.intake import Intake

_SIGNS = ",\t;|"
_LOOKED_AT = 30
"""Lines that tell which sign parts the cells."""


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take the rows; a file without any table in it is a text."""
    words = decoded(data)
    said = words[:6].lower()
    sign = said[4] if said.startswith("sep=") and said[4:5] in _SIGNS else _sign(words)
    if not sign:
        text.add(words, take, place)
        return
    csv.field_size_limit(max(csv.field_size_limit(), len(words)))
    rows = csv.reader(io.StringIO(words, newline=""), delimiter=sign)
    tables.add(rows, take, Place(file=place.file, sheet=1))


def _sign(words: str) -> str:
    """The sign that most lines have, the same number of times."""
    lines = [line for line in words[:50_000].splitlines() if line.strip()][:_LOOKED_AT]
    counts = {sign: [line.count(sign) for line in lines] for sign in _SIGNS}
    best = max(_SIGNS, key=lambda sign: _agreeing(counts[sign]))
    return best if any(counts[best]) else ""


def _agreeing(counts: list[int]) -> tuple[int, int]:
    most = max((count for count in counts if count), key=counts.count, default=0)
    return (counts.count(most) if most else 0, most)
