"""One place, one finding: which of several overlapping matches stays."""

from collections.abc import Iterable

from detectors.recognizers.recognizer import Match
from detectors.text.spans import Spans

MOST_FINDINGS = 50
"""Findings reported for one text: more change nothing for anybody."""

Typed = tuple[str, str, Match]
"""Entity type, recognizer, match."""


def resolve(found: Iterable[Typed], most: int = MOST_FINDINGS) -> list[Typed]:
    """Keep the surest, then the longest of overlapping matches; at most `most`, in order of place."""
    ranked = sorted(found, key=_rank)
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


def _rank(typed: Typed) -> tuple[float, int, int, str]:
    entity, _, match = typed
    return -match.score, match.start - match.end, match.start, entity
