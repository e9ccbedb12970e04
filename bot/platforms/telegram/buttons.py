"""Buttons under the bot's messages: an incident and an action in 64 bytes of callback data, and back again.

The data comes back from the network and anybody can forge it: reading checks the form, never the right to press.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bot.message import Button

_DATA = re.compile(r"tt:([a-z2-7]{12}):([a-z_]{2,12})(?::([a-z0-9_]{1,24}))?", re.ASCII)
RECORDED = frozenset({"removed", "reason", "false_alarm", "why", "delete"})
"""Actions that the guard hears of; `read` only opens what was sent behind a tip."""
ACTIONS = RECORDED | {"read"}


class Pressed(NamedTuple):
    """What a button stands for."""

    incident: str
    action: str
    choice: str = ""


def data(incident: str, action: str, choice: str = "") -> str:
    """Callback data: at most 52 bytes of ASCII (Telegram allows 64)."""
    return f"tt:{incident}:{action}" + (f":{choice}" if choice else "")


def read(text: object) -> Pressed | None:
    """What the data stands for; None when the bot did not make it."""
    matched = _DATA.fullmatch(text) if isinstance(text, str) else None
    if matched is None or matched[2] not in ACTIONS:
        return None
    return Pressed(matched[1], matched[2], matched[3] or "")


def keyboard(rows: Iterable[Sequence[Button]], incident: str) -> dict[str, Any] | None:
    """The `reply_markup` for these rows; None for no buttons."""
    shown = [[_button(button, incident) for button in row] for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def _button(button: Button, incident: str) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": data(incident, button.action, button.choice)}
