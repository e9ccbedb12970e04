"""The Web API: one function a method, each with the documentation that it follows.

Every answer is HTTP 200 with `ok` true or false and `error` (https://docs.slack.dev/apis/web-api/#evaluating-responses),
but a rate limit is HTTP 429 with `Retry-After` (https://docs.slack.dev/apis/web-api/rate-limits).
Each answer carries `x-oauth-scopes` with the token's scopes (https://docs.slack.dev/authentication/oauth#scopes).
"""

import json
import time
from collections.abc import Callable
from typing import Any

from tests.fakes.slack import lookups as find
from tests.fakes.slack.workspace import APP, BOT, BOT_USER, TEAM, Workspace

Json = dict[str, Any]


def auth_test(space: Workspace, _args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test: is_enterprise_install for an organisation-wide token."""
    wide = {"enterprise_id": space.organisation, "is_enterprise_install": True} if space.organisation else {}
    return {
        "url": "https://example.slack.com/", "team": "Example", "user": "thinktwice", "team_id": TEAM,
        "user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False, **wide,
    }  # fmt: skip


def conversations_open(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open: errors user_not_found, user_disabled."""
    person = space.people.get(args.get("users", ""))
    if person is None:
        raise find.RefusalError("user_not_found")
    if person.disabled:
        raise find.RefusalError("user_disabled")
    return {"channel": {"id": space.dm(person.id).id}}


def conversations_info(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info: num_members only when asked for."""
    channel = find.channel(space, args)
    told: Json = {
        "id": channel.id, "name": channel.name, "is_private": channel.private, "is_im": bool(channel.user),
        "is_ext_shared": channel.external, "is_archived": channel.archived, "is_member": BOT_USER in channel.members,
    }  # fmt: skip
    if find.truth(args.get("include_num_members")) and channel.size is not None:
        told["num_members"] = len(channel.members) if channel.size < 0 else channel.size
    return {"channel": told}


def users_conversations(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/users.conversations: where the caller is a member, in pages."""
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    wanted = {kinds[kind] for kind in args.get("types", "public_channel").split(",")}
    channels = [
        {"id": channel.id, "name": channel.name, "is_archived": channel.archived, "is_private": channel.private}
        for channel in space.channels.values()
        if channel.kind in wanted and BOT_USER in channel.members
        if not (channel.archived and find.truth(args.get("exclude_archived")))
    ]
    page, cursor = find.page(channels, args)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def conversations_history(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history: newest first; thread replies are left out.

    `metadata.event_payload` comes with include_all_metadata only. `oldest` is exclusive unless `inclusive`.
    """
    channel = find.member_of(space, args)
    top = [message for message in channel.messages.values() if not find.is_reply(message)]
    shown = [find.shown(channel, message, args) for message in reversed(top) if find.within(message, args)]
    page, cursor = find.page(shown, args)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def conversations_replies(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies: the parent first, then replies, oldest first."""
    channel = find.member_of(space, args)
    parent = args.get("ts", "")
    if parent not in channel.messages:
        raise find.RefusalError("thread_not_found")
    thread = [
        message
        for ts, message in channel.messages.items()
        if ts == parent or (message.get("thread_ts") == parent and find.within(message, args))
    ]
    page, cursor = find.page([find.shown(channel, message, args) for message in thread], args)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def conversations_members(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members."""
    page, cursor = find.page(sorted(find.channel(space, args).members), args)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


FLAGS = ("is_primary_owner", "is_owner", "is_admin", "is_restricted", "is_ultra_restricted")


def users_info(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/users.info: `locale` only when include_locale is set.

    What a user object holds: https://docs.slack.dev/reference/objects/user-object. An owner is an administrator too, a
    single-channel guest is a guest too.
    """
    person = space.people.get(args.get("user", ""))
    if person is None:
        raise find.RefusalError("user_not_found")
    told: Json = {"id": person.id, "team_id": person.team, "deleted": person.disabled, "is_bot": person.is_bot}
    told |= dict.fromkeys(FLAGS, False) | dict.fromkeys(person.flags, True)
    if person.organisation:
        told["enterprise_user"] = {"enterprise_id": person.organisation, "teams": list(person.teams)}
    if find.truth(args.get("include_locale")):
        told["locale"] = person.locale
    return {"user": told}


def post_message(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage: errors channel_not_found, is_archived, no_text ...

    `cannot_dm_bot` and other refusals of a direct message are given by the person's `closed`. A person's id in place of
    a channel's is their direct messages.
    """
    person = space.people.get(args.get("channel", ""))
    channel = space.dm(person.id) if person else find.channel(space, args)
    if channel.user and (closed := space.people[channel.user].closed):
        raise find.RefusalError(closed)
    if BOT_USER not in channel.members:
        raise find.RefusalError("not_in_channel")
    if channel.archived:
        raise find.RefusalError("is_archived")
    if not args.get("text") and not args.get("blocks"):
        raise find.RefusalError("no_text")
    ts = space.stamp()
    message: Json = {
        "type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM, "ts": ts,
        **{key: args[key] for key in ("text", "blocks", "metadata", "thread_ts") if args.get(key)},
    }  # fmt: skip
    channel.messages[ts] = message
    return {"channel": channel.id, "ts": ts, "message": message}


def post_ephemeral(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral: user_not_in_channel; never in the history."""
    channel = find.channel(space, args)
    if BOT_USER not in channel.members:
        raise find.RefusalError("not_in_channel")
    if args.get("user") not in channel.members:
        raise find.RefusalError("user_not_in_channel")
    ts = space.stamp()
    space.ephemerals.append({**args, "channel": channel.id, "message_ts": ts})
    return {"message_ts": ts}


def chat_update(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update: message_not_found, cant_update_message (not one's own)."""
    message = find.message(space, args)
    if message.get("bot_id") != BOT:
        raise find.RefusalError("cant_update_message")
    message.update({key: args[key] for key in ("text", "blocks", "metadata") if key in args})
    return {"channel": args["channel"], "ts": args["ts"], "text": message.get("text", "")}


def chat_delete(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete: a bot token deletes only the bot's own messages."""
    message = find.message(space, args)
    if message.get("bot_id") != BOT and not args["token"].startswith("xoxp-"):
        raise find.RefusalError("cant_delete_message")
    del find.channel(space, args).messages[args["ts"]]
    return {"channel": args["channel"], "ts": args["ts"]}


def get_permalink(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink."""
    if args.get("message_ts") not in find.channel(space, args).messages:
        raise find.RefusalError("message_not_found")
    return {"permalink": f"https://example.slack.com/archives/{args['channel']}/p{args['message_ts'].replace('.', '')}"}


def views_publish(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish: replaces the App Home of one person."""
    if args["view"].get("type") != "home":
        raise find.RefusalError("invalid_arguments")
    space.homes[args["user_id"]] = args["view"]
    return {"view": {"id": space.fresh("V"), **args["view"]}}


def views_open(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/views.open: a trigger_id works once, within three seconds."""
    if args.get("trigger_id") not in space.triggers:
        raise find.RefusalError("expired_trigger_id")
    if time.monotonic() - space.triggers.pop(args["trigger_id"]) > 3:
        raise find.RefusalError("expired_trigger_id")
    view = {"id": space.fresh("V"), **args["view"]}
    space.modals.append(view)
    return {"view": view}


def files_info(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/files.info: errors file_not_found, file_deleted."""
    if args.get("file") not in space.files:
        raise find.RefusalError("file_not_found")
    return {"file": space.files[args["file"]]}


def files_delete(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/files.delete: errors cant_delete_file, file_deleted, file_not_found.

    A bot's token deletes what the bot posted. In messages a tombstone stays (`mode` of the file object).
    """
    name = args.get("file", "")
    if name not in space.files:
        raise find.RefusalError("file_not_found")
    if not args["token"].startswith("xoxp-"):
        raise find.RefusalError("cant_delete_file")
    del space.files[name]
    space.contents.pop(name, None)
    for channel in space.channels.values():
        for message in channel.messages.values():
            for file in message.get("files", ()):
                if file["id"] == name:
                    file.update(mode="tombstone")
    return {}


def files_get_upload_url(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal: `filename` and `length` are required."""
    if not args.get("filename") or not str(args.get("length", "")).isdigit():
        raise find.RefusalError("invalid_arguments")
    file = space.fresh("F")
    space.uploads[file] = {"name": args["filename"], "length": int(args["length"])}
    return {"upload_url": f"{space.address}/upload/{file}", "file_id": file}


def files_complete_upload(space: Workspace, args: Json) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal: shares what was uploaded in `channel_id`.

    The message's text is `initial_comment`. Errors file_not_found, channel_not_found, not_in_channel.
    """
    files = json.loads(args["files"]) if isinstance(args["files"], str) else args["files"]
    if any(file["id"] not in space.contents or file["id"] not in space.uploads for file in files):
        raise find.RefusalError("file_not_found")
    channel = find.member_of(space, args | {"channel": args["channel_id"]})
    shown = [{"name": space.uploads.pop(file["id"])["name"], **file} for file in files]
    ts = space.stamp()
    channel.messages[ts] = {
        "type": "message", "subtype": "file_share", "user": BOT_USER, "bot_id": BOT, "team": TEAM, "ts": ts,
        "text": args.get("initial_comment", ""), "files": shown,
    }  # fmt: skip
    return {"files": shown}


METHODS: dict[str, tuple[Callable[[Workspace, Json], Json], tuple[str, ...]]] = {
    "auth.test": (auth_test, ()),
    "conversations.open": (conversations_open, ("im:write",)),
    "conversations.info": (conversations_info, ("channels:read", "groups:read", "im:read", "mpim:read")),
    "conversations.history": (conversations_history, ("channels:history", "groups:history", "im:history")),
    "conversations.replies": (conversations_replies, ("channels:history", "groups:history", "im:history")),
    "conversations.members": (conversations_members, ("channels:read", "groups:read", "im:read", "mpim:read")),
    "users.conversations": (users_conversations, ("channels:read", "groups:read", "im:read", "mpim:read")),
    "users.info": (users_info, ("users:read",)),
    "chat.postMessage": (post_message, ("chat:write",)),
    "chat.postEphemeral": (post_ephemeral, ("chat:write",)),
    "chat.update": (chat_update, ("chat:write",)),
    "chat.delete": (chat_delete, ("chat:write",)),
    "chat.getPermalink": (get_permalink, ()),
    "views.publish": (views_publish, ()),
    "views.open": (views_open, ()),
    "files.completeUploadExternal": (files_complete_upload, ("files:write",)),
    "files.delete": (files_delete, ()),
    "files.getUploadURLExternal": (files_get_upload_url, ("files:write",)),
    "files.info": (files_info, ("files:read",)),
}
"""Each method with the scopes of which one is needed (an empty tuple: any token), as its page says."""
