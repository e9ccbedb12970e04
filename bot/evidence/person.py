"""What is held about one person, to be handed out, and what stays when it is removed."""

from collections.abc import Sequence
from typing import Any

from bot.evidence import incidents, table
from bot.store import Readings
from bot.words import IncidentState


def held(store: Readings, platform: str, workspace: str, user: str) -> dict[str, Any]:
    """Everything that the database holds under a person's id, as codes, for a file that is theirs."""
    everything = store.incidents(0.0, float("inf"), platform=platform, sender=user)
    person = store.person(platform, workspace, user)
    return {
        "person": {"platform": platform, "workspace": workspace, "user": user},
        "settings": {
            "language": person.language,
            "app_language": person.app_language,
            "private_messages": person.reach,
            "since": table.stamp(person.since) if person.since else None,
        },
        "incidents": [incidents.record(store, row, senders=True) for row in everything if row.workspace == workspace],
        "silenced": [
            {"chat": mute.chat, "rule": mute.rule, "type": mute.type, "until": table.stamp(mute.until)}
            for mute in store.mutes(platform, workspace, user)
        ],
        "sends": [
            {"kind": send.kind, "state": send.state, "created_at": table.stamp(send.created_at)}
            for send in store.sent_to(platform, workspace, user)
        ],
        "audit": [
            {"at": table.stamp(row.at), "action": row.action, "detail": row.detail, "allowed": row.allowed}
            for row in store.audits(platform=platform, user=user)
        ],
    }


def still_open(store: Readings, platform: str, workspace: str, user: str) -> int:
    """How many incidents stay theirs because they have not ended."""
    rows = store.incidents(0.0, float("inf"), platform=platform, sender=user)
    return sum(row.workspace == workspace and row.state is IncidentState.OPEN for row in rows)


def notes(store: Readings, platform: str, user: str) -> int:
    """How many notes of the audit table are about what they asked for."""
    return len(store.audits(platform=platform, user=user))


def workspaces(store: Readings, platform: str) -> tuple[str, ...]:
    """The workspaces of a platform that the log knows; '' alone where a platform has none."""
    return tuple(dict.fromkeys(chat.workspace for chat in store.chats(platform))) or ("",)


def counted(everything: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How much of each there is, over all workspaces."""
    names = ("incidents", "silenced", "sends", "audit")
    return {name: sum(len(one[name]) for one in everything) for name in names}
