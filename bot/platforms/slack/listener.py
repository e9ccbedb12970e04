"""Events from Slack, in: acknowledged once the guard has committed what they mean.

Slack sends again what is not acknowledged (at once, after 1 and 5 minutes: docs.slack.dev/apis/events-api/#retries), so
an event may come twice, also after a restart: a message is known by its ids and edit stamp, a direct message by a
cursor.
"""

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from bot.judging.asked import Typed, typed
from bot.judging.guard import Guard
from bot.message import Ask, ChatChange, Cursor, Event, Joined, Message, Part, just_said
from bot.platforms.slack import NAME
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.ids import event_id, identifier, seconds, stamp
from bot.platforms.slack.parse import Me, direct, parse
from bot.platforms.slack.parts import attachments, parts, plain
from bot.store import Clock, Store, StoreError
from bot.words import AlertCode, ChatState, Command, PartKind
from policies.facts import Role

Json = Mapping[str, Any]
_REMEMBERED = 10_000
"""Event ids: ten minutes of Slack's highest rate, 30,000 events an hour."""
_FUTURE = 86_400.0
"""Seconds by which Slack's clock may be before ours."""

_log = logging.getLogger(__name__)


class UnconfirmedError(Exception):
    """The event must not be acknowledged: Slack shall send it again. The message is a code."""


class AppListener(Protocol):
    """Who is told of what isn't for the guard."""

    def visited(self, user: str) -> None:
        """Somebody opened the App Home."""
        ...

    def shown(self, message: Message, *, names: bool) -> None:
        """Somebody shows a text or a file to the bot privately; `names`: they want initials in place of names."""
        ...

    def arrived(self, channel: str) -> None:
        """The bot came to a channel."""
        ...

    def gone(self) -> None:
        """Somebody's tokens were revoked, or the app was removed."""
        ...


