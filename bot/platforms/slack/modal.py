"""The list of reasons as a modal: docs.slack.dev/surfaces/modals, radio buttons as in .../block-kit/block-elements."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.talk.presses import Reasons
from bot.wording import say

CALLBACK, BLOCK, _ACTION = "tt:reasons", "reason", "choice"

_INCIDENT = re.compile(r"[a-z2-7]{12}", re.ASCII)


def reasons(shown: Reasons, incident: str, response_url: str = "") -> dict[str, Any]:
    """Make the modal. What comes back with it is the incident's id, and where an ephemeral nudge can be replaced."""
    language = shown.language
    options = [{"text": _plain(button.label), "value": button.choice} for row in shown.buttons for button in row]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"incident": incident, "url": response_url}),
        "title": _plain("Think Twice"),
        "submit": _plain(say(language, "modal.submit")),
        "close": _plain(say(language, "modal.close")),
        "blocks": [
            {
                "type": "input",
                "block_id": BLOCK,
                "label": _plain(shown.text),
                "element": {"type": "radio_buttons", "action_id": _ACTION, "options": options},
            }
        ],
    }


def closing(text: str) -> dict[str, Any]:
    """Make a modal that only says something."""
    return {
        "type": "modal",
        "title": _plain("Think Twice"),
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": text[:2900]}}],
    }


def about(view: object) -> tuple[str, str]:
    """Read the incident's id and the response_url back; empty when they aren't there. Anybody may forge them."""
    try:
        found = json.loads(view["private_metadata"]) if isinstance(view, Mapping) else {}
    except (KeyError, TypeError, ValueError):
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    return known(found.get("incident")), str(found.get("url") or "")


def known(incident: object) -> str:
    """Let through what can be an incident's id; empty for anything else."""
    return incident if isinstance(incident, str) and _INCIDENT.fullmatch(incident) else ""


def picked(view: object) -> str:
    """Read which reason was picked; empty when none was."""
    state = view.get("state") if isinstance(view, Mapping) else None
    values = state.get("values") if isinstance(state, Mapping) else None
    for block in (values or {}).values():
        for element in block.values() if isinstance(block, Mapping) else ():
            option = element.get("selected_option") if isinstance(element, Mapping) else None
            if isinstance(option, Mapping):
                return str(option.get("value") or "")
    return ""


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text[:75]}
