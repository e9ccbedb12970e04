"""One place, one finding: which of several overlapping matches stays."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from detectors.recognizers.recognizer import Match

MOST_FINDINGS = 50
"""Findings reported for one text: more change nothing for anybody."""

Typed = tuple[str, str, Match]
"""Entity type, recognizer, match."""


def resolve(found: Iterable[Typed]) -> list[Typed]:
    """Keep the surest, then the longest of overlapping matches; at most `MOST_FINDINGS`, in order of place."""
    ranked = sorted(found, key=_rank)
    taken: list[tuple[int, int]] = []
    kept: list[Typed] = []
    for typed in ranked:
        match = typed[2]
        if len(kept) == MOST_FINDINGS:
            break
        if match.start < match.end and _is_free(taken, match.start, match.end):
            insort(taken, (match.start, match.end))
            kept.append(typed)
    return sorted(kept, key=lambda typed: typed[2].start)


def _rank(typed: Typed) -> tuple[float, int, int, str]:
    entity, _, match = typed
    return -match.score, match.start - match.end, match.start, entity


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    i = bisect_left(taken, (start, end))
    return (i == 0 or taken[i - 1][1] <= start) and (i == len(taken) or end <= taken[i][0])
