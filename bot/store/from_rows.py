"""Database rows as the values that the store gives to read."""

import json
from typing import Any

from bot.store import rows as r
from bot.store.bodies import loaded
from bot.store.engine import Row
from bot.store.verdicts import held
from bot.words import ChatState, EphemeralState, IncidentState, PartKind, Resolution, SendKind, SendState


def incident_row(row: Row) -> r.IncidentRow:
    """A database row as an IncidentRow."""
    values: dict[str, Any] = dict(row)
    for inside in ("told", "mute_days", "wording", "own"):
        values.pop(inside)
    values |= {"state": IncidentState(row["state"]), "resolution": Resolution(row["resolution"])}
    values |= {name: tuple(json.loads(row[name])) for name in ("rules", "protects")}
    return r.IncidentRow(**(values | {"types": json.loads(row["types"]), "held": held(row["held"])}))


def revision_row(row: Row) -> r.RevisionRow:
    """A database row as a RevisionRow."""
    return r.RevisionRow(**(dict(row) | {"rules": tuple(json.loads(row["rules"]))}))


def finding_row(row: Row) -> r.FindingRow:
    """A database row as a FindingRow."""
    lists = {name: tuple(json.loads(row[name])) for name in ("traits", "evidence")}
    return r.FindingRow(**(dict(row) | lists | {"part": PartKind(row["part"]) if row["part"] else None}))


def chat_row(row: Row) -> r.ChatRow:
    """A database row as a ChatRow."""
    words = {"state": ChatState(row["state"]), "ephemeral": EphemeralState(row["ephemeral"])}
    return r.ChatRow(**(dict(row) | words))


def outbox_row(row: Row) -> r.OutboxRow:
    """A database row as an OutboxRow."""
    values: dict[str, Any] = dict(row)
    values |= {
        "kind": SendKind(row["kind"]),
        "state": SendState(row["state"]),
        "body": loaded(row["kind"], row["body"]),
    }
    del values["holder"]
    values |= {"incidents": tuple(json.loads(row["incidents"]))}
    values |= {name: row[name] or "" for name in ("replaced_ref", "replaced_rung")}
    return r.OutboxRow(**values)
