"""What a report shows, the same for every format: no words, no senders, nothing about one person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

SMALLER_GROUPS = "smaller groups"
"""The address under which small groups are shown together."""


@dataclass(frozen=True, slots=True)
class RuleFigure:
    """How often a rule fired, and how often its senders said that it was wrong (`false_alarm_rate`, 0 to 1)."""

    rule: str
    incidents: int
    false_alarms: int
    false_alarm_rate: float


@dataclass(frozen=True, slots=True)
class TypeFigure:
    """In how many incidents an entity type was found, and how many distinct values (per message) in all."""

    type: str
    incidents: int
    values: int


@dataclass(frozen=True, slots=True)
class EndingFigure:
    """How many incidents ended so (`open`: not yet), and the median minutes from detection until then."""

    resolution: str
    incidents: int
    median_minutes: float | None


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group's incidents; `address` is `platform:chat id`, `name` what it is called, '' when nobody has said."""

    address: str
    name: str
    incidents: int
    open: int


@dataclass(frozen=True, slots=True)
class TimeFigure:
    """The incidents of an hour, day, week or month of Hong Kong; `begins` is its first moment, 2026-09-01T00:00."""

    begins: str
    incidents: int


@dataclass(frozen=True, slots=True)
class VariantFigure:
    """A sentence that nudges began with: in which language, its wording key and number, and how many arrived.

    `cleaned` is the share (0 to 1) of them whose message was cleaned up; None while any of its variants has too few.
    `best`: it works better than each of the others, by more than chance explains.
    """

    language: str
    wording: str
    variant: int
    nudges: int
    cleaned: float | None
    best: bool


@dataclass(frozen=True, slots=True)
class BeforeFigure:
    """The period that this one is compared with, [since, until) in Unix seconds, by the same measures.

    `difference` is how many more incidents there are now, `share` that as a part of what there was; None for nothing.
    """

    since: float
    until: float
    incidents: int
    difference: int
    share: float | None
    clean_up_minutes: float | None
    cleaned_soon: float | None
    cleaned_in_a_day: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a report shows of the incidents posted in [since, until), Unix seconds.

    `protects` counts the incidents of each thing that rules protect, as policies cite it.
    `cleaned_soon` and `cleaned_in_a_day` are the shares (0 to 1) that were cleaned up within 5 minutes and within a day
    of their detection; None where there was nothing to clean up.
    Incidents of policies on trial are in `simulated` and nowhere else; those that sweeps of old messages found in the
    period are in `swept`, by severity, and nowhere else. `previous` counts the period before, `before`
    says more of it. `over_time` counts by `step` (hour, day, week or month). `repeat_rate` is the share of senders with
    more than one incident; None where there are too few to say. `repeats` are the calls for nudges whose outcome nobody
    knows: each was or will be repeated. `undelivered` counts the nudges that nobody got, `unread` the files that could
    not be read, each by the code that says why. Of what was posted before `complete_since` (Unix seconds) some may be
    deleted already; None where nobody said.
    """

    since: float
    until: float
    chat: str | None
    incidents: int
    previous: int
    before: BeforeFigure
    step: str
    over_time: tuple[TimeFigure, ...]
    severities: tuple[tuple[str, int], ...]
    rules: tuple[RuleFigure, ...]
    protects: tuple[tuple[str, int], ...]
    types: tuple[TypeFigure, ...]
    endings: tuple[EndingFigure, ...]
    clean_up_minutes: float | None
    cleaned_soon: float | None
    cleaned_in_a_day: float | None
    repeat_rate: float | None
    variants: tuple[VariantFigure, ...]
    nudge_seconds: float | None
    nudges: tuple[tuple[str, int], ...]
    repeats: int
    undelivered: tuple[tuple[str, int], ...]
    lost_alerts: int
    set_aside: int
    simulated: int
    groups: tuple[GroupFigure, ...]
    unread: tuple[tuple[str, int], ...] = ()
    complete_since: float | None = None
    swept: tuple[tuple[str, int], ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The groups that a name may be looked up for."""
        return tuple(group.address for group in self.groups if group.address != SMALLER_GROUPS)

    @property
    def lacking(self) -> str:
        """Whether some may be deleted already: "purged", or "purged_before" of what it is compared with; else ""."""
        if self.complete_since is None or self.before.since >= self.complete_since:
            return ""
        return "purged" if self.since < self.complete_since else "purged_before"

    def named(self, names: Mapping[str, str]) -> "Figures":
        """Return the same figures with names for groups, by address."""
        return replace(self, groups=tuple(replace(group, name=names.get(group.address, "")) for group in self.groups))
