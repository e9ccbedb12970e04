"""The little of Slack that a running bot asks for under load: one channel, whose events come by socket or by HTTP.

It answers at once and keeps no world, so that its own work hardly shows in what is measured; the tests' fake, which
also knows how Slack refuses and fails, is theirs. Methods and shapes: https://docs.slack.dev/reference/methods,
https://docs.slack.dev/apis/events-api/using-socket-mode, https://docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, Literal, Self

import aiohttp
from aiohttp import web

from benchmarks.latency.ports import free_port

Json = dict[str, Any]

SECRET = "5e1f"  # noqa: S105 - invented: opens nothing
TEAM, CHANNEL, ME = "T0EXAMPLE", "C0EXAMPLE", "U0THINKTWICE"
SECTION = """
[slack]
mode = "{mode}"
listen = "127.0.0.1:{port}"
api_base_url = "{url}/api/"
"""
AT_ONCE = 100
"""Requests that may be under way to the bot: Slack does not wait for one event before it posts the next."""
KEPT = 50
"""Files that can be fetched: more than wait at a time."""


class Slack:
    """Enter it to listen. `told` hears who is sent a message, as soon as its request is read."""

    secrets: ClassVar = {
        "SLACK_BOT_TOKEN": "xoxb-invented",
        "SLACK_APP_TOKEN": "xapp-invented",
        "SLACK_SIGNING_SECRET": SECRET,
    }

    def __init__(self, told: Callable[[int], None], mode: Literal["socket", "http"]) -> None:
        """Let events come by this line."""
        self._told, self._mode = told, mode
        self._door = free_port()
        self._stamps = itertools.count(int(time.time()) * 1_000_000)
        self._sockets: list[web.WebSocketResponse] = []
        self._posting: set[asyncio.Task[None]] = set()
        self._files: dict[str, tuple[str, bytes]] = {}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._answer)
        app.router.add_get("/socket", self._serve)
        app.router.add_get("/files/{file}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in tuple(self._posting):
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)
        for open_socket in tuple(self._sockets):
            await open_socket.close()
        await self._session.close()
        await self._runner.cleanup()

    @property
    def section(self) -> str:
        """What the configuration says of it."""
        return SECTION.format(mode=self._mode, port=self._door, url=self._url)

    def post(self, person: int, text: str) -> None:
        """Somebody writes in the channel: an event that the bot is sent from now on."""
        self._say(person, text=text)

    def share(self, person: int, name: str, content: bytes) -> None:
        """Somebody posts a file: https://docs.slack.dev/reference/events/message/file_share. The last ones are kept."""
        file = f"F{next(self._stamps)}"
        self._files[file] = (name, content)
        for old in list(self._files)[:-KEPT]:
            del self._files[old]
        self._say(person, text="", subtype="file_share", files=[self._file(file)])

    def _file(self, file: str) -> Json:
        name, content = self._files[file]
        return {
            "id": file, "name": name, "filetype": name.rpartition(".")[2], "size": len(content), "mode": "hosted",
            "url_private_download": f"{self._url}/files/{file}",
        }  # fmt: skip

    def _say(self, person: int, **said: Any) -> None:
        ts = self._stamp()
        event = {
            "type": "message", "channel": CHANNEL, "channel_type": "channel", "user": f"U{person}",
            "ts": ts, "event_ts": ts, "team": TEAM, **said,
        }  # fmt: skip
        payload = {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A0EXAMPLE", "event": event,
            "event_id": f"Ev{ts.replace('.', '')}", "event_time": int(time.time()),
        }  # fmt: skip
        sending = self._by_socket(payload) if self._mode == "socket" else self._by_http(json.dumps(payload))
        self._keep(sending)

    def _keep(self, sending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(sending)
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    async def _by_socket(self, payload: Json) -> None:
        event = payload["event_id"]
        await self._sockets[-1].send_json({"type": "events_api", "envelope_id": event, "payload": payload})

    async def _by_http(self, body: str) -> None:
        at = str(int(time.time()))
        proof = hmac.new(SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={proof}",
        }
        url = f"http://127.0.0.1:{self._door}/slack/events"
        async with self._session.post(url, data=body.encode(), headers=headers) as answer:
            answer.raise_for_status()

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        """Open the line for events; what the bot acknowledges is read and not looked at."""
        opened = web.WebSocketResponse()
        await opened.prepare(request)
        await opened.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(opened)
        async for _ in opened:
            pass
        self._sockets.remove(opened)
        return opened

    async def _answer(self, request: web.Request) -> web.Response:
        said = {**request.query, **await _arguments(request)}
        method = request.match_info["method"]
        if method == "chat.postMessage" and str(said["channel"]).startswith("DU"):
            self._told(int(said["channel"][2:]))
        return web.json_response({"ok": True, **self._result(method, said)})

    async def _download(self, request: web.Request) -> web.Response:
        return web.Response(body=self._files[request.match_info["file"]][1])

    def _result(self, method: str, said: Json) -> Json:
        results: dict[str, Json] = {
            "auth.test": {"url": "https://example.slack.com/", "team_id": TEAM, "user_id": ME, "bot_id": "B0EXAMPLE"},
            "apps.connections.open": {"url": f"ws{self._url.removeprefix('http')}/socket"},
            "users.conversations": {"channels": [{"id": CHANNEL}]},
            "conversations.history": {"messages": [], "has_more": False},
            "conversations.info": {"channel": {"id": CHANNEL, "name": "invented", "num_members": 47}},
            "conversations.open": {"channel": {"id": f"D{said.get('users')}"}},
            "files.info": {"file": self._file(said["file"]) if "file" in said else {}},
            "users.info": {"user": {"id": said.get("user"), "team_id": TEAM, "locale": "en-US"}},
            "chat.postMessage": {"channel": said.get("channel"), "ts": self._stamp()},
        }
        return results.get(method, {"ok": False, "error": "unknown_method"})

    def _stamp(self) -> str:
        stamp = next(self._stamps)
        return f"{stamp // 1_000_000}.{stamp % 1_000_000:06}"


async def _arguments(request: web.Request) -> Json:
    """A method's arguments, which come as JSON or as a form."""
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())
