"""Slack as the rest of the bot sees it."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.config import ConfigError
from bot.message import Attachment, Message
from bot.platform import Fetched, PlatformRefused, PlatformStopped, Trouble, Unfetched
from bot.platforms.beside import Inbound
from bot.platforms.slack import NAME, history, permissions
from bot.platforms.slack.adapters import SocketAdapter
from bot.platforms.slack.app_events import AppEvents
from bot.platforms.slack.bolt import bolt
from bot.platforms.slack.catchup import CatchUp
from bot.platforms.slack.deliver import Deliverer
from bot.platforms.slack.directory import Directory
from bot.platforms.slack.files import Files, deleted
from bot.platforms.slack.http_line import HttpLine
from bot.platforms.slack.interactions import Interactions
from bot.platforms.slack.listener import Listener
from bot.platforms.slack.parse import Me, UnreadableError, posted
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.starting import Identity, UnreachableError, asking, identify, sentence
from bot.platforms.slack.tokens import Tokens
from bot.platforms.slack.upkeep import Upkeep
from bot.platforms.slack.uploads import Uploads
from bot.platforms.slack.wire import FAILURES, TOKEN_LOST, client, code_of, longest, session
from bot.send import Later, Outcome, Send, Sent, Unknown
from bot.store import Store
from bot.words import ReachState, TroubleCode

FIRST = 1.0
"""Seconds until the second try to reach Slack at the start, doubled for each one after it."""

_log = logging.getLogger(__name__)


class SlackPlatform:
    """One Slack app in one workspace (or one organisation)."""

    name = NAME
    reads_back = True
    knocks = False
    rereads = True

    _inbound: Inbound

    _who: Identity
    _session: aiohttp.ClientSession
    _web: AsyncWebClient
    _directory: Directory
    _listener: Listener
    _catchup: CatchUp
    _deliverer: Deliverer

    def __init__(self, config: Slack, tokens: Tokens, store: Store, clock: Callable[[], float] = time.time) -> None:
        logs.quiet()
        self.slash = f"{config.command} "
        self.reminder_days = config.reminder_days
        self._config, self._tokens, self._store, self._clock = config, tokens, store, clock
        self._socket: SocketAdapter | None = None
        self._interactions: Interactions | None = None
        self._http: HttpLine | None = None
        self._opened = False
        self._stopped = asyncio.Event()
        self._reason = ""
        self._app_events: AppEvents | None = None
        self._upkeep: Upkeep | None = None

    @property
    def files(self) -> bool:
        """Whether the bot has the right to upload files."""
        return self._opened and self._deliverer.uploads is not None

    async def open(self, inbound: Inbound) -> str:
        """Check the tokens, connect; returns one line for the operator. Raises PlatformRefused with the cure."""
        if self._config.mode == "http" and not self._tokens.signing_secret:
            raise PlatformRefused("Slack: http mode needs SLACK_SIGNING_SECRET: without it anybody could send events")
        self._inbound = inbound
        self._session = session()
        self._web = client(self._tokens.bot, self._config.api_base_url, self._session)
        self._directory = Directory(self._web, self._clock)
        deletes = bool(self._tokens.admin_user)
        self._deliverer = Deliverer(self._web, self._config.warn_via, self._link, deletes=deletes)
        try:
            return await self._start()
        except UnreachableError as error:
            return f"waiting for a connection to Slack ({error}); if it stays so, check the network and api_base_url"

    async def _start(self) -> str:
        self._who = await identify(self._web)
        if permissions.UPLOADS in (self._who.scopes or ()):
            self._deliverer.uploads = Uploads(self._web, self._session)
        if self._app_events is None:
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
        try:
            await self._take_events()
        except PlatformStopped:
            self._stopped.set()
            raise

    async def _take_events(self) -> None:
        await self._wait_for_slack()
        self._upkeep = Upkeep(self._listener, self._catchup, self._clock, self._socket)
        up, stopped = self._upkeep.keep_up(), self._stopped.wait()
        work: list[asyncio.Future[Any]] = [asyncio.ensure_future(up), asyncio.ensure_future(stopped)]
        if self._socket is not None:
            work.append(asyncio.ensure_future(self._upkeep.keep_connected(self._socket)))
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            raise PlatformStopped(self._reason or "Slack stopped")
        finally:
            self._upkeep = None
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def _wait_for_slack(self) -> None:
        pause = FIRST
        while not self._opened:
            await asyncio.sleep(pause)
            try:
                _log.info("slack.started %s", await self._start())
            except UnreachableError as error:
                pause = min(pause * 2, longest(str(error)))
                _log.warning("slack.waits code=%s seconds=%s", error, pause)
            except PlatformRefused as error:
                raise PlatformStopped(str(error)) from None

    async def close(self) -> None:
        """Hang up: first nothing new comes in, then what is under way ends."""
        if self._http is not None:
            await self._http.door.close()
        if self._socket is not None:
            await self._socket.close()
        if self._interactions is not None:
            await self._interactions.close()
        if self._app_events is not None:
            await self._app_events.close()
        if hasattr(self, "_session"):
            await self._session.close()
        self._opened = False

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:  # noqa: ARG002  # on Slack a bot may write to anybody
        """See `bot.platform.Platform`."""
        return self._deliverer.rungs(send)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """See `bot.platform.Platform`."""
        return self._deliverer.limits(rung, send)

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """See `bot.platform.Platform`."""
        if not self._opened:
            return Later(5.0, "not_connected")
        outcome = await self._deliverer.deliver(rung, send)
        if isinstance(outcome, Later) and outcome.code in TOKEN_LOST:
            self._lost(outcome.code)
        return outcome

    async def find_sent(self, rung: str, send: Send) -> Sent | Unknown | None:
        """See `bot.platform.Platform`."""
        return await self._deliverer.find_sent(rung, send)

    async def chat_name(self, workspace: str, chat: str) -> str | None:  # noqa: ARG002  # there is one workspace
        """See `bot.platform.Platform`."""
        name = (await self._directory.chat(chat)).name
        return f"#{name}" if name else None

    def may_delete(self, workspace: str, chat: str) -> bool:  # noqa: ARG002  # the token reaches what its owner reaches
        """Whether "Delete it for me" can be offered: only with an administrator's token."""
        return bool(self._tokens.admin_user)

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        """See `bot.platform.Platform`."""
        if not self._opened:
            return Later(5.0, "not_connected")
        return await Files(self._web, self._session).fetch(file, most)

    async def trouble(self) -> tuple[Trouble, ...]:
        """See `bot.platform.Platform`."""
        if self._stopped.is_set():
            return (Trouble(TroubleCode.STOPPED),)
        refused = self._http.trouble() if self._http is not None else ()
        if any(trouble.blind for trouble in refused):
            return refused
        working = self._opened and self._upkeep is not None and not self._upkeep.failing
        return refused if working and await self._line_is_up() else (Trouble(TroubleCode.WAITING), *refused)

    async def reread(self, chat: str, message: str) -> Message | None:
        """See `bot.platform.Platform`."""
        if not self._opened:
            return None
        try:
            found = await history.message(self._web, chat, message)
            told = posted(found, chat, self._who.me, external=False, judge_bots=False) if found else None
        except (*FAILURES, UnreadableError):
            return None
        return await self._directory.complete(told) if told else None

    async def remove(self, chat: str, message: str) -> bool:
        """docs.slack.dev/reference/methods/chat.delete: with a user token, what that user may delete in Slack.

        Files stay in Slack when their message goes, so they go first.
        """
        if not self._tokens.admin_user:
            return False
        web = client(self._tokens.admin_user, self._config.api_base_url, self._session)
        try:
            files = await history.files(self._web, chat, message)
            if not all([await deleted(web, file) for file in files]):
                return False
            await web.chat_delete(channel=chat, ts=message)
        except SlackApiError as error:
            return code_of(error) == "message_not_found"
        except FAILURES:
            return False
        return True

    def _build(self, me: Me) -> None:
        bots, guard = self._config.judge_bots, self._inbound.guard
        self._app_events = AppEvents(
            self._who,
            self._web,
            self._directory,
            self._inbound,
            self._clock,
            self._lost,
            Files(self._web, self._session),
        )
        self._listener = Listener(
            me, guard, self._store, self._directory, self._app_events, self._clock, judge_bots=bots
        )
        self._interactions = Interactions(
            me=me,
            web=self._web,
            session=self._session,
            inbound=self._inbound,
            directory=self._directory,
            remove=self.remove,
            reread=self.reread,
            files=Files(self._web, self._session),
            clock=self._clock,
            uploads=self._deliverer.uploads is not None,
        )
        self._catchup = CatchUp(me, self._web, guard, self._store, self._directory, judge_bots=bots)
        app = bolt(self._web, me, self._tokens.signing_secret, self._listener, self._interactions)
        http = self._config.mode == "http"
        self._socket = None if http else SocketAdapter(app, self._web, self._tokens.app, shares=self._store.shared())
        self._http = HttpLine(app) if http else None

    async def _listen(self) -> None:
        try:
            if self._http is not None:
                await self._http.door.open(self._config.listen, NAME)
        except ConfigError as error:
            raise PlatformRefused(str(error)) from None

    async def _line_is_up(self) -> bool:
        return self._socket is None or await self._socket.connected()

    def _link(self, channel: str, ts: str, thread: str) -> str:
        """The address of a message, made as docs.slack.dev/reference/methods/chat.getPermalink shows it."""
        if not self._who.url.startswith("https://") or not ts.replace(".", "").isdigit():
            return ""
        inside = f"?thread_ts={thread}&cid={channel}" if thread else ""
        return f"{self._who.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{inside}"

    def _lost(self, code: str) -> None:
        self._reason = sentence(code, "bot")
        self._stopped.set()
