"""A clock that stands still until told, and changes with invented ids, for tests of the store."""

from typing import Any

from bot.store import Found, Judged
from bot.words import PartKind

NOON = 1_800_000_000.0


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
