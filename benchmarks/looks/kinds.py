"""A file of each kind that leaks, from those that `benchmarks.documents` makes, and two large ones."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from benchmarks.documents import writing
from benchmarks.documents.case import Case
from benchmarks.documents.makers import first, second, third
from benchmarks.documents.people import people

SEED = 20261128
ROWS = 5_000
WIDE, HIGH = 4_032, 3_024
"""Pixels of the photos of most telephones: 12 megapixels."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, whether it is read off a picture, and the file."""

    says: str
    picture: bool
    name: str
    data: bytes = field(repr=False)


def kinds() -> tuple[Kind, ...]:
    """One of each ending, documents first."""
    found: dict[str, Kind] = {}
    for case in _leaking():
        ending = case.name.rpartition(".")[2]
        picture = case.group == "picture"
        found.setdefault(f"{case.group} {ending}", Kind(f"{ending}, {case.kind}", picture, case.name, case.data))
    photo = next(kind for kind in found.values() if kind.picture and kind.name.endswith("jpg"))
    ours = [kind for kind in found.values() if not kind.picture]
    pictures = [kind for kind in found.values() if kind.picture]
    return (*ours, _long_sheet(), *pictures, _large_photo(photo))


def _leaking() -> Iterator[Case]:
    for maker in (first, second, third):
        rng = Random(f"{SEED} {maker.MAKER}")  # noqa: S311 - invented people, drawn alike each time
        yield from (case for case in maker.cases(rng, 1) if case.leaks)


def _long_sheet() -> Kind:
    rng = Random(SEED)  # noqa: S311 - as above
    rows = [["Name", "身份證號碼", "Mobile"], *([one.english, one.hkid, one.phone] for one in people(rng, ROWS))]
    return Kind(f"xlsx, a list of {ROWS:,} people", picture=False, name="all.xlsx", data=writing.xlsx({"All": rows}))


def _large_photo(photo: Kind) -> Kind:
    from PIL import Image  # noqa: PLC0415 - of an extra

    picture = Image.open(io.BytesIO(photo.data)).convert("RGB").resize((WIDE, HIGH))
    data = writing.saved(picture, "JPEG")
    return Kind(f"{photo.says}, 12 megapixels", picture=True, name=photo.name, data=data)
