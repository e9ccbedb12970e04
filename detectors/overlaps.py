"""One place, one finding: which of several overlapping matches stays."""

from collections.abc import Iterable

from detectors.recognizers.recognizer import Match
from detectors.text.spans import Spans
from detectors.types import of

MOST_FINDINGS = 50
"""Findings reported for one text: more change nothing for anybody."""

_REPORTED = 0.5
"""The score from which on a finding is reported."""

Typed = tuple[str, str, Match]
"""Entity type, recognizer, match."""


def resolve(found: Iterable[Typed], most: int = MOST_FINDINGS) -> list[Typed]:
    """Keep the surest, then the longest of overlapping matches; at most `most`, in order of place.

    Names inside an address are the place's, however sure: Hong Kong names houses and roads as it names people.
    """
    ranked = sorted(found, key=_rank)
    addresses = [match for entity, _, match in ranked if of(entity).names_places and match.score >= _REPORTED]
    if addresses:
        ranked = [typed for typed in ranked if not (of(typed[0]).beside and _is_in(typed[2], addresses))]
    if not ranked:
        return []
    taken = Spans()
    kept: list[Typed] = []
    for typed in ranked:
        match = typed[2]
        if len(kept) == most:
            break
        if match.start < match.end and not taken.touch(match.start, match.end):
            taken.add(match.start, match.end)
            kept.append(typed)
    return sorted(kept, key=lambda typed: typed[2].start)


def _is_in(name: Match, addresses: list[Match]) -> bool:
    return any(address.start <= name.start and name.end <= address.end for address in addresses[:MOST_FINDINGS])


def _rank(typed: Typed) -> tuple[float, int, int, str]:
    entity, _, match = typed
    return -match.score, match.start - match.end, match.start, entity
