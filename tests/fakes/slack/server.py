"""A Slack on loopback: Web API, Socket Mode, signed HTTP events, redelivery, and the ways in which they fail.

async with FakeSlack() as slack:
    slack.space.channel("C1", "U1")
    AsyncWebClient(token=slack.bot_token, base_url=slack.api_base_url)
"""

import asyncio
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack.acts import Acts
from tests.fakes.slack.delivery import Post
from tests.fakes.slack.lookups import RefusalError
from tests.fakes.slack.signed import Signed
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.web import METHODS
from tests.fakes.slack.workspace import Workspace

Json = dict[str, Any]


class FakeSlack(Acts):
    """The whole service. `signing_secret` and the tokens are what the app is configured with."""

    bot_token, app_token, admin_token = "xoxb-fake", "xapp-fake", "xoxp-fake"
    signing_secret = "5e1f"

    def __init__(
        self,
        *,
        retry_after: tuple[float, ...] = (0.0, 60.0, 300.0),
        patience: float = 3.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.space = Workspace(clock)
        self.sockets = Sockets(patience)
        self.patience = patience
        self.signed: Signed | None = None
        self.post = Post(self._wire, retry_after)
        self.calls: list[tuple[str, Json]] = []
        self.counts: Counter[str] = Counter()
        self.revoked: dict[str, str] = {}
        self._faults: dict[str, list[web.Response | str | bytes]] = defaultdict(list)
        self.responses: list[Json] = []
        self.poured = 0
        self.downloads: list[str] = []
        self.base = ""
        self._port = 0
        self.on_call: Callable[[str], None] | None = None
        """Told of each call after it was carried out and before it is answered."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.post.stop()
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback; the address stays the same over stop and start."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/api/{method}", self._api)
        app.router.add_get("/socket", self.sockets.serve)
        app.router.add_post("/response/{key}", self._response)
        app.router.add_get("/files-pri/{file}/download/{name}", self._download)
        app.router.add_get("/signin", self._signin)
        app.router.add_post("/upload/{file}", self._upload)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.base = self.space.address = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """Go away; connections are cut."""
        await self.sockets.close()
        await self._runner.cleanup()

    @property
    def api_base_url(self) -> str:
        """What `[slack] api_base_url` is set to."""
        return f"{self.base}/api/"

    def over_http(self, url: str) -> None:
        """Post events to this URL from now on, in place of the websocket."""
        self.signed = Signed(url, self.signing_secret, self.patience)

    async def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Json | None:
        """Send something that the app must acknowledge; None when it did not."""
        wire = self.signed or self.sockets
        return await wire.send(kind, payload, retry, reason)

    async def _wire(self, payload: Json, retry: int, reason: str) -> str:
        return "" if await self.send("events_api", payload, retry, reason) is not None else "timeout"

    # How it fails.

    def refuse(self, method: str, error: str, *, times: int = 1, **extra: Any) -> None:
        """Answer `ok: false` with this error, so many times."""
        self._faults[method] += [json.dumps({"ok": False, "error": error, **extra})] * times

    def limit(self, method: str, seconds: int, *, times: int = 1) -> None:
        """Answer 429 with Retry-After: https://docs.slack.dev/apis/web-api/rate-limits#responding."""
        for _ in range(times):
            body = json.dumps({"ok": False, "error": "ratelimited"})
            answer = web.Response(status=429, text=body, content_type="application/json")
            answer.headers["Retry-After"] = str(seconds)
            self._faults[method].append(answer)

    def break_down(self, method: str, status: int = 503, *, times: int = 1) -> None:
        """Answer with a server error and a page instead of JSON."""
        for _ in range(times):
            self._faults[method].append(web.Response(status=status, text="<html>", content_type="text/html"))

    def odd(self, method: str, body: str, kind: str = "application/json") -> None:
        """Answer 200 with this body."""
        self._faults[method].append(web.Response(body=body.encode(), headers={"Content-Type": kind}))

    def pour(self, method: str, piece: bytes) -> None:
        """Answer with this piece again and again, until the bot hangs up."""
        self._faults[method].append(piece)

    def swallow(self, method: str, *, times: int = 1) -> None:
        """Do what was asked, then cut the connection before the answer: the caller can't know."""
        self._faults[method] += ["swallow"] * times

    def cut(self, method: str, *, times: int = 1) -> None:
        """Cut the connection and do nothing."""
        self._faults[method] += ["cut"] * times

    def hang(self, method: str, *, times: int = 1) -> None:
        """Take the call and never answer."""
        self._faults[method] += ["hang"] * times

    def revoke(self, token: str, error: str = "token_revoked") -> None:
        """From now on this token is refused with `error` (invalid_auth, token_revoked, account_inactive)."""
        self.revoked[token] = error

    # The Web API.

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _arguments(request)
        args["token"] = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append((method, args))
        self.counts[method] += 1
        fault = self._faults[method].pop(0) if self._faults[method] else None
        if fault == "hang":
            await asyncio.sleep(3600)
        if isinstance(fault, bytes):
            return await self._pour(request, fault)
        if fault == "cut":
            return self._hang_up(request)
        if isinstance(fault, web.Response):
            return fault
        answer = fault if isinstance(fault, str) and fault != "swallow" else self._answer(method, args)
        if self.on_call:
            self.on_call(method)
        if fault == "swallow":
            return self._hang_up(request)
        return web.Response(
            text=answer, content_type="application/json", headers={"x-oauth-scopes": ",".join(self.space.scopes)}
        )

    def _answer(self, method: str, args: Json) -> str:
        try:
            return json.dumps({"ok": True, **self._do(method, args)})
        except RefusalError as refusal:
            return json.dumps({"ok": False, "error": str(refusal), **refusal.more})

    def _do(self, method: str, args: Json) -> Json:
        token = args["token"]
        if token in self.revoked:
            raise RefusalError(self.revoked[token])
        if method == "apps.connections.open":
            # https://docs.slack.dev/reference/methods/apps.connections.open: an app-level token with connections:write.
            if token != self.app_token:
                raise RefusalError("not_allowed_token_type" if token == self.bot_token else "invalid_auth")
            return {"url": f"ws{self.base.removeprefix('http')}/socket?ticket={self.sockets.ticket()}"}
        if token not in {self.bot_token, self.admin_token}:
            raise RefusalError("invalid_auth" if token else "not_authed")
        if method not in METHODS:
            raise RefusalError("unknown_method")
        function, scopes = METHODS[method]
        if scopes and token == self.bot_token and not set(scopes) & set(self.space.scopes):
            # https://docs.slack.dev/tools/python-slack-sdk/web#errors: `needed` and `provided` name scopes.
            raise RefusalError("missing_scope", needed=scopes[0], provided=",".join(self.space.scopes))
        return function(self.space, args)

    async def _pour(self, request: web.Request, piece: bytes) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        with suppress(ConnectionError):
            await answer.prepare(request)
            while True:
                await answer.write(piece)
                self.poured += len(piece)
        return answer

    def _hang_up(self, request: web.Request) -> web.StreamResponse:
        if request.transport:
            request.transport.abort()
        return web.Response()

    async def _response(self, request: web.Request) -> web.Response:
        """Take what a response_url gets: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses."""
        self.responses.append({"key": request.match_info["key"], **(await request.json())})
        return web.json_response({"ok": True})

    async def _download(self, request: web.Request) -> web.Response:
        """`url_private_download` (https://docs.slack.dev/reference/objects/file-object) wants a token with files:read.

        Without one Slack leads to its page for logging in: UNVERIFIED which status it has (docs/try-on-real.md).
        """
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        file = request.match_info["file"].partition("-")[2]
        self.downloads.append(file)
        fault = self._faults["download"].pop(0) if self._faults["download"] else None
        if isinstance(fault, web.Response):
            return fault
        if fault == "cut" and request.transport:
            request.transport.abort()
        if token != self.bot_token or "files:read" not in self.space.scopes:
            raise web.HTTPFound("/signin")
        if file not in self.space.contents:
            raise web.HTTPNotFound
        if self.on_call:
            self.on_call("download")
        kind = str(self.space.files[file].get("mimetype") or "application/octet-stream")
        return web.Response(body=self.space.contents[file], content_type=kind)

    async def _upload(self, request: web.Request) -> web.Response:
        """https://docs.slack.dev/reference/methods/files.getUploadURLExternal: HTTP 200 when all bytes came."""
        file, content = request.match_info["file"], await request.read()
        fault = self._faults["upload"].pop(0) if self._faults["upload"] else None
        if isinstance(fault, web.Response):
            return fault
        if len(content) != self.space.uploads[file]["length"]:
            raise web.HTTPBadRequest
        self.space.contents[file] = content
        return web.Response(text="OK")

    async def _signin(self, request: web.Request) -> web.Response:  # noqa: ARG002  # a page for everybody
        return web.Response(text="<html>Sign in to your workspace</html>", content_type="text/html")

    # For tests that wait.

    async def until(self, seen: Callable[[], object], seconds: float = 30.0) -> None:
        """Wait until `seen()` is true. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not seen():  # noqa: ASYNC110  # what is waited for happens in another program
                await asyncio.sleep(0.005)


async def _arguments(request: web.Request) -> Json:
    """JSON bodies and forms are both accepted; in a form, blocks and the like are JSON strings."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**args, **(await request.json())}
    args |= {key: str(value) for key, value in (await request.post()).items()}
    for key in ("blocks", "metadata", "view"):
        if isinstance(args.get(key), str):
            args[key] = json.loads(args[key])
    return args
