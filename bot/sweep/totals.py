"""What a sweep comes to: counts by chat, type, rule and month, in one pass over what its chunks came to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from bot.sweep.journal import Entry
from bot.sweep.judging import Row, month
from bot.sweep.readers import files
from policies.policy import SEVERITIES

Group = tuple[int, str, str]
"""An export (-1 where the chat is known), a platform and a chat."""

FIRST = 5
"""Places that could not be read which are told one by one."""


@dataclass(slots=True)
class Tally:
    """Messages, those that are to be cleaned up, and the gravest of these."""

    messages: int = 0
    found: int = 0
    gravest: str = ""


@dataclass(slots=True)
class Totals:
    """`types` and `rules` count messages, `values` distinct values within each; `unread` counts by code.

    `files` were looked into, and are no messages, though each is one in its group and month; `media` counts, by
    platform, the files and pictures that came with messages and were not.
    """

    messages: int = 0
    found: int = 0
    nudges: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    months: dict[str, Tally] = field(default_factory=dict)
    groups: dict[Group, Tally] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    unread_places: list[tuple[int, int, int, str]] = field(default_factory=list)
    unlogged: int = 0
    files: int = 0
    media: Counter[str] = field(default_factory=Counter)
    new: int = 0
    known: int = 0

    @property
    def chats(self) -> dict[Group, Tally]:
        """The groups, but for those of files that lay about."""
        return {group: tally for group, tally in self.groups.items() if group[1] != files.NAME}

    def at_least(self, severity: str) -> int:
        """How many messages are as grave as that, or graver."""
        return sum(self.severities[one] for one in SEVERITIES[SEVERITIES.index(severity) :])


def counted(entries: Iterable[Entry], sources: dict[int, int], zone: ZoneInfo, totals: Totals) -> Iterator[Row]:
    """Count into `totals` while the rows pass through; `sources` tells the export of each chunk."""
    when = partial(month, zone=zone)
    for entry in entries:
        swept = entry.swept
        for (source, platform, chat, when_), count in swept.seen.items():
            totals.messages += count
            totals.months.setdefault(when_, Tally()).messages += count
            totals.groups.setdefault((source, platform, chat), Tally()).messages += count
        for file, line, code in swept.unread:
            totals.unread[code] += 1
            if len(totals.unread_places) < FIRST:
                totals.unread_places.append((sources[swept.number], file, line, code))
        totals.unlogged += swept.unlogged
        totals.files += swept.looked
        totals.messages -= swept.looked
        totals.media.update(swept.media)
        totals.new += entry.new
        totals.known += entry.known
        for row in swept.rows:
            _count(row, totals, when(int(row.at // 3600)))
            yield row


def _count(row: Row, totals: Totals, when: str) -> None:
    totals.found += 1
    totals.nudges += row.nudge
    totals.severities[row.severity] += 1
    for kind, count in row.types.items():
        totals.types[kind] += 1
        totals.values[kind] += count
    totals.rules.update(row.rules)
    group = (-1 if row.chat else row.source, row.platform, row.chat)
    for tally in (totals.months.setdefault(when, Tally()), totals.groups.setdefault(group, Tally())):
        tally.found += 1
        tally.gravest = max(tally.gravest, row.severity, key=("", *SEVERITIES).index)
