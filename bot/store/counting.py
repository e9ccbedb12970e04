"""Counting where the rows are, for reports.

A row for each of a million incidents would be a gigabyte of objects, and a running bot would make them for `/report`.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.incident import CLEANED
from bot.store.tally import Alike, Before, Tally
from bot.words import LookState, Resolution, Result, SendKind, SendState

_MARK = "\x1f"
"""Stands between the columns of what is alike: no code holds it, and JSON writes it otherwise."""

_ALIKE = ("severity", "mode", "resolution", "reason", "rules", "types", "protects")
_LOST = (SendState.REFUSED, SendState.UNREACHABLE)
"""How a send ends that nobody got: on Telegram, who has not pressed Start can't be written to."""

_LONG = 25 * 86_400.0
"""Seconds that are a large part of what a log keeps."""

HOUR, HONG_KONG = 3600, 8 * 3600
"""Seconds: how finely time is counted, and by how much Hong Kong's days begin before UTC's."""

_POSTED = "posted_at >= :since AND posted_at < :until"
_LIVE = "source = ''"
_NOT_ON_TRIAL = f"mode != 'simulate' AND {_LIVE}"
_HERE = "(:platform IS NULL OR platform = :platform) AND (:chat IS NULL OR chat = :chat)"


class Rows(Protocol):
    """Answers a question row by row."""

    def __call__(self, sql: str, values: Mapping[str, object], /) -> Iterator[Sequence[Any]]:
        """The rows; they are there one at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts what was posted in [since, until), Unix seconds; on one platform, in one chat, where these are given.

    `before` is the period to compare with; None: as long a one, right before.
    """

    rows: Rows
    since: float
    until: float
    platform: str | None = None
    chat: str | None = None
    before: tuple[float, float] | None = None

    def tally(self) -> Tally:
        """All of it; the caller sees to it that nothing is written between one question and the next."""
        sends, (senders, repeaters) = self._sends(), self._people()
        waits, variants = self._arrived()
        nudges = {state: count for (kind, state), (count, _) in sends.items() if kind is SendKind.NUDGE}
        return Tally(
            alike=self.alike(),
            chats=self._chats(),
            hours=self._hours(),
            lasted=self._lasted(),
            waits=waits,
            nudges=nudges,
            repeats=sum(unsure for (kind, _), (_, unsure) in sends.items() if kind is SendKind.NUDGE),
            undelivered=self._undelivered(),
            variants=variants,
            senders=senders,
            repeaters=repeaters,
            lost_alerts=sum(sends.get((SendKind.ALERT, state), (0, 0))[0] for state in _LOST),
            before=self._before(),
            aside=self._aside(),
            unread=self._unread(),
            swept=self._swept(),
        )

    def alike(self) -> tuple[Alike, ...]:
        """The incidents by all that reports count by; one text to compare costs half of what seven columns do."""
        key = f" || '{_MARK}' || ".join(_ALIKE)
        sql = f"""SELECT {key}, COUNT(*) FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_LIVE} GROUP BY 1"""  # noqa: S608 - column names are ours
        return tuple(_alike(key.split(_MARK), count) for key, count in self._ask(sql))

    def _chats(self) -> tuple[tuple[str, str, int, int], ...]:
        sql = f"""SELECT platform || '{_MARK}' || chat, COUNT(*), COUNT(*) FILTER (WHERE state = 'open') FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL} GROUP BY 1"""  # noqa: S608 - ours
        return tuple((*key.split(_MARK), count, open_) for key, count, open_ in self._ask(sql))

    def _lasted(self) -> "dict[Resolution, array[float]]":
        sql = f"""SELECT resolution, ended_at - opened_at FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL} AND ended_at IS NOT NULL"""  # noqa: S608 - ours
        lasted: defaultdict[str, array[float]] = defaultdict(_seconds)
        for resolution, seconds in self._ask(sql):
            lasted[resolution].append(seconds)
        return {Resolution(resolution): some for resolution, some in lasted.items()}

    def _arrived(self) -> "tuple[array[float], dict[str, tuple[int, int]]]":
        """How long nudges took, and what came of each of the sentences that they began with.

        A nudge counts by the message that it was made for; where its chat has moved, by the first it is about. The
        message is asked for first: its neighbours are read together, and incidents by id lie all over the file.
        """
        about = """SELECT j.{} FROM outbox_incident l JOIN incident j ON j.id = l.incident
            WHERE l.outbox = o.id AND j.mode != 'simulate' ORDER BY l.rowid LIMIT 1"""
        posted, ending = (f"COALESCE(i.{name}, ({about.format(name)}))" for name in ("posted_at", "resolution"))
        sql = f"""SELECT a.ended_at, {posted}, o.variant, {ending} IN ({_listed(CLEANED)})
            FROM outbox o JOIN attempt a ON a.outbox = o.id AND a.outcome = '{Result.SENT}'
            LEFT JOIN incident i ON i.platform = o.platform AND i.workspace = o.workspace AND i.chat = o.chat
            AND i.message = o.message AND i.mode != 'simulate'
            WHERE o.created_at >= :since AND o.created_at < :until AND o.kind = '{SendKind.NUDGE}'
            AND (:platform IS NULL OR o.platform = :platform) AND (:chat IS NULL OR o.chat = :chat)"""  # noqa: S608 - ours
        since, until = self.since, self.until
        took: defaultdict[tuple[str, bool], array[float]] = defaultdict(_seconds)
        for arrived, at, variant, cleaned in self._ask(sql):
            # Chosen from here: SQLite would look the message up again for each condition.
            if at is not None and since <= at < until:
                took[variant, cleaned].append(arrived - at if arrived > at else 0.0)
        waits = _seconds()
        for some in took.values():
            waits.extend(some)
        return waits, {
            name: (len(took[name, True]) + len(took[name, False]), len(took[name, True]))
            for name in sorted({variant for variant, _ in took if variant})
        }

    def _undelivered(self) -> dict[str, int]:
        """Why nobody got them: what the first rung that refused said, which is the one to mend."""
        why = f"""SELECT code FROM attempt a WHERE a.outbox = o.id AND a.outcome = '{Result.REFUSED}'
            ORDER BY a.rowid LIMIT 1"""  # noqa: S608 - ours
        sql = f"""SELECT COALESCE(({why}), ''), COUNT(*) FROM outbox o WHERE kind = '{SendKind.NUDGE}'
            AND state IN ({_listed(_LOST)}) AND created_at >= :since AND created_at < :until AND {_HERE}
            GROUP BY 1 ORDER BY 2 DESC, 1"""  # noqa: S608 - ours
        return {code: count for code, count in self._ask(sql)}  # noqa: C416 - rows are sequences of any length

    def _people(self) -> tuple[int, int]:
        """How many people wrote what is counted, and how many of them more than once; nobody is told apart by it.

        The index by senders says it of all that is kept, four times as fast as the rows of a month: so it is asked
        about months of all chats, and the rows about the rest. What is on trial has no sender.
        """
        everywhere = self.platform is None and self.chat is None
        by = "INDEXED BY incident_sender" if everywhere and self.until - self.since > _LONG else ""
        here = "" if by else f"AND {_HERE}"
        each = f"""SELECT COUNT(*) AS n FROM incident {by} WHERE sender IS NOT NULL AND {_POSTED} {here}
            GROUP BY platform, sender"""  # noqa: S608 - ours
        ((senders, repeaters),) = self._ask(f"SELECT COUNT(*), COUNT(*) FILTER (WHERE n > 1) FROM ({each}) AS each")  # noqa: S608 - ours
        return int(senders), int(repeaters)

    def _hours(self) -> tuple[tuple[int, int], ...]:
        sql = f"""SELECT CAST((posted_at + {HONG_KONG}) / {HOUR} AS INTEGER), COUNT(*) FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL} GROUP BY 1 ORDER BY 1"""  # noqa: S608 - ours
        return tuple((hour, count) for hour, count in self._ask(sql))

    def _sends(self) -> dict[tuple[SendKind, SendState], tuple[int, int]]:
        sql = f"""SELECT kind, state, COUNT(*), CAST(SUM(unsure) AS INTEGER) FROM outbox
            WHERE created_at >= :since AND created_at < :until AND kind IN ('{SendKind.NUDGE}', '{SendKind.ALERT}')
            AND {_HERE} GROUP BY 1, 2"""  # noqa: S608 - ours
        return {(SendKind(kind), SendState(state)): (count, unsure) for kind, state, count, unsure in self._ask(sql)}

    def _before(self) -> Before:
        since, until = self.before or (self.since - (self.until - self.since), self.since)
        then = f"FROM incident WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL}"
        incidents = self._number(f"SELECT COUNT(*) {then}", since=since, until=until)
        sql = f"SELECT ended_at - opened_at {then} AND resolution IN ({_listed(CLEANED)})"
        return Before(incidents, array("d", (seconds for (seconds,) in self._ask(sql, since=since, until=until))))

    def _aside(self) -> int:
        sql = """SELECT COUNT(*) FROM poison WHERE aside = 1 AND at >= :since AND at < :until
            AND (:platform IS NULL OR platform = :platform)"""
        return self._number(sql)

    def _unread(self) -> dict[str, int]:
        sql = f"""SELECT code, COUNT(*) FROM look WHERE state = '{LookState.UNREAD}' AND {_POSTED} AND {_HERE}
            GROUP BY code ORDER BY 2 DESC, 1"""  # noqa: S608 - ours
        return {code: count for code, count in self._ask(sql)}  # noqa: C416 - rows are sequences of any length

    def _swept(self) -> dict[str, int]:
        sql = f"""SELECT severity, COUNT(*) FROM incident WHERE source != ''
            AND opened_at >= :since AND opened_at < :until AND {_HERE} GROUP BY severity"""  # noqa: S608 - ours
        return {severity: count for severity, count in self._ask(sql)}  # noqa: C416 - rows are sequences of any length

    def _number(self, sql: str, **changed: float) -> int:
        ((number,),) = self._ask(sql, **changed)
        return int(number)

    def _ask(self, sql: str, **changed: float) -> Iterator[Sequence[Any]]:
        given = {"since": self.since, "until": self.until, "platform": self.platform, "chat": self.chat, **changed}
        return self.rows(sql, given)


def _seconds() -> "array[float]":
    """None so far; a number takes eight bytes, and a log may hold millions of them."""
    return array("d")


def _listed(words: Iterable[str]) -> str:
    """Words of ours as SQL has a list."""
    return ", ".join(f"'{word}'" for word in sorted(words))


def _alike(values: Sequence[str], count: int) -> Alike:
    severity, mode, resolution, reason, rules, types, protects = values
    return Alike(
        severity=severity,
        mode=mode,
        resolution=Resolution(resolution),
        reason=reason,
        rules=tuple(json.loads(rules)),
        types=json.loads(types),
        protects=tuple(json.loads(protects)),
        count=count,
    )
