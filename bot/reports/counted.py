"""The store's tally -> figures: pure counting."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from math import sqrt
from statistics import median

from bot.incident import CLEANED
from bot.periods import HONG_KONG
from bot.reports.figures import (
    SMALLER_GROUPS,
    BeforeFigure,
    EndingFigure,
    Figures,
    GroupFigure,
    RuleFigure,
    TimeFigure,
    TypeFigure,
    VariantFigure,
)
from bot.store import Alike, Before, Log
from bot.words import IncidentState, Resolution, SendState

SMALL_GROUP = 5
"""Groups with fewer incidents are shown together, so that a figure points at nobody; so few people have no rate."""

SOON, DAY = 300.0, 86_400.0
"""Seconds in which it is worth knowing what was cleaned up: before many have read it, and before the next day."""

ENOUGH = 30
"""Nudges of each variant before a report says which sentence works."""
_CHANCE = 1.96
"""Standard errors by which two shares must differ: less is chance more often than once in twenty times."""

_STEPS = ((2, "hour"), (62, "day"), (400, "week"))
"""Up to how many days time is counted in which steps; beyond, in months."""

_SEVERITIES = ("critical", "high", "medium", "low")
_NUDGE_STATES = (
    SendState.SENT,
    SendState.WAITING,
    SendState.UNREACHABLE,
    SendState.REPEATED,
    SendState.REFUSED,
    SendState.CANCELLED,
)


def gather(
    log: Log, since: float, until: float, chat: str | None = None, before: tuple[float, float] | None = None
) -> Figures:
    """Count the incidents posted in [since, until), of one chat (`platform:chat id`) or of all.

    `before` is what to compare with; None: as much time, right before.
    """
    before = before or (since - (until - since), since)
    platform, _, chat_id = chat.partition(":") if chat else (None, "", None)
    tally = log.tally(since, until, platform, chat_id, before)
    counted = [alike for alike in tally.alike if not alike.simulated]
    lasted = {ending: sorted(seconds) for ending, seconds in tally.lasted.items()}
    # What is in order by ending is put in order as a whole at the cost of reading it once.
    cleaned = sorted(chain.from_iterable(seconds for ending, seconds in lasted.items() if ending in CLEANED))
    incidents = sum(alike.count for alike in counted)
    step = next((name for days, name in _STEPS if until - since <= days * DAY), "month")
    return Figures(
        since=since,
        until=until,
        chat=chat,
        incidents=incidents,
        previous=tally.before.incidents,
        before=_compared(tally.before, before, incidents),
        step=step,
        over_time=_over_time(tally.hours, step, since, until),
        severities=_in_order(_per(counted, lambda alike: (alike.severity,)), _SEVERITIES),
        rules=_rules(counted),
        protects=tuple(_ranked(_per(counted, lambda alike: alike.protects))),
        types=_types(counted),
        endings=_endings(counted, lasted),
        clean_up_minutes=_minutes(cleaned),
        cleaned_soon=_share(cleaned, SOON, incidents),
        cleaned_in_a_day=_share(cleaned, DAY, incidents),
        repeat_rate=round(tally.repeaters / tally.senders, 3) if tally.senders >= SMALL_GROUP else None,
        variants=_variants(tally.variants),
        nudge_seconds=_median(tally.waits),
        nudges=_in_order(_shown(tally.nudges), _NUDGE_STATES),
        repeats=tally.repeats,
        undelivered=tuple(_ranked(tally.undelivered)),
        lost_alerts=tally.lost_alerts,
        set_aside=tally.aside,
        simulated=sum(alike.count for alike in tally.alike if alike.simulated),
        groups=_groups(tally.chats, merge=chat is None),
        unread=tuple(_ranked(tally.unread)),
        swept=_in_order(Counter(tally.swept), _SEVERITIES),
    )


def _compared(before: Before, period: tuple[float, float], incidents: int) -> BeforeFigure:
    more, cleaned = incidents - before.incidents, sorted(before.cleaned)
    return BeforeFigure(
        since=period[0],
        until=period[1],
        incidents=before.incidents,
        difference=more,
        share=round(more / before.incidents, 3) if before.incidents else None,
        clean_up_minutes=_minutes(cleaned),
        cleaned_soon=_share(cleaned, SOON, before.incidents),
        cleaned_in_a_day=_share(cleaned, DAY, before.incidents),
    )


def _over_time(hours: Iterable[tuple[int, int]], step: str, since: float, until: float) -> tuple[TimeFigure, ...]:
    """Every step of the period with its incidents, also where there are none."""
    counts: Counter[datetime] = Counter()
    for hour, count in hours:
        counts[_begins(datetime.fromtimestamp(hour * 3600.0 - 8 * 3600.0, HONG_KONG), step)] += count
    steps, at = [], _begins(datetime.fromtimestamp(since, HONG_KONG), step)
    while at.timestamp() < until:
        steps.append(TimeFigure(f"{at:%Y-%m-%dT%H:%M}", counts[at]))
        at = _begins(
            at + {"hour": timedelta(hours=1), "day": timedelta(1), "week": timedelta(7)}.get(step, timedelta(31)), step
        )
    return tuple(steps)


def _begins(at: datetime, step: str) -> datetime:
    """The first moment of the hour, day, week or month."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    day = hour.replace(hour=0)
    match step:
        case "hour":
            return hour
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case _:
            return day.replace(day=1)


def _variants(counts: Mapping[str, tuple[int, int]]) -> tuple[VariantFigure, ...]:
    """The sentences that have another variant, by language, key and number (`en.hkid.2`)."""
    alike: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for code, (nudges, cleaned) in sorted(counts.items()):
        language, _, rest = code.partition(".")
        key, _, number = rest.rpartition(".")
        alike.setdefault((language, key), []).append((int(number), nudges, cleaned))
    return tuple(
        figure
        for (language, key), some in sorted(alike.items())
        if len(some) > 1
        for figure in _beside(language, key, some)
    )


def _beside(language: str, key: str, some: Sequence[tuple[int, int, int]]) -> Iterable[VariantFigure]:
    """The variants of one sentence, each measured by the others."""
    enough = all(nudges >= ENOUGH for _, nudges, _ in some)
    for number, nudges, cleaned in some:
        others = [(n, c) for other, n, c in some if other != number]
        best = enough and all(_is_better(cleaned, nudges, c, n) for n, c in others)
        share = round(cleaned / nudges, 3) if enough else None
        yield VariantFigure(language, key, number, nudges, share, best)


def _is_better(cleaned: int, nudges: int, others_cleaned: int, others: int) -> bool:
    """Whether a share is larger than another by more than chance explains: the z test of two proportions."""
    both = (cleaned + others_cleaned) / (nudges + others)
    error = sqrt(both * (1 - both) * (1 / nudges + 1 / others))
    return cleaned / nudges - others_cleaned / others > _CHANCE * error


def _share(seconds: Sequence[float], limit: float, incidents: int) -> float | None:
    """Which part of all incidents took no longer than that; `seconds` are in order."""
    return round(bisect_right(seconds, limit) / incidents, 3) if incidents else None


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
