"""A send -> the arguments of a Slack call: escaped text, Block Kit blocks, buttons, metadata.

Limits: docs.slack.dev/reference/block-kit/blocks/section-block (3,000 characters), .../actions-block (25 elements),
.../block-elements/button-element (label 75 characters), .../methods/chat.postMessage (text 40,000 characters).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.send import Button, Document, Send
from bot.wording import languages, say
from bot.words import Action

_LINK = re.compile(r"<(?:(?:tel|mailto):|(?=https?://))([^<>|]+)(?:\|([^<>]*))?>")

PREFIX = "tt:"
"""Every action_id of ours starts so."""
EVENT_TYPE = "thinktwice_send"
_SECTION, _TEXT, _LABEL, _ROW, _BLOCKS = 2900, 38_000, 75, 25, 49
_DROPPED = frozenset({Action.START})
"""Buttons that Slack does not need: here a bot may write to anybody."""

Json = dict[str, Any]


def escaped(text: str) -> str:
    """Make text safe for mrkdwn: no mention and no link can come out of it (docs.slack.dev formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def said(text: str, document: Document | None = None, safer: str = "") -> Json:
    """The `text` and `blocks` arguments: what notifications show, and what people see.

    A report file is shown as text: the bot has no right to upload files, and an ephemeral answer could not carry one.
    A `safer` text stands below, to be copied as it is: docs.slack.dev/reference/block-kit/blocks/rich-text-block.
    """
    shown = sections(text or "…")
    if safer:
        safer = readable(safer)
        text += f"\n{safer}"
        shown += [_preformatted(safer[at : at + _SECTION]) for at in range(0, len(safer), _SECTION)]
    if document:
        content = document.content.decode("utf-8-sig", "replace")
        text += f"\n{content}"
        shown += [_section(f"```\n{piece}\n```") for piece in _cut(escaped(content))]
    return {"text": escaped(text)[:_TEXT] or "…", "blocks": shown[:_BLOCKS]}


def readable(text: str) -> str:
    """A text that was written on Slack as people see it: of a link, what it is called (formatting-message-text)."""
    return _LINK.sub(lambda link: link[2] or link[1], text)


def _preformatted(text: str) -> Json:
    inside = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inside]}


def shape(send: Send, *, link: str = "", deletes: bool = True) -> Json:
    """Everything about a send but where it goes. `link` leads to the message in question."""
    buttons = [
        button
        for row in send.buttons
        for button in row
        if button.action not in _DROPPED and (deletes or button.action is not Action.DELETE)
    ]
    if link and buttons and not any(button.url for button in buttons):
        buttons.insert(0, Button(say(_language(send), "button.open"), url=link))
    shown = pressable(said(send.text, send.document), buttons, send.incident)
    return {**shown, "metadata": metadata(send), "unfurl_links": False, "unfurl_media": False}


def pressable(shown: Json, buttons: Sequence[Button], incident: str = "") -> Json:
    """Add buttons below what is shown, if there are any."""
    if not buttons:
        return shown
    row = [_button(button, incident) for button in buttons[:_ROW]]
    return {**shown, "blocks": [*shown["blocks"], {"type": "actions", "elements": row}]}


def _language(send: Send) -> str:
    """The language in which the send's buttons speak."""
    labels = {button.label for row in send.buttons for button in row}
    return next((code for code in languages() if say(code, "button.removed") in labels), "en")


def metadata(send: Send) -> Json:
    """What tells this send from every other when the history is read back: ids only."""
    mark = {"send": send.id, "incident": send.incident, "created": str(send.created_at)}
    return {"event_type": EVENT_TYPE, "event_payload": mark}


def sections(text: str) -> list[Json]:
    """Cut a text into section blocks, between lines where that is possible."""
    return [_section(piece) for piece in _cut(escaped(text))]


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _cut(text: str) -> Iterator[str]:
    while len(text) > _SECTION:
        at = text.rfind("\n", 1, _SECTION)
        at = at if at > 0 else _SECTION
        yield text[:at]
        text = text[at:].lstrip("\n")
    if text.strip():
        yield text


def _button(button: Button, incident: str) -> Json:
    shown: Json = {"type": "button", "text": {"type": "plain_text", "text": button.label[:_LABEL], "emoji": True}}
    if button.url or button.action is None:
        return {**shown, "action_id": f"{PREFIX}open", "url": button.url}
    action = PREFIX + button.action + (f":{button.choice}" if button.choice else "")
    return {**shown, "action_id": action, **({"value": incident} if incident else {})}
