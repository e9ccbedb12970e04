"""What the words of a message and each of its files say, kept apart: an edit changes the one and not the others.

Only incidents with files have rows here; of the others the incident itself says all.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import reduce
from typing import Any

from bot.incident import gravest
from bot.store.changes import Held, Judged, Spot
from bot.store.engine import Database, Row
from bot.words import Resolution

WORDS = ""
"""The file of the verdict about a message's words."""


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict about one of them: codes and counts."""

    rules: tuple[str, ...] = ()
    severity: str = ""
    types: Mapping[str, int] | None = None
    wording: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()
    mute_days: Mapping[str, int] | None = None
    own: bool = True
    held: tuple[Held, ...] = ()


def known(db: Database, incident: str, file: str) -> bool:
    """Whether something was found in this file of an incident's message."""
    return bool(db.execute("SELECT 1 FROM verdict WHERE incident = ? AND file = ?", (incident, file)).fetchone())


def begun(db: Database, incident: str, change: Judged) -> None:
    """An incident that a file is the first to cause."""
    if change.look:
        _keep(db, incident, {change.look: _said(change)})


def joined(db: Database, incident: Row, change: Judged) -> Judged:
    """What a message says as a whole, now that its words or one of its files were judged; kept for the next time.

    Values are counted apart: nothing stored could compare those of the words and of a file.
    """
    kept = _kept(db, incident["id"])
    if not kept and not change.look:
        return change
    if change.look:
        said = (kept or _words(incident)) | {change.look: _said(change)}
    else:
        said = {file: one for file, one in kept.items() if file in change.files} | {WORDS: _said(change)}
    _keep(db, incident["id"], said)
    return _whole(change, said.values())


def held(text: str) -> tuple[Held, ...]:
    """Read what `places` wrote."""
    return tuple(Held(one["kind"], tuple(Spot(**spot) for spot in one["spots"])) for one in json.loads(text))


def places(change: Judged) -> str:
    """Where in files something was found, as JSON."""
    return json.dumps([asdict(one) for one in change.held])


def _whole(change: Judged, said: Iterable[Said]) -> Judged:
    leaking = [one for one in said if one.rules]
    types: dict[str, int] = {}
    for one in leaking:
        types |= {kind: types.get(kind, 0) + count for kind, count in (one.types or {}).items()}
    days = [one.mute_days or {} for one in leaking]
    return replace(
        change,
        rules=_each(one.rules for one in leaking),
        severity=reduce(gravest, (one.severity for one in leaking)) if leaking else "",
        types=types,
        wording=_each(one.wording for one in leaking),
        protects=_each(one.protects for one in leaking),
        mute_days={rule: length for some in days for rule, length in some.items()},
        own=bool(leaking) and all(one.own for one in leaking),
        held=tuple(one for some in leaking for one in some.held),
    )


def _each(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for codes in lists for code in codes))


def _said(change: Judged) -> Said:
    lists = (change.rules, change.severity, dict(change.types), change.wording, change.protects)
    return Said(*lists, dict(change.mute_days), change.own, change.held)


def _words(incident: Row) -> dict[str, Said]:
    """What the words said by themselves: all that is known, unless an edit cleaned them."""
    if incident["resolution"] == Resolution.EDITED:
        return {WORDS: Said()}
    given = {name: json.loads(incident[name]) for name in ("rules", "types", "wording", "protects", "mute_days")}
    return {WORDS: _read({**given, "severity": incident["severity"], "own": bool(incident["own"]), "held": []})}


def _kept(db: Database, incident: str) -> dict[str, Said]:
    rows = db.execute("SELECT file, body FROM verdict WHERE incident = ? ORDER BY rowid", (incident,)).fetchall()
    return {row["file"]: _read(json.loads(row["body"])) for row in rows}


def _keep(db: Database, incident: str, said: Mapping[str, Said]) -> None:
    db.execute("DELETE FROM verdict WHERE incident = ?", (incident,))
    for file, one in said.items():
        sql = "INSERT INTO verdict (incident, file, body) VALUES (?, ?, ?)"
        db.execute(sql, (incident, file, json.dumps(asdict(one))))


def _read(given: Mapping[str, Any]) -> Said:
    lists = {name: tuple(given[name]) for name in ("rules", "wording", "protects")}
    return Said(**{**given, **lists, "held": held(json.dumps(given["held"]))})
