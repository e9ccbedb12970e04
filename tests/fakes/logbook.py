"""For tests of the store: a clock that stands still until told, changes with invented ids, and sends tried."""

from typing import Any

from bot.send import Outcome
from bot.store import Found, Judged, OutboxRow, Store
from bot.words import PartKind

NOON = 1_800_000_000.0
HOUR = 3600.0


class Clock:
    """Tells the time that the test set."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def leak(message: str = "1", sender: str | None = "7", at: float = NOON, **changed: Any) -> Judged:
    """One judged message with one HKID in it."""
    values: dict[str, Any] = {
        "platform": "stub",
        "workspace": "",
        "chat": "-100",
        "message": message,
        "revision": "",
        "at": at,
        "posted_at": at,
        "sender": sender,
        "rules": ("hkid",),
        "severity": "high",
        "effects": frozenset({"nudge"}),
        "wording": ("hkid",),
        "mute_days": {"hkid": 30},
        "policy": "marks",
        "policy_hash": "0",
        "types": {"HKID": 1},
        "found": (Found(PartKind.TEXT, "HKID", 0.9, "hkid", (), ("pattern",), 1),),
        "admins": ("1", "2"),
    }
    return Judged(**(values | changed))


def clean(message: str = "1", revision: str = "5", at: float = NOON, **changed: Any) -> Judged:
    """A revision of the same message with nothing in it."""
    nothing = {"rules": (), "severity": "", "effects": frozenset(), "wording": (), "types": {}, "found": ()}
    return leak(message, at=at, **{"revision": revision, **nothing, **changed})


async def tried(store: Store, row: OutboxRow, outcome: Outcome, at: float = NOON, rung: str = "dm") -> None:
    """Let a send go out and come to this."""
    assert await store.sending(row, rung, at)
    await store.settled(row.id, outcome, at)


def state(store: Store, row: OutboxRow) -> str:
    """How a send stands."""
    now = store.outbox_row(row.id)
    assert now is not None
    return now.state
