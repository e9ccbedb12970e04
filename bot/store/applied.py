"""Each change, and what writes it down."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.message import Ask, ChatChange, Deletion, Joined, Press, Reach
from bot.store import audit, awareness, breaches, incidents, knowledge, looks, order, people, sweeps, trials
from bot.store.changes import (
    Alert,
    Attached,
    BreachChange,
    Change,
    Checked,
    Forgotten,
    Handled,
    Judged,
    Looked,
    Noted,
    Sampled,
    SetAside,
    Tried,
    Unearthed,
)
from bot.store.engine import Database
from bot.words import PressCode


def _pressed(db: Database, press: Press) -> PressCode:
    return awareness.answered(db, press) if press.action in awareness.ANSWERS else incidents.pressed(db, press)


def _gone(db: Database, change: Deletion) -> None:
    looks.dropped(db, (change.platform, change.workspace, change.chat, change.id))
    incidents.deleted(db, change)


WRITTEN: Mapping[type[Change], Callable[[Database, Any], PressCode | None]] = {
    Press: _pressed,
    Judged: incidents.judged,
    Unearthed: sweeps.unearthed,
    Attached: looks.attached,
    Looked: looks.looked,
    Tried: trials.tried,
    Deletion: _gone,
    Ask: knowledge.asked,
    Reach: knowledge.reached,
    ChatChange: knowledge.chat_changed,
    Alert: knowledge.alerted,
    SetAside: knowledge.set_aside,
    Noted: audit.noted,
    Handled: incidents.handled,
    BreachChange: breaches.changed,
    Sampled: awareness.sampled,
    Checked: awareness.checked,
    Joined: awareness.joined,
    Forgotten: people.forgotten,
}
"""What writes each change down."""


def apply(db: Database, change: Change) -> PressCode:
    """Write one change down, unless it was overtaken; returns the code that says how to answer, for a Press."""
    if db.replica and order.overtaken(db, change):
        return PressCode.NOTHING
    code = WRITTEN[type(change)](db, change)
    if db.replica:
        order.remember(db, change)
    return code or PressCode.NOTHING
