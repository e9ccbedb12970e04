"""The operator's own system: an HTTP server on loopback that keeps what it is posted and checks the signature itself.

By https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, "Signature scheme".
"""

import asyncio
import base64
import hashlib
import hmac
import json
from collections import deque
from typing import Any, Self

from aiohttp import web

SECRET = "a secret of more than twenty-four bytes"


class Receiver:
    """Runs while the block runs; `answers` are statuses (or headers with one) for the next posts, then 204."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []
        """The id of each post that was signed well, with what it says; refused ones too."""
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.answers: deque[tuple[int, dict[str, str]]] = deque()
        self.hold: asyncio.Event | None = None
        self.came = asyncio.Event()
        self._site = web.Application()
        self._site.router.add_route("*", "/{path:.*}", self._take)

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._site, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/told"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.hold:
            self.hold.set()
        await self._runner.cleanup()

    @property
    def events(self) -> list[str]:
        """What it was told of, in the order of its arrival."""
        return [said["type"] for _, said in self.posted]

    async def _take(self, request: web.Request) -> web.Response:
        assert (request.method, request.path) == ("POST", "/told"), "it went where it was not sent"
        body, headers = await request.read(), request.headers
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(headers["webhook-signature"], f"v1,{digest}"):
            return web.Response(status=401)
        self.posted.append((headers["webhook-id"], json.loads(body)))
        self.bodies.append(body)
        self.headers.append(dict(headers))
        self.came.set()
        if self.hold:
            await self.hold.wait()
        status, more = self.answers.popleft() if self.answers else (204, {})
        if status == 0 and request.transport:
            request.transport.abort()
        return web.Response(status=status or 204, headers=more)
