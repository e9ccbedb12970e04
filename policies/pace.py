"""How often and when people are told: `[pace]` of a policy. Things are told later or together, and none is lost."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from policies.conditions.when import HERE, Hours

Digest = Literal["daily", "weekly"]
MORNING = time(9)
"""When digests go, in the time zone of dates."""
_AT_ONCE = frozenset({"high", "critical"})
_TIMES = 32
"""How often quiet hours may follow on each other without a pause; more is all week."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When nudges and digests go, and when repeats are met more firmly.

    `quiet`: hours in which only what is high or critical is told. `per_day`: nudges to one person in 24 hours, 0 for
    any number; the rest joins one that goes when a day has passed. `again_after`: how many incidents of one sender
    within `again_days` make the next nudge firmer; twice as many are told to admins; 0 for never.
    `digest`: when admins get what has the effect `digest`.
    """

    quiet: tuple[Hours, ...] = ()
    per_day: int = 0
    again_after: int = 0
    again_days: int = 7
    digest: Digest = "daily"

    def not_before(self, severity: str | None, now: float) -> float:
        """Return when a nudge of this severity may go, if nothing else holds it (Unix seconds)."""
        if severity in _AT_ONCE:
            return now
        at = now
        for _ in range(_TIMES):
            covering = next((hours for hours in self.quiet if hours.covers(at)), None)
            if covering is None:
                return at
            at = covering.over(at)
        return now  # quiet all week would be never

    def budget(self, severity: str | None) -> int:
        """Return how many nudges a person may get in a day before one of this severity waits; 0 for any number."""
        return 0 if severity in _AT_ONCE else self.per_day

    def next_digest(self, now: float) -> float:
        """Return when the next digest goes: the next morning, or the next Monday's."""
        local = datetime.fromtimestamp(now, ZoneInfo(HERE))
        day = local.date() + timedelta(days=1)
        while self.digest == "weekly" and day.weekday() != 0:
            day += timedelta(days=1)
        return datetime.combine(day, MORNING, ZoneInfo(HERE)).timestamp()
