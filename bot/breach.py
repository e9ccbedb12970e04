"""How a breach is called, and when people are reminded of one that is open: pure, the same for every platform."""

import math
import re

HOUR = 3600.0
DAY = 24 * HOUR
LEFT = (48 * HOUR, 24 * HOUR, 6 * HOUR, HOUR, 0.0)
"""Seconds before the deadline at which people are reminded; once it is over, each day."""
AFTERWARDS = 7 * DAY
"""Seconds between two reminders once the Commissioner was notified: what is open is kept beyond its time."""

_CALLED = re.compile(r"b([1-9][0-9]{0,8})", re.ASCII | re.IGNORECASE)


def called(number: int) -> str:
    """How people call a breach: B1, B2 ..."""
    return f"B{number}"


def number(written: str) -> int | None:
    """The number of a breach that is called so, in capital or small letters; None when that is no such name."""
    found = _CALLED.fullmatch(written)
    return int(found[1]) if found else None


def next_reminder(aware_at: float, due_at: float | None, now: float, *, notified: bool) -> float:
    """When people are reminded next, after `now` (Unix seconds); each day where there is no deadline, or it is over."""
    if notified:
        return now + AFTERWARDS
    ahead = [due_at - left for left in LEFT if due_at - left > now] if due_at is not None else []
    if ahead:
        return min(ahead)
    since = aware_at if due_at is None else due_at
    return since + (math.floor((now - since) / DAY) + 1) * DAY