class Listener:
    """Takes events one by one for each chat."""

    def __init__(
        self,
        me: Me,
        guard: Guard,
        store: Store,
        directory: Directory,
        app_listener: AppListener,
        clock: Clock,
        *,
        judge_bots: bool,
    ) -> None:
        self._me, self._guard, self._store, self._directory = me, guard, store, directory
        self._app_listener = app_listener
        self._clock = clock
        self._judge_bots = judge_bots
        self._done: OrderedDict[str, None] = OrderedDict()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._known: set[str] = set()
        self.troubled = False
        """Whether an event was refused since somebody last looked: then the history must be read again."""

    async def event(self, body: Json) -> None:
        """Handle one event_callback. When this returns, it may be acknowledged. Raises UnconfirmedError."""
        name = event_id(body.get("event_id"))
        if name and name in self._done:
            return
        async with self._turns[_place(body)]:
            try:
                await self._take(body, name)
            except StoreError as error:
                self.troubled = True
                raise UnconfirmedError("store") from error
        if name:
            self._done[name] = None
            if len(self._done) > _REMEMBERED:
                self._done.popitem(last=False)

    async def _take(self, body: Json, name: str) -> None:
        named = name or _place(body) or "event"
        try:
            await self._handle(body)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever one event does must not stop the next
            code = type(error).__name__
            aside = await self._store.stumble(NAME, named, code)
            _log.warning("event.failed id=%s code=%s aside=%s", name, code, aside)
            if not aside:
                self.troubled = True
                raise UnconfirmedError(code) from None
            await self._guard.alert(AlertCode.POISON, platform=NAME)
        else:
            await self._store.recovered(NAME, lambda stumbled: stumbled == named)

    async def _handle(self, body: Json) -> None:
        event = body.get("event")
        event = event if isinstance(event, Mapping) else {}
        kind = event.get("type")
        if kind == "message" and direct(event):
            await self._asked(event)
        elif kind == "app_home_opened":
            if event.get("tab") in {None, "home"} and (user := identifier(event.get("user"))):
                self._app_listener.visited(user)
        elif kind in {"tokens_revoked", "app_uninstalled"}:
            self._app_listener.gone()
        else:
            if kind in {"member_joined_channel", "member_left_channel"}:
                self._directory.forget(str(event.get("channel")))
            whole = {**body, "event": await self._opened(event)} if kind == "message" else body
            await self._judge(parse(whole, self._me, judge_bots=self._judge_bots))

    async def _opened(self, event: Json) -> Json:
        """The event with the names of files that Slack does not send along."""
        inner = {key: event[key] for key in ("message", "previous_message") if isinstance(event.get(key), Mapping)}
        return {
            **await self._directory.opened(event),
            **{key: await self._directory.opened(inner[key]) for key in inner},
        }

    async def _judge(self, events: tuple[Event, ...]) -> None:
        if not events:
            return
        await self._note([event.chat for event in events if isinstance(event, Message)])
        await self._guard.handle([event for one in events if (event := await self._complete(one))])
        for event in events:
            if isinstance(event, ChatChange) and event.state is ChatState.JOINED:
                self._app_listener.arrived(event.chat)

    async def _complete(self, event: Event) -> Event | None:
        """Add what Slack knows of a message or of somebody who joined; None for a bot that did."""
        match event:
            case Message():
                at = event.sent_at if event.revision else just_said(event.sent_at, self._clock())
                return await self._directory.complete(replace(event, sent_at=at))
            case Joined():
                person = await self._directory.person(event.user)
                return None if person.rank is Role.BOT else replace(event, language=person.language)
            case _:
                return event

    async def _note(self, channels: list[str]) -> None:
        """Remember that the bot is in a channel, when a message is the first to tell; nobody is greeted late."""
        for channel in channels:
            if channel not in self._known:
                if self._store.chat(NAME, self._me.workspace, channel) is None:
                    await self._store.set_chat(NAME, self._me.workspace, channel, state=ChatState.JOINED)
                self._known.add(channel)

    async def _asked(self, event: Json) -> None:
        """A command sent to the bot privately is answered, and its name is all that is kept.

        Any other text, and a file, is looked into and spoken of, and nothing of it is kept.
        """
        user, channel, ts = identifier(event.get("user")), identifier(event.get("channel")), stamp(event.get("ts"))
        written = event.get("subtype") in {None, "file_share", "me_message", "thread_broadcast"}
        if not (written and user and channel and ts):
            return
        now = self._clock()
        if event.get("bot_id") or user == self._me.user or _after(self._store.cursor(NAME, f"im:{channel}"), ts, now):
            return
        asked, at, language = typed(plain(event.get("text"))), just_said(ts, now), await self._directory.language(user)
        files = attachments(event) if self._guard.reads_files else ()
        words = () if asked.command else _words(event, asked)
        seen = Cursor(NAME, f"im:{channel}", ts, once=True)
        if words or files:
            await self._guard.handle([], seen)
            shown = Message(
                NAME, self._me.workspace, channel, ts, user, at, words, language=language, attachments=files
            )
            self._app_listener.shown(shown, names=asked.names)
            return
        name = asked.command or Command.HELP
        ask = Ask(NAME, self._me.workspace, user, "", name, asked.args, at, language)
        await self._guard.handle([ask], seen)


def _words(event: Json, asked: Typed) -> tuple[Part, ...]:
    """The words to check: those that were typed, and what else can be read in the message but for names of files."""
    others = [part for part in parts(event) if part.kind not in (PartKind.TEXT, PartKind.FILE_NAME)]
    # Blocks repeat the text; of a text behind `check` they hold the word itself too.
    others = [part for part in others if part.kind is not PartKind.BLOCK or not asked.words]
    return (*([Part(PartKind.TEXT, asked.words)] if asked.words.strip() else []), *others)


def _place(body: Json) -> str:
    """The chat that an event belongs to: events of one chat are handled in the order of their arrival."""
    event = body.get("event")
    return identifier(event.get("channel")) if isinstance(event, Mapping) else ""


def _after(known: str | None, ts: str, now: float) -> bool:
    """Whether a direct message was answered already; one of the far future says nothing of those that follow it."""
    last = seconds(known)
    return last is not None and (seconds(ts) or 0.0) <= last <= now + _FUTURE
