"""Slack's history, page by page, with patience: rate limits are waited out here, where nobody waits.

docs.slack.dev/reference/methods/conversations.history, .../conversations.replies, .../users.conversations,
docs.slack.dev/apis/web-api/pagination
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.ids import identifier, seconds
from bot.platforms.slack.wire import GarbageError, code_of, limited, wait_of

PAGE, FEW = 200, 10
"""Messages asked for at once; few of them where a page is too long to be read (`wire.MOST`)."""

Json = Mapping[str, Any]


async def channels(web: AsyncWebClient) -> AsyncIterator[str]:
    """The channels that the bot is in. Raises what the wire raises."""
    wanted = {"types": "public_channel,private_channel", "exclude_archived": True}
    async for channel in _each(web.users_conversations, "channels", wanted):
        if name := identifier(channel.get("id")):
            yield name


async def messages(web: AsyncWebClient, channel: str, oldest: float) -> AsyncIterator[Json]:
    """A channel's messages since `oldest`, the newest first; of threads their first message alone."""
    async for message in _each(web.conversations_history, "messages", {"channel": channel, "oldest": f"{oldest:.6f}"}):
        yield message


async def replies(web: AsyncWebClient, channel: str, thread: str, oldest: float) -> AsyncIterator[Json]:
    """A thread's messages since `oldest`, and its first one."""
    which = {"channel": channel, "ts": thread, "oldest": f"{oldest:.6f}"}
    async for message in _each(web.conversations_replies, "messages", which):
        yield message


async def message(web: AsyncWebClient, channel: str, ts: str) -> Json | None:
    """One message as it stands now, asked of its thread, which every message is the first or a later one of.

    docs.slack.dev/reference/methods/conversations.replies: `ts` may be that of any message there. None when the message
    is gone. Raises what the wire raises.
    """
    try:
        answer = await web.conversations_replies(channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=1)
    except SlackApiError as error:
        if code_of(error) in {"thread_not_found", "message_not_found"}:
            return None
        raise
    found = [one for one in answer.get("messages") or () if isinstance(one, Mapping) and one.get("ts") == ts]
    return found[0] if found else None


async def files(web: AsyncWebClient, channel: str, ts: str) -> tuple[str, ...]:
    """The ids of a message's own files; none when the message is gone. Raises what the wire raises."""
    found = await message(web, channel, ts)
    listed = [file for file in (found or {}).get("files") or () if isinstance(file, Mapping)]
    return tuple(filter(None, (identifier(file.get("id")) for file in listed if file.get("mode") != "tombstone")))


def changed_at(message: Json) -> float:
    """When a message was posted, or edited if it was; Unix seconds."""
    edited = message.get("edited")
    stamp = edited.get("ts") if isinstance(edited, Mapping) else None
    return max(seconds(message.get("ts")) or 0.0, seconds(stamp) or 0.0)


async def _each(method: Callable[..., Any], what: str, which: Mapping[str, object]) -> AsyncIterator[Json]:
    cursor, limit = None, PAGE
    while True:
        try:
            answer = await _patiently(method, {**which, "limit": limit, "cursor": cursor})
        except GarbageError:
            if limit == FEW:
                raise
            limit = FEW
            continue
        for item in answer.get(what) or ():
            if isinstance(item, Mapping):
                yield item
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "") or None
        if cursor is None:
            return


async def _patiently(method: Callable[..., Any], arguments: Mapping[str, object]) -> Any:
    while True:
        try:
            return await method(**arguments)
        except SlackApiError as error:
            if not limited(error):
                raise
            await asyncio.sleep(wait_of(error))
