"""What was said while the bot was away: read from the history, judged like anything else.

One cursor says until when everything was handled; what is read again overlaps by ten minutes, longer than Slack goes on
sending an event again. Bounded by age and count.
"""

import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.judging.guard import Guard
from bot.message import Cursor, Deletion, Message
from bot.platforms.slack import NAME, history
from bot.platforms.slack.checkpoint import Checkpoint
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.ids import seconds, stamp
from bot.platforms.slack.parse import Me, posted
from bot.platforms.slack.wire import NOT_THERE, TOKEN_LOST, code_of
from bot.store import Store
from bot.words import AlertCode, ChatState, IncidentState

OVERLAP = 600.0
"""Seconds before the cursor that are read again."""
OLDEST = 48 * 3600.0
"""Seconds back that are read at most."""
THREADS = 24 * 3600.0
"""Seconds further back in which a thread may have begun that has new replies."""
MOST = 2000
"""Messages of a channel that are read at most, the newest first."""
HANDLED, BEGAN = "handled_until", "began"
"""Cursors: until when everything was handled, and when the bot was first started."""

Json = Mapping[str, Any]
_log = logging.getLogger(__name__)


class CatchUp:
    """Reads history with the bot's token."""

    def __init__(
        self, me: Me, web: AsyncWebClient, guard: Guard, store: Store, directory: Directory, *, judge_bots: bool
    ) -> None:
        self._me, self._web, self._guard, self._store, self._directory = me, web, guard, store, directory
        self._judge_bots = judge_bots
        self._checkpoint = Checkpoint(guard, store)
        self.leads, self.shared, self.alive = store.leads, store.shared, store.alive

    async def run(self, now: float, well_until: float = float("inf")) -> None:
        """Read what came since the cursor, in every channel; then move the cursor to `now`.

        Where another program moves the cursor on it says nothing of this one: that was well until `well_until`.
        What was said before the bot was first started, or before it came to a channel, is not its business.
        Raises what the wire and the store raise: then the cursor stays and the next run reads the same again.
        """
        began = self._cursor(BEGAN, now)
        since = min(self._cursor(HANDLED, began), well_until)
        async for channel in self._channels():
            oldest = max(since - OVERLAP, now - OLDEST, began, await self._came(channel))
            whole = await self._read(channel, oldest)
            if not whole and now - since > OVERLAP:  # what is younger Slack sends again by itself
                await self._guard.alert(AlertCode.GAP, platform=NAME, chat=channel)
        if since < now - OLDEST:
            await self._guard.alert(AlertCode.GAP, platform=NAME)
        self._checkpoint.over()
        if self.leads():
            await self.mark(now)

    def _cursor(self, name: str, now: float) -> float:
        """A time that was written down; one that a clock put into the future is none."""
        return min(seconds(self._store.cursor(NAME, name)) or now, now)

    async def begin(self, now: float) -> None:
        """Write down when the bot was first started, and what it ended on; before anything is received."""
        if self.leads():
            await self._checkpoint.begin()
        if self._store.cursor(NAME, BEGAN) is None:
            await self._guard.handle([], Cursor(NAME, BEGAN, f"{now:.6f}"))

    async def mark(self, now: float) -> None:
        """Write down that everything until now was handled."""
        await self._guard.handle([], Cursor(NAME, HANDLED, f"{now:.6f}"))

    async def _came(self, channel: str) -> float:
        """Since when the bot is in a channel; 0 when it was not there to see: then nobody is greeted late either."""
        known = self._store.chat(NAME, self._me.workspace, channel)
        if known is None or known.state is not ChatState.JOINED:
            await self._store.set_chat(NAME, self._me.workspace, channel, state=ChatState.JOINED)
            return 0.0
        return known.since if known.greeted_at is not None else 0.0

    async def _read(self, channel: str, oldest: float) -> bool:
        """Judge a channel's messages since `oldest`; False when there were more than are read."""
        found: list[Json] = []
        threads: list[str] = []
        whole = True
        try:
            async for message in history.messages(self._web, channel, oldest - THREADS):
                if len(found) >= MOST:
                    whole = False
                    break
                if (seconds(message.get("latest_reply")) or 0.0) > oldest:
                    threads.append(str(message.get("ts")))
                if history.changed_at(message) > oldest:
                    found.append(message)
            above = list(found)
            for thread in threads:
                some = history.replies(self._web, channel, thread, oldest)
                found += [message async for message in some if history.changed_at(message) > oldest]
        except SlackApiError as error:
            if _grave(code_of(error)):
                raise
            _log.warning("catchup.skipped channel=%s code=%s", channel, code_of(error))
            return False
        await self._judge(channel, found)
        if whole:
            await self._miss(channel, above)
        return whole

    async def _judge(self, channel: str, found: list[Json]) -> None:
        known: dict[str, Message] = {}
        for raw in found:
            try:
                whole = await self._directory.opened(raw)
                message = posted(whole, channel, self._me, external=False, judge_bots=self._judge_bots)
            except Exception as error:  # noqa: BLE001  # one message that can't be read must not stop the next
                _log.warning("catchup.unreadable channel=%s code=%s", channel, type(error).__name__)
                await self._store.stumble(NAME, f"{channel}/{stamp(raw.get('ts'))}", type(error).__name__, limit=1)
                continue
            if message is not None and (message.parts or message.attachments or message.revision):
                known[message.id] = await self._directory.complete(message)
        await self._checkpoint.judge(sorted(known.values(), key=lambda message: message.sent_at))

    async def _miss(self, channel: str, found: list[Json]) -> None:
        """A message that the log knows, and that is gone from between two others, was deleted meanwhile."""
        stamps = {str(message.get("ts")): seconds(message.get("ts")) or 0.0 for message in found}
        if not stamps:
            return
        first, last = min(stamps.values()), max(stamps.values())
        known = self._store.incidents(first, last, platform=NAME, chat=channel)
        gone = [
            row for row in known if row.state is IncidentState.OPEN and not row.thread and row.message not in stamps
        ]
        if gone:
            await self._guard.handle([Deletion(NAME, self._me.workspace, channel, row.message, last) for row in gone])

    async def _channels(self) -> AsyncIterator[str]:
        """The channels that the bot is in; if Slack doesn't say, those that the log knows of."""
        try:
            async for channel in history.channels(self._web):
                yield channel
        except SlackApiError as error:
            if _grave(code_of(error)):
                raise
            _log.warning("catchup.unlisted code=%s", code_of(error))
            for chat in self._store.chats(NAME):
                if chat.state is ChatState.JOINED:
                    yield chat.chat


def _grave(code: str) -> bool:
    """Whether nothing can be read now; what is not there will not come by waiting."""
    return code in TOKEN_LOST or (code.startswith("http_") and code not in NOT_THERE)
