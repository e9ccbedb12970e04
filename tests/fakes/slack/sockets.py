"""Socket Mode: the websocket that apps.connections.open hands out.

Shapes follow https://docs.slack.dev/apis/events-api/using-socket-mode: `hello` first, envelopes with `envelope_id`,
an acknowledgement `{"envelope_id": ..., "payload": ...}`, and `disconnect` before a connection is refreshed.
"""

import asyncio
import json
import uuid
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]


class Sockets:
    """The open sockets and the envelopes that wait for their acknowledgement."""

    def __init__(self, patience: float = 3.0) -> None:
        self.patience = patience
        self.turns = False
        """Whether the open sockets are handed envelopes in turn, and not all to the newest."""
        self._turn = 0
        self.open: list[web.WebSocketResponse] = []
        self.tickets: set[str] = set()
        self.connected = asyncio.Event()
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve a websocket. UNVERIFIED: that a URL serves for one connection only."""
        if request.query.get("ticket") not in self.tickets:
            return web.Response(status=403)
        self.tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1, "debug_info": {}})
        self.open.append(socket)
        self.connected.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(frame.data))
        finally:
            self.open.remove(socket)
            if not self.open:
                self.connected.clear()
        return socket

    def ticket(self) -> str:
        """Make a one-time pass for the websocket's URL."""
        ticket = uuid.uuid4().hex
        self.tickets.add(ticket)
        return ticket

    def _acknowledge(self, frame: Json) -> None:
        waiting = self._waiting.pop(frame.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(frame.get("payload") or {})

    async def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Json | None:
        """Send an envelope down the newest socket, or the next; the acknowledgement's payload, None without one."""
        if not self.open:
            return None
        envelope: Json = {
            "type": kind,
            "envelope_id": str(uuid.uuid4()),
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        with suppress(ConnectionError, TimeoutError):
            self._turn += self.turns
            await self.open[self._turn % len(self.open) - 1].send_json(envelope)
            return await asyncio.wait_for(answer, self.patience)
        self._waiting.pop(envelope["envelope_id"], None)
        return None

    async def refresh(self) -> None:
        """Tell the app to reconnect, as Slack does every few hours (`disconnect`, reason `refresh_requested`)."""
        for socket in tuple(self.open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    async def drop(self) -> None:
        """Cut every connection without a goodbye."""
        for socket in tuple(self.open):
            if socket._req and socket._req.transport:
                socket._req.transport.abort()

    async def close(self) -> None:
        """Close every connection in good order."""
        for socket in tuple(self.open):
            await socket.close()
