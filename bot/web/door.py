"""A door for HTTP that nobody can hold shut: with slow, idle, endless or very many connections.

What aiohttp (3.14, `web_protocol.py`) offers, and what it lacks: `keepalive_timeout` (an hour by default) also ends a
connection whose first headers never come to their end; nothing limits the time of a body, or how many connect.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web as http
from aiohttp.typedefs import Middleware

from bot.addresses import Address
from bot.config import ConfigError

IDLE_SECONDS = 15.0
"""How long a connection may take to send the headers of its next request."""
READ_SECONDS = 10.0
"""How long a body may take."""
LINGER_SECONDS = 1.0
"""How long the rest of a body that was answered already is read."""
LAST_WORDS = 2.0
"""Seconds that requests under way may take when it is time to stop."""
MOST = 100
"""Connections; then the oldest idle one makes room for a new one, which is turned away if all are busy."""
BIGGEST = 4 * 1024 * 1024
"""Bytes of a body; Slack's are far smaller."""


_SILENT = logging.getLogger("aiohttp.thinktwice")
"""What aiohttp is given to log to: it would print requests."""
_SILENT.disabled = True

Handler = Callable[[http.Request], Awaitable[http.StreamResponse]]


class Door:
    """Serves some routes at one address."""

    def __init__(self, *routes: http.RouteDef, middlewares: Sequence[Middleware] = ()) -> None:
        self._routes, self._middlewares = routes, middlewares
        self._runner: http.AppRunner | None = None
        self._listener: asyncio.Server | None = None
        self._busy: set[http.RequestHandler] = set()

    async def open(self, address: Address, section: str) -> None:
        """Listen; `section` of the configuration says where. Raises ConfigError."""
        try:
            await self._listen(address)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            cure = f"another program may use that port: change listen in [{section}] of the configuration"
            raise ConfigError(f"[{section}]: can't listen at {address}: {reason}; {cure}") from None

    async def _listen(self, address: Address) -> None:
        site = http.Application(client_max_size=BIGGEST, middlewares=[self._busily, *self._middlewares])
        site.add_routes(self._routes)
        self._runner = http.AppRunner(
            site,
            access_log=None,
            logger=_SILENT,
            keepalive_timeout=IDLE_SECONDS,
            lingering_time=LINGER_SECONDS,
            shutdown_timeout=LAST_WORDS,
        )
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._talker, address.host or None, address.port, backlog=MOST)

    @property
    def port(self) -> int:
        """The port that it listens on; 0 when it is closed."""
        sockets = self._listener.sockets if self._listener else ()
        return int(sockets[0].getsockname()[1]) if sockets else 0

    async def close(self) -> None:
        """Stop listening; requests under way are finished."""
        if self._listener is not None:
            self._listener.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._listener = self._runner = None

    def _talker(self) -> asyncio.Protocol:
        """Who talks on a new connection."""
        server = self._runner.server if self._runner else None
        if server is None or len(self._busy) >= MOST:
            return _TurnedAway()
        too_many = max(0, len(server.connections) + 1 - MOST)
        for oldest in [one for one in server.connections if one not in self._busy][:too_many]:
            oldest.force_close()
        return server()

    @http.middleware
    async def _busily(self, request: http.Request, handler: Handler) -> http.StreamResponse:
        """Handle a request once its whole body is there."""
        self._busy.add(request.protocol)
        try:
            async with asyncio.timeout(READ_SECONDS):
                await request.read()
        except TimeoutError:
            late = http.Response(status=408)
            late.force_close()
            return late
        else:
            return await handler(request)
        finally:
            self._busy.discard(request.protocol)


class _TurnedAway(asyncio.Protocol):
    """Hangs up at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()
