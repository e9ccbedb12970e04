"""Buttons under the bot's messages: an incident (or none) and an action in 64 bytes of callback data, and back again.

The data comes back from the network and anybody can forge it: reading checks the form, never the right to press.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.send import Button
from bot.words import Action

_DATA = re.compile(r"tt:([a-z2-7]{12}|):([a-z_]{2,12})(?::([a-z0-9_]{1,24}))?", re.ASCII)
PRESSABLE = frozenset(Action) - {Action.START}
"""Actions that come back as a press; START is a link."""


Markup = dict[str, Any]


class Pressed(NamedTuple):
    """What a button stands for."""

    incident: str
    action: Action
    choice: str = ""


def data(incident: str, action: str, choice: str = "") -> str:
    """Callback data: at most 52 bytes of ASCII (Telegram allows 64)."""
    return f"tt:{incident}:{action}" + (f":{choice}" if choice else "")


def read(text: object) -> Pressed | None:
    """What the data stands for; None when the bot did not make it."""
    matched = _DATA.fullmatch(text) if isinstance(text, str) else None
    if matched is None or matched[2] not in PRESSABLE:
        return None
    return Pressed(matched[1], Action(matched[2]), matched[3] or "")


def keyboard(rows: Iterable[Sequence[Button]], incident: str, username: str) -> Markup | None:
    """Give the `reply_markup` for these rows; None for no buttons. `username` is the bot's, for Start buttons."""
    shown = [[_button(button, incident, username) for button in row] for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def with_choices(markup: Markup, choices: Markup | None) -> Markup:
    """Add the rows of `choices` under the buttons that are shown; take them away again when they are there."""
    rows = markup.get("inline_keyboard") or []
    kept = [row for row in rows if not any(_is_choice(button) for button in row)]
    return {"inline_keyboard": kept if len(kept) < len(rows) or not choices else [*kept, *choices["inline_keyboard"]]}


def without_delete(rows: Iterable[Sequence[Button]]) -> tuple[tuple[Button, ...], ...]:
    """Leave out "Delete it for me", where the bot may not."""
    return tuple(tuple(button for button in row if button.action is not Action.DELETE) for row in rows)


def _is_choice(button: Mapping[str, Any]) -> bool:
    pressed = read(button.get("callback_data"))
    return pressed is not None and bool(pressed.choice)


def _button(button: Button, incident: str, username: str) -> dict[str, str]:
    if button.action is Action.START:
        # https://core.telegram.org/bots/features#deep-linking
        return {"text": button.label, "url": button.url or f"https://t.me/{username}?start=group"}
    if button.url or button.action is None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": data(incident, button.action, button.choice)}
