"""What was said while the bot was away: read from the history, judged like anything else.

One cursor says until when everything was handled; what is read again overlaps by ten minutes, longer than Slack goes on
sending an event again. Bounded by age and count; rate limits are waited out here, where nobody waits.
docs.slack.dev/reference/methods/conversations.history
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.guard import Guard
from bot.message import Cursor, Message
from bot.platforms.slack.facts import Facts
from bot.platforms.slack.parse import Me, UnreadableError, posted
from bot.platforms.slack.wire import TOKEN_LOST, code_of, limited, wait_of
from bot.store import Store

OVERLAP = 600.0
"""Seconds before the cursor that are read again."""
OLDEST = 48 * 3600.0
"""Seconds back that are read at most."""
THREADS = 24 * 3600.0
"""Seconds further back in which a thread may have begun that has new replies."""
MOST = 2000
"""Messages of a channel that are read at most, the newest first."""
PAGE = 200
NAME, BEGAN = "handled_until", "began"
"""Cursors: until when everything was handled, and when the bot was first started."""

Json = Mapping[str, Any]
_log = logging.getLogger(__name__)


class CatchUp:
    """Reads history with the bot's token."""

    def __init__(
        self, me: Me, web: AsyncWebClient, guard: Guard, store: Store, facts: Facts, *, judge_bots: bool
    ) -> None:
        self._me, self._web, self._guard, self._store, self._facts = me, web, guard, store, facts
        self._judge_bots = judge_bots

    async def run(self, now: float) -> None:
        """Read what came since the cursor, in every channel; then move the cursor to `now`.

        What was said before the bot was first started, or before it came to a channel, is not its business.
        Raises what the wire and the store raise: then the cursor stays and the next run reads the same again.
        """
        began = _seconds(self._store.cursor("slack", BEGAN)) or now
        since = _seconds(self._store.cursor("slack", NAME)) or began
        async for channel in self._channels():
            oldest = max(since - OVERLAP, now - OLDEST, began, await self._came(channel))
            whole = await self._read(channel, oldest)
            if not whole and now - since > OVERLAP:  # what is younger Slack sends again by itself
                await self._guard.alert("gap", platform="slack", chat=channel)
        if since < now - OLDEST:
            await self._guard.alert("gap", platform="slack")
        await self.mark(now)

    async def begin(self, now: float) -> None:
        """Write down when the bot was first started; before anything is received."""
        if self._store.cursor("slack", BEGAN) is None:
            await self._guard.handle([], Cursor("slack", BEGAN, f"{now:.6f}"))

    async def mark(self, now: float) -> None:
        """Write down that everything until now was handled."""
        await self._guard.handle([], Cursor("slack", NAME, f"{now:.6f}"))

    async def _came(self, channel: str) -> float:
        """Since when the bot is in a channel; 0 when it was not there to see: then nobody is greeted late either."""
        known = self._store.chat("slack", self._me.workspace, channel)
        if known is None or known.state != "joined":
            await self._store.set_chat("slack", self._me.workspace, channel, state="joined")
            return 0.0
        return known.since if known.greeted_at is not None else 0.0

    async def _read(self, channel: str, oldest: float) -> bool:
        """Judge a channel's messages since `oldest`; False when there were more than are read."""
        found: list[Json] = []
        threads: list[str] = []
        whole = True
        try:
            async for message in self._pages(self._web.conversations_history, channel, oldest - THREADS):
                if len(found) >= MOST:
                    whole = False
                    break
                if (_seconds(message.get("latest_reply")) or 0.0) > oldest:
                    threads.append(str(message["ts"]))
                if _newest(message) > oldest:
                    found.append(message)
            for thread in threads:
                replies = self._pages(self._web.conversations_replies, channel, oldest, ts=thread)
                found += [message async for message in replies if _newest(message) > oldest]
        except SlackApiError as error:
            if code_of(error) in TOKEN_LOST or code_of(error).startswith("http_"):
                raise
            _log.warning("catchup.skipped channel=%s code=%s", channel, code_of(error))
            return False
        await self._judge(channel, found)
        return whole

    async def _judge(self, channel: str, found: list[Json]) -> None:
        known: dict[str, Message] = {}
        for raw in found:
            try:
                message = posted(
                    await self._facts.opened(raw), channel, self._me, external=False, judge_bots=self._judge_bots
                )
            except UnreadableError as error:
                _log.warning("catchup.unreadable channel=%s code=%s", channel, error)
                continue
            if message is not None and (message.parts or message.revision):
                known[message.id] = await self._facts.complete(message)
        messages = [known[ts] for ts in sorted(known, key=float)]
        for start in range(0, len(messages), PAGE):
            await self._guard.handle(messages[start : start + PAGE])

    async def _channels(self) -> AsyncIterator[str]:
        """docs.slack.dev/reference/methods/users.conversations: the channels that the bot is in.

        If Slack doesn't say, those that the log knows of.
        """
        cursor = None
        while True:
            try:
                answer = await _patiently(
                    self._web.users_conversations,
                    types="public_channel,private_channel",
                    exclude_archived=True,
                    limit=PAGE,
                    cursor=cursor,
                )
            except SlackApiError as error:
                if code_of(error) in TOKEN_LOST:
                    raise
                _log.warning("catchup.unlisted code=%s", code_of(error))
                for chat in self._store.chats("slack"):
                    if chat.state == "joined":
                        yield chat.chat
                return
            for channel in answer.get("channels") or ():
                yield str(channel["id"])
            cursor = _next(answer)
            if not cursor:
                return

    async def _pages(
        self, method: Callable[..., Any], channel: str, oldest: float, **which: str
    ) -> AsyncIterator[Json]:
        cursor = None
        while True:
            answer = await _patiently(
                method, channel=channel, oldest=f"{oldest:.6f}", limit=PAGE, cursor=cursor, **which
            )
            for message in answer.get("messages") or ():
                yield message
            cursor = _next(answer)
            if not cursor:
                return


async def _patiently(method: Callable[..., Any], **arguments: object) -> Any:
    """Call, and wait out rate limits."""
    while True:
        try:
            return await method(**arguments)
        except SlackApiError as error:
            if not limited(error):
                raise
            await asyncio.sleep(wait_of(error))


def _next(answer: Any) -> str | None:
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "") or None


def _newest(message: Json) -> float:
    """When a message was posted, or edited if it was."""
    edited = message.get("edited")
    stamp = edited.get("ts") if isinstance(edited, Mapping) else None
    return max(_seconds(message.get("ts")) or 0.0, _seconds(stamp) or 0.0)


def _seconds(stamp: object) -> float | None:
    try:
        return float(stamp)  # type: ignore[arg-type]  # whatever isn't a number is answered below
    except (TypeError, ValueError):
        return None
