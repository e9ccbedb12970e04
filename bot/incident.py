"""How an incident moves between open and its endings: pure, the same for every platform.

The table is the whole truth: what is not in it leaves an incident as it is. An ending that is proved (an edit, a
deletion) replaces one that was only said or that time brought; an answer that somebody gave is kept.
"""

from collections.abc import Mapping

OPEN = ""
"""The resolution of an incident that has none yet."""

RESOLUTIONS = ("edited", "deleted", "removed", "said_removed", "reason", "false_alarm", "expired")
"""Every way in which an incident can end."""

CLEANED = frozenset({"edited", "deleted", "removed", "said_removed"})
"""The endings after which the words are gone, as far as is known."""

REASONS = ("work", "agreed", "public", "emergency", "own")
"""The reasons that a sender can give; a reason is never free text."""

LIFETIME = 7 * 86_400.0
"""Seconds after which an open incident expires."""

_UNPROVED = (OPEN, "said_removed", "expired")

_TABLE = {
    "clean": dict.fromkeys(_UNPROVED, "edited"),
    "more": dict.fromkeys((OPEN, "edited", "said_removed", "reason", "false_alarm", "expired"), OPEN),
    "deleted": dict.fromkeys(_UNPROVED, "deleted"),
    "removed": dict.fromkeys((*_UNPROVED, "deleted"), "removed"),
    "said_removed": dict.fromkeys((OPEN, "expired"), "said_removed"),
    "reason": dict.fromkeys((OPEN, "expired"), "reason"),
    "false_alarm": dict.fromkeys((OPEN, "expired"), "false_alarm"),
    "expired": {OPEN: "expired"},
}
"""What happens -> how the incident stood -> how it stands then."""

EVENTS = (*_TABLE, "same")
"""What can happen to an incident: a clean edit, an edit with more in it or with the same or less, and so on."""


def after(resolution: str, event: str) -> str:
    """How an incident stands after `event`, as a resolution; OPEN for open."""
    return _TABLE.get(event, {}).get(resolution, resolution)


def reopens(resolution: str, event: str) -> bool:
    """Whether `event` opens an incident anew or says more about an open one: a reason for one more nudge."""
    return event == "more" and after(resolution, event) == OPEN


def edit(resolution: str, told: Mapping[str, int], types: Mapping[str, int], *, leaks: bool, muted: bool) -> str:
    """What a new revision means: clean, more or same.

    `told` is the most distinct values per entity type that the sender was told of since the message was last clean,
    `types` what the new revision holds, `leaks` whether a rule fired, `muted` whether only muted rules fired.
    """
    if muted:
        return "same"
    if not leaks:
        return "clean"
    # Nobody was told anything about a message that was clean in between.
    return "more" if resolution == "edited" or exceeds(types, told) else "same"


def exceeds(types: Mapping[str, int], told: Mapping[str, int]) -> bool:
    """Whether there is a new entity type or more distinct values of one."""
    return any(count > told.get(kind, 0) for kind, count in types.items())


def most(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """The larger count for each entity type."""
    return {kind: max(one.get(kind, 0), other.get(kind, 0)) for kind in sorted({*one, *other})}


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
