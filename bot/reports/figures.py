"""The store's tally -> figures. Pure counting: no words, no senders, nothing about one person."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import median

from bot.incident import CLEANED
from bot.store import Alike, Log
from bot.words import IncidentState, Resolution, SendState

SMALL_GROUP = 5
"""Groups with fewer incidents are shown together, so that a figure points at nobody."""

SMALLER_GROUPS = "smaller groups"
"""The address under which small groups are shown together."""

SOON, DAY = 300.0, 86_400.0
"""Seconds in which it is worth knowing what was cleaned up: before many have read it, and before the next day."""

_SEVERITIES = ("critical", "high", "medium", "low")
_NUDGE_STATES = (
    SendState.SENT,
    SendState.WAITING,
    SendState.UNREACHABLE,
    SendState.REPEATED,
    SendState.REFUSED,
    SendState.CANCELLED,
)


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
class Figures:
    """Everything that a report shows of the incidents posted in [since, until), Unix seconds.

    `protects` counts the incidents of each thing that rules protect, as policies cite it.
    `cleaned_soon` and `cleaned_in_a_day` are the shares (0 to 1) that were cleaned up within 5 minutes and within a day
    of their detection; None where there was nothing to clean up.
    Incidents of policies on trial are in `simulated` and nowhere else; those that sweeps of old messages found in the
    period are in `swept`, by severity, and nowhere else. `previous` counts the period before, `repeats`
    the calls for nudges whose outcome nobody knows: each was or will be repeated. `unread` counts the files that could
    not be read, by the code that says why.
    """

    since: float
    until: float
    chat: str | None
    incidents: int
    previous: int
    severities: tuple[tuple[str, int], ...]
    rules: tuple[RuleFigure, ...]
    protects: tuple[tuple[str, int], ...]
    types: tuple[TypeFigure, ...]
    endings: tuple[EndingFigure, ...]
    clean_up_minutes: float | None
    cleaned_soon: float | None
    cleaned_in_a_day: float | None
    nudge_seconds: float | None
    nudges: tuple[tuple[str, int], ...]
    repeats: int
    lost_alerts: int
    set_aside: int
    simulated: int
    groups: tuple[GroupFigure, ...]
    unread: tuple[tuple[str, int], ...] = ()
    swept: tuple[tuple[str, int], ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The groups that a name may be looked up for."""
        return tuple(group.address for group in self.groups if group.address != SMALLER_GROUPS)

    def named(self, names: Mapping[str, str]) -> "Figures":
        """Return the same figures with names for groups, by address."""
        return replace(self, groups=tuple(replace(group, name=names.get(group.address, "")) for group in self.groups))


def gather(log: Log, since: float, until: float, chat: str | None = None) -> Figures:
    """Count the incidents posted in [since, until), of one chat (`platform:chat id`) or of all."""
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    tally = log.tally(since, until, platform, chat_id)
    counted = [alike for alike in tally.alike if not alike.simulated]
    cleaned = [*chain.from_iterable(seconds for ending, seconds in tally.lasted.items() if ending in CLEANED)]
    incidents = sum(alike.count for alike in counted)
    return Figures(
        since=since,
        until=until,
        chat=chat,
        incidents=incidents,
        previous=tally.previous,
        severities=_in_order(_per(counted, lambda alike: (alike.severity,)), _SEVERITIES),
        rules=_rules(counted),
        protects=tuple(_ranked(_per(counted, lambda alike: alike.protects))),
        types=_types(counted),
        endings=_endings(counted, tally.lasted),
        clean_up_minutes=_minutes(cleaned),
        cleaned_soon=_share(cleaned, SOON, incidents),
        cleaned_in_a_day=_share(cleaned, DAY, incidents),
        nudge_seconds=_median(tally.waits),
        nudges=_in_order(_shown(tally.nudges), _NUDGE_STATES),
        repeats=tally.repeats,
        lost_alerts=tally.lost_alerts,
        set_aside=tally.aside,
        simulated=sum(alike.count for alike in tally.alike if alike.simulated),
        groups=_groups(tally.chats, merge=chat is None),
        unread=tuple(_ranked(tally.unread)),
        swept=_in_order(Counter(tally.swept), _SEVERITIES),
    )


def _share(seconds: Iterable[float], limit: float, incidents: int) -> float | None:
    """Which part of all incidents took no longer than that."""
    return round(sum(one <= limit for one in seconds) / incidents, 3) if incidents else None


def _shown(nudges: Mapping[SendState, int]) -> Counter[str]:
    shown: Counter[str] = Counter()
    for state, count in nudges.items():
        shown[SendState.WAITING if state is SendState.SENDING else state] += count
    return shown


def _per(incidents: Iterable[Alike], codes: Callable[[Alike], Iterable[str]]) -> Counter[str]:
    """How many incidents have each code."""
    counts: Counter[str] = Counter()
    for alike in incidents:
        for code in codes(alike):
            counts[code] += alike.count
    return counts


def _rules(incidents: Sequence[Alike]) -> tuple[RuleFigure, ...]:
    wrong = _per((one for one in incidents if one.resolution is Resolution.FALSE_ALARM), lambda alike: alike.rules)
    fired = _ranked(_per(incidents, lambda alike: alike.rules))
    return tuple(RuleFigure(rule, count, wrong[rule], round(wrong[rule] / count, 3)) for rule, count in fired)


def _types(incidents: Sequence[Alike]) -> tuple[TypeFigure, ...]:
    values: Counter[str] = Counter()
    for alike in incidents:
        for type_, count in alike.types.items():
            values[type_] += count * alike.count
    holding = _ranked(_per(incidents, lambda alike: alike.types))
    return tuple(TypeFigure(type_, count, values[type_]) for type_, count in holding)


def _endings(incidents: Sequence[Alike], lasted: Mapping[Resolution, Sequence[float]]) -> tuple[EndingFigure, ...]:
    counts = _per(incidents, lambda alike: (alike.resolution,))
    figures = [
        EndingFigure(code, counts[code], _minutes(lasted.get(code, ()))) for code in Resolution if code and counts[code]
    ]
    still_open = counts[Resolution.NONE]
    return (*figures, *([EndingFigure(IncidentState.OPEN, still_open, None)] if still_open else []))


def _groups(chats: Iterable[tuple[str, str, int, int]], *, merge: bool) -> tuple[GroupFigure, ...]:
    groups = [GroupFigure(f"{platform}:{chat}", "", count, open_) for platform, chat, count, open_ in chats]
    small = [group for group in groups if merge and group.incidents < SMALL_GROUP]
    shown = sorted(
        (group for group in groups if not merge or group.incidents >= SMALL_GROUP),
        key=lambda group: (-group.incidents, group.address),
    )
    return (*shown, *([_together(small)] if small else []))


def _together(small: Sequence[GroupFigure]) -> GroupFigure:
    return GroupFigure(SMALLER_GROUPS, "", sum(one.incidents for one in small), sum(one.open for one in small))


def _minutes(seconds: Sequence[float]) -> float | None:
    return round(median(seconds) / 60, 2) if seconds else None


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 2) if values else None


def _in_order(counts: Mapping[str, int], order: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((code, counts[code]) for code in order if counts.get(code))


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
