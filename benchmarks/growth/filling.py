"""Filling an incident log by the million, with rows like those that the bot writes: ids, codes, times, all invented.

It writes beside the store, in a file that the store has just made, because a million commits would take an hour.
"""

import base64
import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.store import Store

DAY = 86_400.0
PIECE = 20_000
"""Incidents that are made and written at a time."""

KINDS = (
    (("hkid",), "critical", {"HKID": 1}, ("DPP3", "DPP4")),
    (("phone",), "medium", {"PHONE_NUMBER": 1}, ("DPP3",)),
    (("medical",), "high", {"MEDICAL_TERM": 2}, ("DPP3",)),
    (("hkid", "phone"), "critical", {"HKID": 1, "PHONE_NUMBER": 1}, ("DPP3", "DPP4")),
    (("medical", "names"), "high", {"MEDICAL_TERM": 1, "PERSON": 1}, ("DPP3",)),
    (("salary",), "high", {"SALARY": 1, "PERSON": 1}, ()),
    (("email",), "low", {"EMAIL_ADDRESS": 3}, ("DPP3",)),
    (("phone", "address"), "high", {"PHONE_NUMBER": 2, "HK_ADDRESS": 1}, ("DPP3",)),
)
"""Rules, severity, types, what is protected."""

ENDINGS = ("edited",) * 4 + ("said_removed",) * 2 + ("deleted", "reason", "false_alarm", "expired")
"""How incidents end, as often as they do here."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What is to be in the log: so many incidents, in so many groups, by so many members, over so many days."""

    incidents: int = 0
    groups: int = 1
    members: int = 100
    days: float = 120.0

    @property
    def label(self) -> str:
        """For a table."""
        return f"{self.incidents:,} incidents, {self.groups:,} groups, {self.members:,} members"


def fill(path: Path, filling: Filling, now: float) -> None:
    """Make a store at `path` and fill it with what came in until `now`; the same filling gives the same log."""
    Store.open(path, lambda: now).close()
    connection = sqlite3.connect(path)
    try:
        # What is invented may be lost: a log that is made anew each time needs no care.
        connection.execute("PRAGMA synchronous = OFF")
        dice = random.Random(11)  # noqa: S311 - invented rows, the same each time
        for first in range(0, filling.incidents, PIECE):
            numbers = range(first, min(first + PIECE, filling.incidents))
            _write(connection, list(_rows(numbers, filling, now, dice)))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Made:
    incident: tuple[object, ...]
    revision: tuple[object, ...]
    findings: list[tuple[object, ...]]
    send: tuple[object, ...]
    link: tuple[object, ...]
    attempt: tuple[object, ...]


def _rows(numbers: range, filling: Filling, now: float, dice: random.Random) -> Iterator[_Made]:
    step = filling.days * DAY / max(1, filling.incidents)
    for number in numbers:
        yield _made(number, filling, now - (filling.incidents - number) * step, dice)


def _made(number: int, filling: Filling, at: float, dice: random.Random) -> _Made:
    name = base64.b32encode(dice.randbytes(8))[:12].decode().lower()
    rules, severity, types, protects = dice.choice(KINDS)
    chat, sender = f"-100{dice.randrange(filling.groups)}", f"{5000 + dice.randrange(filling.members)}"
    ending = dice.choice(ENDINGS) if dice.random() < 0.97 else ""
    ended = at + dice.expovariate(1 / 900) if ending else None
    state, reason = ("ended" if ending else "open"), ("needed" if ending == "reason" else "")
    where = ("telegram", "", chat)
    judged = (severity, json.dumps(rules))
    send = number + 1
    return _Made(
        incident=(
            name, *where, str(number), "", "", sender, at, at + 0.01, state, ending, reason, ended, *judged,
            json.dumps(types), 47, "hr-default", "0" * 12, "enforce", "", 1, json.dumps(types), '{"hkid": 30}',
            json.dumps(rules), 0, 0, json.dumps(protects),
        ),
        revision=(name, 1, "", at + 0.01, "0" * 12, *judged, "", '{"audience": 47, "edited": false}'),
        findings=[(name, 1, kind, 0.9, kind.lower(), "[]", '["pattern"]', 1, "text") for kind in types],
        send=(
            send, "nudge", *where, "", str(number), sender, "sent", "dm", at, at, at + 172_800,
            json.dumps({"wording": rules, "own": False, "count": 1, "language": "en"}), None, '{"id": 1}', at + 60, 0,
            at + 0.1,
        ),
        link=(send, name, 1),
        attempt=(send, "dm", at + 0.1, at + 0.1 + dice.random() / 5, "sent", ""),
    )  # fmt: skip


def _write(connection: sqlite3.Connection, made: list[_Made]) -> None:
    tables = {
        "incident": [one.incident for one in made],
        "revision": [one.revision for one in made],
        "finding": [row for one in made for row in one.findings],
        "outbox": [one.send for one in made],
        "outbox_incident": [one.link for one in made],
        "attempt": [one.attempt for one in made],
    }
    for table, rows in tables.items():
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names are ours
    connection.commit()
