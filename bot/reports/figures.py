"""Rows of the store -> figures. Pure counting: no words, no senders, nothing about one person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bot.incident import CLEANED
from bot.store import AttemptRow, IncidentRow, Log, OutboxRow
from bot.words import IncidentState, Resolution, Result, SendKind, SendState

SMALL_GROUP = 5
"""Groups with fewer incidents are shown together, so that a figure points at nobody."""

SMALLER_GROUPS = "smaller groups"
"""The address under which small groups are shown together."""

_SEVERITIES = ("critical", "high", "medium", "low")
_NUDGE_STATES = (
    SendState.SENT,
    SendState.WAITING,
    SendState.UNREACHABLE,
    SendState.REPEATED,
    SendState.REFUSED,
    SendState.CANCELLED,
)

_LOST = (SendState.REFUSED, SendState.UNREACHABLE)
"""How an alert ends that its admin never got: on Telegram, who has not pressed Start can't be written to."""


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
    Incidents of policies on trial are in `simulated` and nowhere else. `previous` counts the period before, `repeats`
    the calls for nudges whose outcome nobody knows: each was or will be repeated.
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
    nudge_seconds: float | None
    nudges: tuple[tuple[str, int], ...]
    repeats: int
    lost_alerts: int
    set_aside: int
    simulated: int
    groups: tuple[GroupFigure, ...]

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
    posted = log.incidents(since, until, platform, chat_id)
    counted = [incident for incident in posted if incident.mode != "simulate"]
    nudges = [row for row in log.outbox(since, until, platform, SendKind.NUDGE) if chat_id in (None, row.chat)]
    alerts = log.outbox(since, until, platform, SendKind.ALERT, _LOST)
    lost = [row for row in alerts if chat_id in (None, row.chat)]
    cleaned = [incident for incident in counted if incident.resolution in CLEANED]
    aside = [row for row in log.poison(platform) if row.aside and since <= row.at < until]
    return Figures(
        since=since,
        until=until,
        chat=chat,
        incidents=len(counted),
        previous=log.count(since - (until - since), since, platform, chat_id),
        severities=_in_order(Counter(incident.severity for incident in counted), _SEVERITIES),
        rules=_rules(counted),
        protects=tuple(_ranked(Counter(tag for incident in counted for tag in incident.protects))),
        types=_types(counted),
        endings=_endings(counted),
        clean_up_minutes=_median(_minutes(cleaned)),
        nudge_seconds=_median(_waits(nudges, counted, log.attempts(since))),
        nudges=_in_order(Counter(_shown(row.state) for row in nudges), _NUDGE_STATES),
        repeats=sum(row.unsure for row in nudges),
        lost_alerts=len(lost),
        set_aside=len(aside),
        simulated=len(posted) - len(counted),
        groups=_groups(counted, merge=chat is None),
    )


def _shown(state: SendState) -> SendState:
    return SendState.WAITING if state is SendState.SENDING else state


def _rules(incidents: Iterable[IncidentRow]) -> tuple[RuleFigure, ...]:
    fired: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for incident in incidents:
        fired.update(incident.rules)
        wrong.update(incident.rules if incident.resolution is Resolution.FALSE_ALARM else ())
    return tuple(RuleFigure(rule, count, wrong[rule], round(wrong[rule] / count, 3)) for rule, count in _ranked(fired))


def _types(incidents: Iterable[IncidentRow]) -> tuple[TypeFigure, ...]:
    holding: Counter[str] = Counter()
    values: Counter[str] = Counter()
    for incident in incidents:
        holding.update(incident.types.keys())
        values.update(incident.types)
    return tuple(TypeFigure(type_, count, values[type_]) for type_, count in _ranked(holding))


def _endings(incidents: Sequence[IncidentRow]) -> tuple[EndingFigure, ...]:
    ended = {code: [incident for incident in incidents if incident.resolution is code] for code in Resolution}
    still_open = sum(incident.state is IncidentState.OPEN for incident in incidents)
    figures = [
        EndingFigure(code, len(group), _median(_minutes(group))) for code, group in ended.items() if code and group
    ]
    return (*figures, *([EndingFigure(IncidentState.OPEN, still_open, None)] if still_open else []))


def _groups(incidents: Iterable[IncidentRow], *, merge: bool) -> tuple[GroupFigure, ...]:
    groups: dict[str, list[IncidentRow]] = {}
    for incident in incidents:
        groups.setdefault(f"{incident.platform}:{incident.chat}", []).append(incident)
    shown = {address: group for address, group in groups.items() if not merge or len(group) >= SMALL_GROUP}
    small = [incident for address, group in groups.items() if address not in shown for incident in group]
    ranked = sorted(shown.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(_group(*entry) for entry in (*ranked, *([(SMALLER_GROUPS, small)] if small else [])))


def _group(address: str, incidents: Sequence[IncidentRow]) -> GroupFigure:
    return GroupFigure(address, "", len(incidents), sum(incident.state is IncidentState.OPEN for incident in incidents))


def _waits(
    nudges: Iterable[OutboxRow], incidents: Iterable[IncidentRow], attempts: Iterable[AttemptRow]
) -> list[float]:
    """List the seconds from posting to the nudge's arrival; a nudge is timed by the first message it is about."""
    posted = {incident.id: incident.posted_at for incident in incidents}
    arrived = {attempt.outbox: attempt.ended_at for attempt in attempts if attempt.outcome is Result.SENT}
    timed = [row for row in nudges if row.id in arrived and row.incidents and row.incidents[0] in posted]
    return [max(0.0, arrived[row.id] - posted[row.incidents[0]]) for row in timed]


def _minutes(incidents: Iterable[IncidentRow]) -> list[float]:
    return [(incident.ended_at - incident.opened_at) / 60 for incident in incidents if incident.ended_at is not None]


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 2) if values else None


def _in_order(counts: Mapping[str, int], order: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((code, counts[code]) for code in order if counts.get(code))


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
