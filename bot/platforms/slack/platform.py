"""Slack as the rest of the bot sees it."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.commands import Commands
from bot.config import Slack
from bot.guard import Guard
from bot.message import Later, Outcome, PlatformRefused, PlatformStopped, Send, Sent, Unknown
from bot.platforms.slack.bolt import bolt
from bot.platforms.slack.catchup import CatchUp
from bot.platforms.slack.deliver import Deliverer
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.facts import Facts
from bot.platforms.slack.home import home
from bot.platforms.slack.lines import Door, Socket
from bot.platforms.slack.parse import Me
from bot.platforms.slack.receive import Bell, Reception
from bot.platforms.slack.starting import Identity, asking, identify, sentence
from bot.platforms.slack.upkeep import keep_connected, keep_up
from bot.platforms.slack.wire import TOKEN_LOST, client, code_of, session
from bot.store import Store, StoreError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets of one Slack app. `admin_user` is optional: with it, people can let the bot delete their message."""

    bot: str = field(repr=False)
    app: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    admin_user: str = field(default="", repr=False)


class SlackPlatform:
    """One Slack app in one workspace (or one organisation)."""

    name = "slack"
    reads_back = True

    _who: Identity
    _session: aiohttp.ClientSession
    _web: AsyncWebClient
    _facts: Facts
    _desk: Desk
    _door: Door
    _reception: Reception
    _catchup: CatchUp
    _deliverer: Deliverer

    def __init__(
        self,
        config: Slack,
        tokens: Tokens,
        guard: Guard,
        store: Store,
        commands: Commands,
        clock: Callable[[], float] = time.time,
    ) -> None:
        logs.quiet()
        self._config, self._tokens = config, tokens
        self._guard, self._store, self._commands, self._clock = guard, store, commands, clock
        self._socket: Socket | None = None
        self._opened = False
        self._stopped = asyncio.Event()
        self._reason = ""
        self._later: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        """Check the tokens, connect; returns one line for the operator. Raises PlatformRefused with the cure."""
        if self._config.mode == "http" and not self._tokens.signing_secret:
            raise PlatformRefused("Slack: http mode needs SLACK_SIGNING_SECRET: without it anybody could send events")
        self._session = session()
        self._web = client(self._tokens.bot, self._config.api_base_url, self._session)
        self._who = await identify(self._web)
        self._build(self._who.me)
        await self._catchup.begin(self._clock())
        if self._socket is not None:
            await asking(self._socket.connect, "app")
        await self._listen()
        self._opened = True
        way = "Socket Mode" if self._config.mode == "socket" else f"HTTP at {self._config.listen}/slack/events"
        lacking = (
            f"; missing scopes: {', '.join(self._who.missing)} (see thinktwice doctor)" if self._who.missing else ""
        )
        return f"ready in workspace {self._who.me.workspace} as {self._who.me.user}, by {way}{lacking}"

    async def receive(self) -> None:
        """Take events until cancelled. Raises PlatformStopped when a token is lost for good."""
        connected = None if self._socket is None else self._socket.connected
        up = keep_up(self._reception, self._catchup, self._clock, connected)
        work: list[asyncio.Future[Any]] = [asyncio.ensure_future(up), asyncio.ensure_future(self._stopped.wait())]
        if self._socket is not None:
            work.append(asyncio.ensure_future(keep_connected(self._socket, self._reception)))
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            raise PlatformStopped(self._reason or "Slack stopped")
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def close(self) -> None:
        """Hang up: first nothing new comes in, then what is under way ends."""
        if hasattr(self, "_door"):
            await self._door.close()
        if self._socket is not None:
            await self._socket.close()
        if hasattr(self, "_desk"):
            await self._desk.close()
        for task in tuple(self._later):
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)
        if hasattr(self, "_session"):
            await self._session.close()
        self._opened = False

    def rungs(self, send: Send, reach: str) -> tuple[str, ...]:  # noqa: ARG002  # on Slack a bot may write to anybody
        """See `bot.message.Platform`."""
        return self._deliverer.rungs(send)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """See `bot.message.Platform`."""
        return self._deliverer.limits(rung, send)

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """See `bot.message.Platform`."""
        outcome = await self._deliverer.deliver(rung, send)
        if isinstance(outcome, Later) and outcome.code in TOKEN_LOST:
            self._stop(outcome.code, "bot")
        return outcome

    async def find_sent(self, rung: str, send: Send) -> Sent | Unknown | None:
        """See `bot.message.Platform`."""
        return await self._deliverer.find_sent(rung, send)

    async def chat_name(self, workspace: str, chat: str) -> str | None:  # noqa: ARG002  # there is one workspace
        """See `bot.message.Platform`."""
        name = (await self._facts.chat(chat)).name
        return f"#{name}" if name else None

    def may_delete(self, workspace: str, chat: str) -> bool:  # noqa: ARG002  # the token reaches what its owner reaches
        """Whether "Delete it for me" can be offered: only with an administrator's token."""
        return bool(self._tokens.admin_user)

    def _build(self, me: Me) -> None:
        bots = self._config.judge_bots
        self._facts = Facts(self._web, self._clock)
        bell = Bell(self._visited, self._arrived, lambda: self._begin(self._still_welcome()))
        self._reception = Reception(me, self._guard, self._store, self._facts, bell, judge_bots=bots)
        admin = self._tokens.admin_user
        self._desk = Desk(
            me=me,
            web=self._web,
            admin=client(admin, self._config.api_base_url, self._session) if admin else None,
            session=self._session,
            guard=self._guard,
            store=self._store,
            commands=self._commands,
            facts=self._facts,
            clock=self._clock,
        )
        self._catchup = CatchUp(me, self._web, self._guard, self._store, self._facts, judge_bots=bots)
        self._deliverer = Deliverer(self._web, self._config.warn_via, self._link, deletes=bool(admin))
        app = bolt(self._web, me, self._tokens.signing_secret, self._reception, self._desk)
        http = self._config.mode == "http"
        self._socket = None if http else Socket(app, self._web, self._tokens.app)
        self._door = Door(app if http else None, self._is_ready)

    async def _listen(self) -> None:
        try:
            await self._door.open(self._config.listen)
        except (OSError, ValueError) as error:
            place = self._config.listen
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not host:port"
            if self._config.mode == "http":
                raise PlatformRefused(
                    f"Slack: can't listen at {place}: {reason}; change listen in [slack] of the configuration"
                ) from None
            _log.warning("health.off listen=%s reason=%s", place, reason)

    async def _line_is_up(self) -> bool:
        return self._socket is None or await self._socket.connected()

    async def _is_ready(self) -> bool:
        if not self._opened or self._stopped.is_set() or not await self._line_is_up():
            return False
        try:
            self._store.cursor("slack", "ready")
        except StoreError:
            return False
        return True

    def _link(self, channel: str, ts: str, thread: str) -> str:
        """The address of a message, made as docs.slack.dev/reference/methods/chat.getPermalink shows it."""
        if not self._who.url.startswith("https://") or not ts.replace(".", "").isdigit():
            return ""
        inside = f"?thread_ts={thread}&cid={channel}" if thread else ""
        return f"{self._who.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{inside}"

    def _visited(self, user: str) -> None:
        self._begin(self._show_home(user))

    async def _show_home(self, user: str) -> None:
        code = await self._facts.language(user)
        view = await home(self._commands, self._who.me.workspace, user, code, self._clock)
        await self._web.views_publish(user_id=user, view=view)

    def _arrived(self, channel: str) -> None:
        if self._who.missing:
            self._begin(self._guard.alert("permissions", platform="slack", chat=channel, detail="missing_scope"))

    async def _still_welcome(self) -> None:
        """Find out whether it was our token that Slack says was revoked."""
        try:
            await self._web.auth_test()
        except SlackApiError as error:
            if code_of(error) in TOKEN_LOST:
                self._stop(code_of(error), "bot")

    def _stop(self, code: str, which: str) -> None:
        self._reason = sentence(code, which)
        self._stopped.set()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(self._safely(work))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except SlackApiError as error:
            _log.warning("slack.failed code=%s", code_of(error))
        except Exception as error:  # noqa: BLE001  # an errand beside the messages must not stop them
            _log.warning("slack.failed code=%s", type(error).__name__)
