"""Finding what a call is about, and cutting the answer into pages."""

from typing import Any

from tests.fakes.slack.workspace import BOT_USER, Channel, Workspace

Json = dict[str, Any]


class RefusalError(Exception):
    """`ok: false`; the message is the error code, `more` goes along with it."""

    def __init__(self, code: str, **more: str) -> None:
        super().__init__(code)
        self.more = more


def channel(space: Workspace, args: Json) -> Channel:
    found = space.channels.get(args.get("channel", ""))
    if found is None:
        raise RefusalError("channel_not_found")
    return found


def member_of(space: Workspace, args: Json) -> Channel:
    found = channel(space, args)
    if BOT_USER not in found.members:
        raise RefusalError("not_in_channel")
    return found


def message(space: Workspace, args: Json) -> Json:
    found = channel(space, args).messages.get(args.get("ts", ""))
    if found is None:
        raise RefusalError("message_not_found")
    return found


def is_reply(said: Json) -> bool:
    return said.get("thread_ts", said["ts"]) != said["ts"] and said.get("subtype") != "thread_broadcast"


def within(said: Json, args: Json) -> bool:
    at, oldest = float(said["ts"]), float(args.get("oldest") or 0)
    latest = float(args.get("latest") or 10**12)
    return oldest <= at <= latest if truth(args.get("inclusive")) else oldest < at < latest


def shown(place: Channel, said: Json, args: Json) -> Json:
    seen = dict(said)
    if "metadata" in seen and not truth(args.get("include_all_metadata")):
        seen["metadata"] = {"event_type": seen["metadata"]["event_type"]}
    replies = [ts for ts, other in place.messages.items() if other.get("thread_ts") == said["ts"] != ts]
    if replies:
        seen |= {"thread_ts": said["ts"], "reply_count": len(replies), "latest_reply": replies[-1]}
    return seen


def page(items: list[Any], args: Json) -> tuple[list[Any], str]:
    """https://docs.slack.dev/apis/web-api/pagination: `next_cursor` is empty on the last page."""
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    return items[start : start + limit], str(start + limit) if start + limit < len(items) else ""


def truth(value: object) -> bool:
    return str(value).lower() in {"1", "true"}
