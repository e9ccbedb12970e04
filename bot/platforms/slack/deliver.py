"""The ladder of Slack: a direct message, or an ephemeral message in the channel. One try, one honest outcome."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.ids import identifier, stamp
from bot.platforms.slack.shape import EVENT_TYPE, metadata, shape
from bot.platforms.slack.uploads import Uploads, shared
from bot.platforms.slack.wire import FAILURES, NOT_THERE, GarbageError, code_of, outcome_of
from bot.send import Later, Outcome, Refused, Send, Sent, Unknown
from bot.words import SendKind

Via = Literal["dm", "ephemeral", "both"]

_LADDERS: Mapping[str, tuple[str, ...]] = {
    "dm": ("dm", "ephemeral"),
    "ephemeral": ("ephemeral", "dm"),
    "both": ("both", "ephemeral"),
}
"""By `[slack] warn_via`: the way that was chosen, then the other."""

SETTLING = 1.0
"""Seconds before the first look: a call whose answer was lost may still be on its way into the history."""
SOON = 2.0
"""Seconds until a conversation that could not be opened is tried again."""
_PAGES = 5
"""Pages of 200 messages, the newest first: a send that is looked for is seconds or a restart old."""


class Deliverer:
    """Sends with the bot's token. `link` makes the address of a message: (channel, ts, thread) -> URL or ''."""

    def __init__(self, web: AsyncWebClient, via: Via, link: Callable[[str, str, str], str], *, deletes: bool) -> None:
        self.uploads: Uploads | None = None
        """What sends files; None while the bot has no right to."""
        self._web = web
        self._via = via
        self._link = link
        self._deletes = deletes
        self._channels: dict[str, str] = {}

    def rungs(self, send: Send) -> tuple[str, ...]:
        """List the ways to deliver this send, best first."""
        if send.replaces:
            return ("ephemeral",) if _ref(send).get("ephemeral") else ("dm",)
        if not send.recipient:
            return ("channel",)
        ladder = _LADDERS[self._via] if send.kind is SendKind.NUDGE else ("dm",)
        return ladder if send.chat else ("dm",)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """docs.slack.dev/apis/web-api/rate-limits: one a second a channel; tiers 3 and 4.

        Of all channels together Slack says "several hundred a minute", bursts allowed: 20 a second are tried, and a
        429 is waited out.
        """
        if rung == "ephemeral":
            return {"slack:ephemeral": (100, 60.0), f"slack:{send.chat}:{send.recipient}": (1, 1.0)}
        if send.replaces:
            return {"slack:update": (50, 60.0)}
        return {"slack:post": (1200, 60.0), f"slack:{send.recipient or send.chat}": (1, 1.0)}

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """Send once; see `bot.message.Platform`."""
        if send.replaces and rung != "ephemeral":
            return await self._rewrite(send)
        if rung == "ephemeral":
            return await self._whisper(send)
        if rung == "channel":
            return await self._post(send, send.chat)
        channel = await self._dm(send.recipient)
        if not isinstance(channel, str):
            return channel
        if send.document and self.uploads:
            return await self.uploads.send(send, send.document, channel)
        outcome = await self._post(send, channel)
        if isinstance(outcome, Refused):
            self._channels.pop(send.recipient, None)
        if rung == "both" and isinstance(outcome, Sent):
            await self._whisper(send)  # a second copy where they are looking; the first one is what counts
        return outcome

    async def find_sent(self, rung: str, send: Send) -> Sent | Unknown | None:
        """Look for the send in the channel's history, by its metadata, or by the name of its file.

        docs.slack.dev/reference/methods/conversations.history: include_all_metadata. Raises what the wire raises: not
        knowing is not a no. An ephemeral message leaves no trace.
        """
        if rung == "ephemeral":
            return Unknown("no_trace")
        if send.replaces:
            return None
        await asyncio.sleep(SETTLING)
        channel = send.chat if rung == "channel" else await self._open(send.recipient)
        mark, cursor = metadata(send)["event_payload"], ""
        for _ in range(_PAGES):
            answer = await self._web.conversations_history(
                channel=channel,
                include_all_metadata=True,
                limit=200,
                cursor=cursor or None,
            )
            for message in answer.get("messages") or ():
                if _mark(message) == mark or (send.document and shared(message, send, send.document)):
                    return Sent(json.dumps({"channel": channel, "ts": stamp(message.get("ts"))}))
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return None

    async def _post(self, send: Send, channel: str) -> Outcome:
        about = send.kind in (SendKind.NUDGE, SendKind.ALERT) and send.message  # only what has buttons shows it
        link = self._link(send.chat, send.message, send.thread) if about else ""
        try:
            answer = await self._web.chat_postMessage(channel=channel, **shape(send, link=link, deletes=self._deletes))
        except FAILURES as error:
            return outcome_of(error)
        ts = stamp(answer.get("ts"))
        if not ts and answer.get("ts") is not None:
            return Unknown("odd_answer")
        where = identifier(answer.get("channel")) or channel
        return Sent(json.dumps({"channel": where, "ts": ts}))  # a yes that doesn't say where is still a yes

    async def _whisper(self, send: Send) -> Outcome:
        """docs.slack.dev/reference/methods/chat.postEphemeral: in a thread when the message stands in one.

        It can't be read back, so one of unknown outcome counts as refused: the next rung can be.
        """
        said = shape(send, deletes=self._deletes)
        try:
            await self._web.chat_postEphemeral(
                channel=send.chat,
                user=send.recipient,
                text=said["text"],
                blocks=said["blocks"],
                thread_ts=send.thread or None,
            )
        except FAILURES as error:
            outcome = outcome_of(error)
            return Refused("in_doubt") if isinstance(outcome, Unknown) else outcome
        return Sent(json.dumps({"channel": send.chat, "ephemeral": True}))

    async def _rewrite(self, send: Send) -> Outcome:
        """docs.slack.dev/reference/methods/chat.update; twice does no harm."""
        ref = _ref(send)
        if not ref.get("ts"):
            return Refused("gone")
        said = shape(send, deletes=self._deletes)
        try:
            await self._web.chat_update(
                channel=str(ref.get("channel")), ts=str(ref.get("ts")), text=said["text"], blocks=said["blocks"]
            )
        except FAILURES as error:
            missing = isinstance(error, SlackApiError) and code_of(error) in NOT_THERE
            return Refused("not_there") if missing else outcome_of(error)
        return Sent(send.replaces)

    async def _dm(self, user: str) -> str | Refused | Later:
        try:
            return await self._open(user)
        except FAILURES as error:
            outcome = outcome_of(error)
            # Opening a conversation says nothing to anybody: whatever went wrong, it may be tried again.
            return outcome if isinstance(outcome, Refused | Later) else Later(SOON, "not_opened")

    async def _open(self, user: str) -> str:
        """The person's direct messages; where nobody says which these are, their own id, which stands for them.

        docs.slack.dev/reference/methods/chat.postMessage: `channel`.
        """
        if user not in self._channels:
            self._channels[user] = await self._asked(user)
        return self._channels[user]

    async def _asked(self, user: str) -> str:
        try:
            answer = await self._web.conversations_open(users=user)
        except SlackApiError as error:
            if code_of(error) not in NOT_THERE:
                raise
            return user
        opened: Any = answer.get("channel", {"id": user})
        channel = identifier(opened.get("id")) if isinstance(opened, Mapping) else ""
        if not channel:
            raise GarbageError("no channel")
        return channel


def _ref(send: Send) -> Mapping[str, Any]:
    try:
        ref = json.loads(send.replaces)
    except ValueError:
        return {}
    return ref if isinstance(ref, dict) else {}


def _mark(message: object) -> object:
    """The mark in a message's metadata, None when it is not one of ours."""
    found = message.get("metadata") if isinstance(message, Mapping) else None
    if not isinstance(found, Mapping) or found.get("event_type") != EVENT_TYPE:
        return None
    return found.get("event_payload")
