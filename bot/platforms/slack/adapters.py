"""One of the two lines that events come in by: Socket Mode's websocket."""

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.wire import SILENT

PING_SECONDS = 5.0
LOST_AFTER = 20.0
"""Seconds without a connection until a new one is made from the start."""
CONNECT_SECONDS = 10.0
SHARED = (
    "another program is connected with this app token, and Slack gives each event to one of them alone: stop it, or "
    "make an app of its own for it"
)
LAST_WORDS = 2.0
"""Seconds that events under way may take when it is time to stop."""

_log = logging.getLogger(__name__)


class SocketAdapter:
    """One websocket connection of slack_sdk, without its endless reconnecting: whoever uses it decides."""

    def __init__(self, app: AsyncApp, web: AsyncWebClient, app_token: str, *, shares: bool = False) -> None:
        """`shares`: others take events of the same app, and write them into the same log."""
        self._app, self._web, self._token, self._shares = app, web, app_token, shares
        self._client: SocketModeClient | None = None
        self._busy: set[asyncio.Task[Any]] = set()
        self._greeted = False

    async def connect(self) -> None:
        """Connect anew. Raises what apps.connections.open raises, or TimeoutError."""
        await self.close()
        answer = await self._web.apps_connections_open(app_token=self._token)
        client = SocketModeClient(
            self._token, SILENT, self._web, auto_reconnect_enabled=False, ping_interval=PING_SECONDS
        )
        client.wss_uri = str(answer["url"])
        client.socket_mode_request_listeners.append(self._take)
        client.message_listeners.append(self._hello)
        self._client = client
        await asyncio.wait_for(client.connect(), CONNECT_SECONDS)  # type: ignore[no-untyped-call]  # the library says no more

    async def connected(self) -> bool:
        """Whether the connection is alive."""
        return self._client is not None and await self._client.is_connected()

    async def lost(self) -> None:
        """Wait until the connection is gone. A refresh that Slack asks for is the library's work and takes a moment."""
        since: float | None = None
        while True:
            if await self.connected():
                since = None
            else:
                since = since or time.monotonic()
                refreshing = self._client is not None and self._client.connect_operation_lock.locked()
                if not refreshing or time.monotonic() - since > LOST_AFTER:
                    return
            await asyncio.sleep(0.25)

    async def close(self) -> None:
        """Hang up, once what is under way was acknowledged."""
        if self._busy:
            await asyncio.wait(tuple(self._busy), timeout=LAST_WORDS)
        if self._client is not None:
            client, self._client = self._client, None
            with suppress(Exception):
                await client.close()  # type: ignore[no-untyped-call]  # the library says no more

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began, task = time.time(), asyncio.current_task()
        if task is not None:
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        answer = await run_async_bolt_app(self._app, request)
        with suppress(ConnectionError):  # what can't be acknowledged any more comes again
            await send_async_response(client, request, answer, began)

    async def _hello(self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
        """Hear of other connections: docs.slack.dev/apis/events-api/using-socket-mode, `num_connections` in `hello`.

        Only at the first one of a process: later ones may be counted beside our own last.
        """
        if message.get("type") != "hello" or self._greeted:
            return
        self._greeted = True
        others = message.get("num_connections")
        if isinstance(others, int) and others > 1 and not self._shares:
            _log.warning("socket.shared connections=%d: %s", others, SHARED)
