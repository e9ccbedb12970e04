"""Slack's events -> our events. Pure: no network, no clock, and nothing that is missing is fatal.

Shapes: docs.slack.dev/reference/events/message and its subtypes' pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.message import ChatChange, Deletion, Event, Joined, Message
from bot.platforms.slack import NAME
from bot.platforms.slack.ids import identifier, seconds, stamp
from bot.platforms.slack.parts import attachments, parts, shared
from bot.words import ChatState
from policies.facts import Role

Json = Mapping[str, Any]

_SILENT = frozenset({
    "message_replied", "ekm_access_denied", "channel_join", "channel_leave", "group_join", "group_leave",
    "channel_archive", "channel_unarchive", "group_archive", "group_unarchive", "bot_add", "bot_remove", "bot_enable",
    "bot_disable", "channel_convert_to_private", "channel_posting_permissions", "pinned_item", "unpinned_item",
    "assistant_app_thread", "huddle_thread", "tombstone",
})  # fmt: skip
"""Subtypes whose words Slack wrote, not a person."""

_LEFT = frozenset({"channel_left", "group_left", "channel_deleted", "group_deleted"})


class UnreadableError(ValueError):
    """An event without the ids that it must have; the message names the field, never a value."""


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is: from auth.test. `workspace` is the organisation's id in an org-wide installation."""

    workspace: str
    user: str
    bot: str = ""
    team: str = ""


def parse(body: Json, me: Me, *, judge_bots: bool = False) -> tuple[Event, ...]:
    """Turn the body of an event_callback into events; () when it is nothing to us. Raises UnreadableError.

    Direct messages to the bot and App Home visits are not handled here: see `direct`.
    """
    event = body.get("event")
    if not isinstance(event, Mapping):
        raise UnreadableError("event")
    kind = event.get("type")
    if kind == "message":
        return () if direct(event) else _message(event, me, bool(body.get("is_ext_shared_channel")), judge_bots)
    at = _seconds(event.get("event_ts") or body.get("event_time"))
    if kind in {"member_joined_channel", "member_left_channel"} and event.get("user") == me.user:
        state = ChatState.JOINED if kind == "member_joined_channel" else ChatState.LEFT
        by = identifier(event.get("inviter"))
        return (ChatChange(NAME, me.workspace, _place(event, "channel"), state, at, by=by),)
    if kind == "member_joined_channel" and (user := identifier(event.get("user"))):
        return (Joined(NAME, me.workspace, _place(event, "channel"), user, at),)
    if kind in _LEFT:
        return (ChatChange(NAME, me.workspace, _place(event, "channel"), ChatState.LEFT, at),)
    if kind == "channel_id_changed":
        old, new = _place(event, "old_channel_id"), _place(event, "new_channel_id")
        return (ChatChange(NAME, me.workspace, old, ChatState.MOVED, at, to=new),)
    return ()


def direct(event: Json) -> bool:
    """Whether a message event is a direct message to the bot (by `channel_type`, else by the id's letter)."""
    kind = event.get("channel_type")
    return kind in {"im", "app_home"} if kind else str(event.get("channel", "")).startswith("D")


def posted(message: Json, channel: str, me: Me, *, external: bool, judge_bots: bool) -> Message | None:
    """Read a message as it stands, from an event or from the history; None when it isn't ours to judge."""
    if message.get("subtype") in _SILENT or _own(message, me):
        return None
    bot = bool(message.get("bot_id")) or message.get("subtype") == "bot_message" or message.get("user") == "USLACKBOT"
    if bot and not judge_bots:
        return None
    ts, thread = _moment(message, "ts"), stamp(message.get("thread_ts"))
    edited = message.get("edited")
    teams = {message.get(key) or me.team for key in ("user_team", "source_team")}
    foreign = me.team == me.workspace != "" and teams != {me.team}  # within an organisation, teams differ
    return Message(
        platform=NAME,
        workspace=me.workspace,
        chat=channel,
        id=ts,
        sender=None if bot else identifier(message.get("user")) or None,
        sent_at=_seconds(ts),
        parts=parts(message),
        revision=stamp(edited.get("ts")) if isinstance(edited, Mapping) else "",
        thread=thread if thread != ts else "",
        sender_role=Role.BOT if bot else None,
        forwarded=shared(message),
        external=external or foreign,
        attachments=attachments(message),
    )


def _message(event: Json, me: Me, external: bool, judge_bots: bool) -> tuple[Event, ...]:  # noqa: FBT001  # private
    channel, subtype = _place(event, "channel"), event.get("subtype")
    if subtype == "message_deleted":
        at = _seconds(event.get("event_ts") or event.get("ts"))
        return (Deletion(NAME, me.workspace, channel, _moment(event, "deleted_ts"), at),)
    if subtype != "message_changed":
        fresh = posted(event, channel, me, external=external, judge_bots=judge_bots)
        return (fresh,) if fresh and (fresh.parts or fresh.attachments) else ()
    new = event.get("message")
    if not isinstance(new, Mapping):
        raise UnreadableError("message")
    if new.get("subtype") == "tombstone":  # a deleted message that has replies leaves its place behind
        at = _seconds(event.get("event_ts") or event.get("ts"))
        return (Deletion(NAME, me.workspace, channel, _moment(new, "ts"), at),)
    old = event.get("previous_message")
    if isinstance(old, Mapping) and (parts(old), attachments(old)) == (parts(new), attachments(new)):
        return ()  # a link preview, a reaction of Slack's own: nobody changed a word
    changed = posted(new, channel, me, external=external, judge_bots=judge_bots)
    if changed is None:
        return ()
    return (replace(changed, revision=changed.revision or stamp(event.get("event_ts")) or stamp(event.get("ts"))),)


def _own(message: Json, me: Me) -> bool:
    return message.get("user") == me.user or bool(me.bot and message.get("bot_id") == me.bot)


def _place(event: Json, key: str) -> str:
    """A channel's id. What is none is no event of Slack's: it may be words, and an id is stored."""
    value = event.get(key)
    if isinstance(value, Mapping):  # some events carry the channel as an object
        value = value.get("id")
    if not identifier(value):
        raise UnreadableError(key)
    return identifier(value)


def _moment(event: Json, key: str) -> str:
    """A message's id."""
    if not stamp(event.get(key)):
        raise UnreadableError(key)
    return stamp(event.get(key))


def _seconds(written: object) -> float:
    return seconds(written) or 0.0
