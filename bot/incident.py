"""How an incident moves between open and its endings: pure, the same for every platform.

The table is the whole truth: what is not in it leaves an incident as it is. An ending that is proved (an edit, a
deletion) replaces one that was only said or that time brought; an answer that somebody gave is kept.
"""

from collections.abc import Mapping

from bot.words import Happening, Resolution
from policies.policy import SEVERITIES

CLEANED = frozenset({Resolution.EDITED, Resolution.DELETED, Resolution.REMOVED, Resolution.SAID_REMOVED})
"""The endings after which the words are gone, as far as is known."""

LIFETIME = 7 * 86_400.0
"""Seconds after which an open incident expires."""

STANDING = frozenset({Resolution.NONE, Resolution.SAID_REMOVED, Resolution.EXPIRED})
"""How an incident may stand while its message may still hold what it held: nothing is proved."""

_UNANSWERED = (Resolution.NONE, Resolution.EXPIRED)

_ANSWERED = (Resolution.REASON, Resolution.FALSE_ALARM, Resolution.SETTLED)

_AFTER = {
    Happening.CLEAN: dict.fromkeys(STANDING, Resolution.EDITED),
    Happening.MORE: dict.fromkeys((*STANDING, *_ANSWERED, Resolution.EDITED), Resolution.NONE),
    Happening.SAME: {},
    Happening.DELETED: dict.fromkeys(STANDING, Resolution.DELETED),
    Happening.REMOVED: dict.fromkeys((*STANDING, Resolution.DELETED), Resolution.REMOVED),
    Happening.SAID_REMOVED: dict.fromkeys(_UNANSWERED, Resolution.SAID_REMOVED),
    Happening.REASON: dict.fromkeys(_UNANSWERED, Resolution.REASON),
    Happening.FALSE_ALARM: dict.fromkeys(_UNANSWERED, Resolution.FALSE_ALARM),
    Happening.EXPIRED: {Resolution.NONE: Resolution.EXPIRED},
    Happening.SETTLED: dict.fromkeys((*STANDING, Resolution.REASON, Resolution.FALSE_ALARM), Resolution.SETTLED),
    Happening.REOPENED: dict.fromkeys(filter(None, Resolution), Resolution.NONE),
}
"""What happens -> how the incident stood -> how it stands then."""


def after(resolution: Resolution, event: Happening) -> Resolution:
    """How an incident stands after `event`; NONE for open."""
    return _AFTER[event].get(resolution, resolution)


def reopens(resolution: Resolution, event: Happening) -> bool:
    """Whether `event` opens an incident anew or says more about an open one: a reason for one more nudge."""
    return event is Happening.MORE and after(resolution, event) is Resolution.NONE


def edit(
    resolution: Resolution, told: Mapping[str, int], types: Mapping[str, int], *, leaks: bool, muted: bool
) -> Happening:
    """What a new revision means: clean, more or same.

    `told` is the most distinct values per entity type that the sender was told of since the message was last clean,
    `types` what the new revision holds, `leaks` whether a rule fired, `muted` whether only muted rules fired.
    """
    if muted:
        return Happening.SAME
    if not leaks:
        return Happening.CLEAN
    # Nobody was told anything about a message that was clean in between.
    anew = resolution is Resolution.EDITED or exceeds(types, told)
    return Happening.MORE if anew else Happening.SAME


def exceeds(types: Mapping[str, int], told: Mapping[str, int]) -> bool:
    """Whether there is a new entity type or more distinct values of one."""
    return any(count > told.get(kind, 0) for kind, count in types.items())


def most(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """The larger count for each entity type."""
    return {kind: max(one.get(kind, 0), other.get(kind, 0)) for kind in sorted({*one, *other})}


def gravest(one: str, other: str) -> str:
    """The graver of two severities."""
    return max(one, other, key=SEVERITIES.index)


def newer(revision: str, known: str) -> bool:
    """Whether a revision stamp is later than another one.

    Stamps are dotted numbers (1700000000.000200, compared piece by piece); the first post has none. Stamps that are
    not numbers are compared as text.
    """
    return _order(revision) > _order(known)


def _order(revision: str) -> tuple[int, tuple[int, ...], str]:
    if not revision:
        return (0, (), "")
    pieces = revision.split(".")
    if all(piece.isascii() and piece.isdigit() for piece in pieces):
        return (1, tuple(int(piece) for piece in pieces), "")
    return (2, (), revision)
