"""What reports count, counted where the rows are: a log of any size gives as few rows as it has kinds of them.

A row for each of a million incidents would be a gigabyte of objects, and a running bot would make them for `/report`.
"""

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.words import LookState, Resolution, Result, SendKind, SendState

_MARK = "\x1f"
"""Stands between the columns of what is alike: no code holds it, and JSON writes it otherwise."""

_ALIKE = ("severity", "mode", "resolution", "reason", "rules", "types", "protects")
_LOST = (SendState.REFUSED, SendState.UNREACHABLE)
"""How an alert ends that its admin never got: on Telegram, who has not pressed Start can't be written to."""

_POSTED = "posted_at >= :since AND posted_at < :until"
_LIVE = "source = ''"
_NOT_ON_TRIAL = f"mode != 'simulate' AND {_LIVE}"
_HERE = "(:platform IS NULL OR platform = :platform) AND (:chat IS NULL OR chat = :chat)"


@dataclass(frozen=True, slots=True)
class Alike:
    """So many incidents that agree in all that reports count by; `types` are the distinct values in each of them."""

    severity: str
    mode: str
    resolution: Resolution
    reason: str
    rules: tuple[str, ...]
    types: Mapping[str, int]
    protects: tuple[str, ...]
    count: int

    @property
    def simulated(self) -> bool:
        """Whether these are of policies on trial."""
        return self.mode == "simulate"


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened in a period, of one chat or of all; of what is on trial, `alike` alone speaks.

    `chats` are (platform, chat, incidents, open ones). `lasted` are the seconds from detection to each ending, `waits`
    those from posting to the nudge that is about the message. `nudges` are sends per state, `repeats` the calls for
    them whose outcome nobody knows. `previous` counts the incidents of the period before, `lost_alerts` what no admin
    got, `aside` what could not be judged, `unread` the files that could not be read by the code that says why. `swept`
    counts what sweeps of old messages found in the period, whenever these were posted, by severity; nothing else does.
    """

    alike: tuple[Alike, ...]
    chats: tuple[tuple[str, str, int, int], ...]
    lasted: Mapping[Resolution, Sequence[float]]
    waits: Sequence[float]
    nudges: Mapping[SendState, int]
    repeats: int
    lost_alerts: int
    previous: int
    aside: int
    unread: Mapping[str, int]
    swept: Mapping[str, int] = field(default_factory=dict)


class Rows(Protocol):
    """Answers a question row by row."""

    def __call__(self, sql: str, values: Mapping[str, object], /) -> Iterator[Sequence[Any]]:
        """The rows; they are there one at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts what was posted in [since, until), Unix seconds; on one platform, in one chat, where these are given."""

    rows: Rows
    since: float
    until: float
    platform: str | None = None
    chat: str | None = None

    def tally(self) -> Tally:
        """All of it; the caller sees to it that nothing is written between one question and the next."""
        sends = self._sends()
        nudges = {state: count for (kind, state), (count, _) in sends.items() if kind is SendKind.NUDGE}
        return Tally(
            alike=self.alike(),
            chats=self._chats(),
            lasted=self._lasted(),
            waits=self._waits(),
            nudges=nudges,
            repeats=sum(unsure for (kind, _), (_, unsure) in sends.items() if kind is SendKind.NUDGE),
            lost_alerts=sum(sends.get((SendKind.ALERT, state), (0, 0))[0] for state in _LOST),
            previous=self._previous(),
            aside=self._aside(),
            unread=self._unread(),
            swept=self._swept(),
        )

    def alike(self) -> tuple[Alike, ...]:
        """The incidents by all that reports count by; one text to compare costs half of what seven columns do."""
        pattern = _MARK.join(["%s"] * len(_ALIKE))
        sql = f"""SELECT printf('{pattern}', {", ".join(_ALIKE)}), COUNT(*) FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_LIVE} GROUP BY 1"""  # noqa: S608 - column names are ours
        return tuple(_alike(key.split(_MARK), count) for key, count in self._ask(sql))

    def _chats(self) -> tuple[tuple[str, str, int, int], ...]:
        sql = f"""SELECT printf('%s{_MARK}%s', platform, chat), COUNT(*), SUM(state = 'open') FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL} GROUP BY 1"""  # noqa: S608 - ours
        return tuple((*key.split(_MARK), count, open_) for key, count, open_ in self._ask(sql))

    def _lasted(self) -> "dict[Resolution, array[float]]":
        sql = f"""SELECT resolution, ended_at - opened_at FROM incident
            WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL} AND ended_at IS NOT NULL"""  # noqa: S608 - ours
        lasted: dict[str, array[float]] = {}
        for resolution, seconds in self._ask(sql):
            lasted.setdefault(resolution, array("d")).append(seconds)
        return {Resolution(resolution): some for resolution, some in lasted.items()}

    def _waits(self) -> "array[float]":
        """A nudge is timed by the message that it was made for; where its chat has moved, by the first it is about.

        The message is asked for first: its neighbours are read together, and incidents by id lie all over the file.
        """
        made_for = f"""SELECT posted_at FROM incident i WHERE {_NOT_ON_TRIAL} AND i.platform = o.platform
            AND i.workspace = o.workspace AND i.chat = o.chat AND i.message = o.message"""  # noqa: S608 - ours
        about = f"""SELECT posted_at FROM outbox_incident l JOIN incident i ON i.id = l.incident
            WHERE l.outbox = o.id AND {_NOT_ON_TRIAL} ORDER BY l.rowid LIMIT 1"""  # noqa: S608 - ours
        sql = f"""SELECT a.ended_at, COALESCE(({made_for}), ({about}))
            FROM outbox o JOIN attempt a ON a.outbox = o.id AND a.outcome = '{Result.SENT}'
            WHERE o.created_at >= :since AND o.created_at < :until AND o.kind = '{SendKind.NUDGE}' AND {_HERE}"""  # noqa: S608 - ours
        asked = self._ask(sql)  # and chosen from here: SQLite would look the message up again for each condition
        timed = ((arrived, posted) for arrived, posted in asked if posted is not None)
        return array("d", (max(0.0, at - posted) for at, posted in timed if self.since <= posted < self.until))

    def _sends(self) -> dict[tuple[SendKind, SendState], tuple[int, int]]:
        sql = f"""SELECT kind, state, COUNT(*), SUM(unsure) FROM outbox
            WHERE created_at >= :since AND created_at < :until AND kind IN ('{SendKind.NUDGE}', '{SendKind.ALERT}')
            AND {_HERE} GROUP BY 1, 2"""  # noqa: S608 - ours
        return {(SendKind(kind), SendState(state)): (count, unsure) for kind, state, count, unsure in self._ask(sql)}

    def _previous(self) -> int:
        sql = f"SELECT COUNT(*) FROM incident WHERE {_POSTED} AND {_HERE} AND {_NOT_ON_TRIAL}"  # noqa: S608 - ours
        return self._number(sql, since=self.since - (self.until - self.since), until=self.since)

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
