"""Who an amount may be paid to: somebody who is named, or a word for a person (`salary_people.tsv`)."""

from functools import cache

from detectors.recognizers.recognizer import Scan
from detectors.text.window import Cues


@cache
def people() -> Cues:
    """Return the words for whom an amount may be paid to; those of the kind "thing" only hide shorter ones."""
    return Cues.read("salary_people.tsv")


def is_anybody(scan: Scan, start: int, end: int) -> bool:
    """Tell whether somebody is named or spoken of between `start` and `end`."""
    spoken_of = any(kind == "person" for kind, _, _ in scan.places(people()).within(start, end))
    return spoken_of or scan.names.anybody(start, end)


def ends_person(scan: Scan, at: int) -> bool:
    """Tell whether a word for a person ends at `at`, or one character before it."""
    words = scan.places(people()).within(max(0, at - 12), at)
    return any(kind == "person" and at - end <= 1 for kind, _, end in words)
