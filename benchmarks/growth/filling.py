"""Filling an incident log by the million, with rows like those that the bot writes: ids, codes, times, all invented.

It writes beside the store, in a file that the store has just made, because a million commits would take an hour.
"""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.store import Store, identity
from detectors.types import NAMES

DAY = 86_400.0
PIECE = 20_000
"""Incidents that are written at a time."""
KINDS = tuple(zip(sorted(NAMES), cycle(("critical", "high", "medium", "low")), strict=False))
"""What is found, and how grave that is."""
ENDINGS = ("edited",) * 4 + ("said_removed",) * 2 + ("deleted", "reason", "false_alarm", "expired")
"""How incidents end, as often as they do here."""
OPEN_DAYS = 7
"""Days after which what is open has expired."""

Row = dict[str, Any]
"""A row, by the names of its columns; the rest are as the tables have them by themselves."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What is to be in the log: so many incidents, in so many groups, by so many members, over so many days."""

    incidents: int = 0
    groups: int = 1
    members: int = 100
    days: float = 120.0


def fill(path: Path, filling: Filling, now: float) -> None:
    """Make a store at `path` and fill it with what came in until `now`; the same filling gives the same log."""
    Store.open(path, lambda: now).close()
    step = filling.days * DAY / max(1, filling.incidents)
    times = ((number, now - step * (filling.incidents - number)) for number in range(filling.incidents))
    dice = random.Random(11)  # noqa: S311 - invented rows, the same each time
    made = (row for number, at in times for row in _made(number, filling, at, dice, young=at > now - OPEN_DAYS * DAY))
    connection = sqlite3.connect(path)
    try:
        # A log that is made anew each time needs no care.
        connection.execute("PRAGMA synchronous = OFF")
        while piece := _gathered(made):
            _write(connection, piece)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _gathered(made: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    """The next rows of each table, those of an incident together."""
    tables: dict[str, list[Row]] = {}
    for table, row in made:
        tables.setdefault(table, []).append(row)
        if table == "attempt" and len(tables[table]) == PIECE:
            break
    return tables


def _write(connection: sqlite3.Connection, tables: dict[str, list[Row]]) -> None:
    for table, rows in tables.items():
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})", rows)  # noqa: S608 - names are ours
    connection.commit()


def _made(number: int, filling: Filling, at: float, dice: random.Random, *, young: bool) -> Iterator[tuple[str, Row]]:
    """One incident with all that hangs on it, its attempt last: tables and rows."""
    found = [dice.choice(KINDS) for _ in range(1 if dice.random() < 0.8 else 2)]
    types, severity = {kind: 1 for kind, _ in found}, found[0][1]
    rules = json.dumps([kind.lower() for kind in types])
    name = identity.name(at, dice.getrandbits(35))
    sender, send = f"{5000 + dice.randrange(filling.members)}", number + 1
    place = {"platform": "telegram", "workspace": "", "chat": f"-100{dice.randrange(filling.groups)}"}
    about = {**place, "message": str(number), "thread": ""}
    ending = dice.choice(ENDINGS) if not young or dice.random() < 0.97 else ""
    judged = {"severity": severity, "rules": rules, "policy_hash": "0" * 12, "revision": ""}
    yield "incident", {
        **about, **judged, "id": name, "album": "", "sender": sender, "posted_at": at, "opened_at": at + 0.01,
        "state": "ended" if ending else "open", "resolution": ending, "reason": "work" if ending == "reason" else "",
        "ended_at": at + dice.expovariate(1 / 900) if ending else None, "types": json.dumps(types), "audience": 47,
        "policy": "hr-default", "mode": "enforce", "revisions": 1, "told": json.dumps(types), "wording": rules,
        "mute_days": '{"hkid": 30}', "own": 0, "protects": '["DPP3"]',
    }  # fmt: skip
    yield "revision", {**judged, "incident": name, "number": 1, "judged_at": at + 0.01, "facts": '{"audience": 47}'}
    for kind in types:
        yield "finding", {
            "incident": name, "number": 1, "type": kind, "score": 0.9, "recognizer": kind.lower(), "traits": "[]",
            "evidence": '["pattern"]', "value": 1, "part": "text",
        }  # fmt: skip
    yield "outbox", {
        **about, "id": send, "kind": "nudge", "recipient": sender, "state": "sent", "rung": "dm", "due_at": at,
        "created_at": at, "expires_at": at + 172_800, "coalesce_until": at + 60, "sending_at": at + 0.1,
        "body": '{"wording": ["hkid"], "own": false, "count": 1, "language": "en"}', "ref": '{"id": 1}',
        "variant": f"en.hkid.{dice.randint(1, 3)}",
    }  # fmt: skip
    yield "outbox_incident", {"outbox": send, "incident": name, "told": 1}
    yield "attempt", {
        "outbox": send, "rung": "dm", "started_at": at + 0.1, "ended_at": at + 0.1 + dice.random() / 5,
        "outcome": "sent", "code": "",
    }  # fmt: skip
