"""Contact cards (.vcf): each is a person."""

import quopri
import re
from dataclasses import replace

from detectors.documents.document import PartKind, Place
from detectors.documents.formats.decoding import decoded
from detectors.documents.formats.intake import Intake

_FOLDED = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"(?:[\w-]+\.)?(?P<name>[A-Za-z-]+)(?P<options>(?:;[^:]*)?):(?P<value>.*)", re.DOTALL)
_LABELS = {
    "FN": "Name",
    "N": "Name",
    "NICKNAME": "Name",
    "TEL": "Phone",
    "EMAIL": "Email",
    "ADR": "Address",
    "LABEL": "Address",
    "BDAY": "Date of birth",
    "NOTE": "Note",
    "ORG": "Company",
    "TITLE": "Title",
}
_CHARSET = re.compile(r"charset=([\w-]+)", re.IGNORECASE)


def read(data: bytes, take: Intake, place: Place) -> None:
    """Take each card as a row."""
    words = decoded(data)
    cards = re.split(r"(?i)^\s*BEGIN:VCARD", words, flags=re.MULTILINE)[1:]
    for number, card in enumerate(cards, 1):
        if not take.spend("rows"):
            return
        take.add(PartKind.ROW, replace(place, row=number), "\n".join(_lines(card)))


def _lines(card: str) -> list[str]:
    said: list[str] = []
    for line in _unfolded(card):
        found = _LINE.fullmatch(line.strip())
        label = _LABELS.get(found["name"].upper()) if found else None
        if found and label:
            said.append(f"{label}: {_value(found['value'], found['options'], label)}")
    return list(dict.fromkeys(said))


def _unfolded(card: str) -> list[str]:
    """Lines; what was folded is joined again, in quoted-printable also behind an equals sign."""
    lines: list[str] = []
    for line in _FOLDED.sub("", card).splitlines():
        if lines and lines[-1].endswith("=") and "QUOTED-PRINTABLE" in lines[-1].upper():
            lines[-1] = lines[-1][:-1] + line.strip()
        else:
            lines.append(line)
    return lines


def _value(value: str, options: str, label: str) -> str:
    if "QUOTED-PRINTABLE" in options.upper():
        said = _CHARSET.search(options)
        value = decoded(quopri.decodestring(value.encode("utf-8", "replace")), said[1] if said else "")
    value = value.replace("\\n", " ").replace("\\,", ",").removeprefix("tel:").removeprefix("mailto:")
    pieces = [piece.strip() for piece in value.split(";") if piece.strip()]
    return (" " if label == "Name" else ", ").join(pieces)
