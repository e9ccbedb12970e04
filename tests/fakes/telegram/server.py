"""A Bot API server on loopback that the real python-telegram-bot talks to: requests, tokens, faults, long polling."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram.methods import METHODS, ApiError
from tests.fakes.telegram.updates import ConflictError, Updates
from tests.fakes.telegram.webhook import Poster
from tests.fakes.telegram.world import TOKEN, Json, World


@dataclass(frozen=True)
class Call:
    """One request of the bot that was carried out; `at` is its monotonic second."""

    method: str
    params: Json
    at: float
    result: Any = None


@dataclass
class Fault:
    """What goes wrong with the next requests of a method.

    `when` is before (nothing happened) or after (it happened, and the answer is lost); without an `error` the
    connection is dropped, with `seconds` the answer is held back for so long first, with `slow` it only comes later;
    `raw` is sent as it stands, `endless` again and again until the bot hangs up.
    """

    error: ApiError | None = None
    when: str = "before"
    seconds: float = 0.0
    slow: float = 0.0
    times: int = 1
    raw: str | None = None
    status: int = 200
    endless: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FakeTelegram:
    """Start it, give `url` to the bot as api_base_url, and play people with `tests.fakes.telegram.people`."""

    token: str = TOKEN
    clock: Callable[[], float] = time.time
    port: int = 0
    calls: list[Call] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    on_call: Callable[[str, Json], None] | None = None
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    """By chat id: what is sent there is carried out, and answered once the event is set."""
    logged_out: bool = False
    """Whether the bot was moved to another server."""
    poured: int = 0
    """Bytes of endless answers that were written."""

    def __post_init__(self) -> None:
        self.world = World(self.clock)
        self.updates = Updates()
        self.poster = Poster(self.updates, self.clock)
        self.updates.on_push = self.poster.wake
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback; the port stays the same over stop and start."""
        app = web.Application(client_max_size=64 * 2**20)
        # https://core.telegram.org/bots/api#making-requests: /bot<token>/METHOD_NAME, GET and POST
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        # https://core.telegram.org/bots/api#file: /file/bot<token>/<file_path>
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.poster.go_on()

    async def stop(self) -> None:
        """Go away; connections are cut."""
        self.updates.cut()
        self.poster.pause()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """The Bot API root."""
        return f"http://127.0.0.1:{self.port}"

    def fail(self, method: str, fault: Fault) -> None:
        """Let the next `fault.times` requests of this method go wrong."""
        self.faults[method].append(fault)

    def refuse(self, method: str, code: int, description: str, **parameters: int) -> None:
        """Let the next request of this method be refused with Telegram's words."""
        self.fail(method, Fault(ApiError(code, description, **parameters)))

    def made(self, *methods: str) -> list[Call]:
        """The requests of these methods that arrived and were carried out."""
        return [call for call in self.calls if call.method in methods]

    async def seen(self, done: Callable[[], Any], seconds: float = 30.0) -> None:
        """Wait until `done()` is true."""
        async with asyncio.timeout(seconds):
            while not done():  # noqa: ASYNC110  # a test asks about anything
                await asyncio.sleep(0.005)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            params = await _params(request)
        except ConnectionError:  # the bot was killed while it spoke
            raise web.HTTPBadRequest from None
        if request.match_info["token"] != self.token:
            # a well-formed token that is not valid; see the comments in telegram/request/_baserequest.py
            return _refusal(ApiError(401, "Unauthorized"))
        fault = await self._fault(method)
        try:
            if fault and fault.when == "before":
                if fault.endless:
                    return await self._pour(request, fault)
                if fault.raw is not None:
                    body = fault.raw.encode("utf-8", "surrogateescape")
                    return web.Response(body=body, status=fault.status, content_type="application/json")
                await self._break(request, fault)
            result = await self._carry_out(method, params)
            self.calls.append(Call(method, params, time.monotonic(), result))
            if self.on_call:
                self.on_call(method, params)
            if held := self.held.get(str(params.get("chat_id"))):
                await held.wait()
            if fault:
                await self._break(request, fault)
        except ApiError as error:
            return _refusal(error)
        return web.json_response({"ok": True, "result": result})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file, as long as its link is good (an hour at least: #getfile)."""
        if fault := await self._fault("file"):
            if fault.endless:
                return await self._pour(request, fault)
            await self._break(request, fault)
        path = request.match_info["path"]
        found = next((file for file in self.world.files.values() if file.path == path), None)
        # One's own server with --local answers to /bot alone: HttpConnection.cpp of github.com/tdlib/telegram-bot-api.
        if request.match_info["token"] != self.token or found is None or self.world.local:
            raise web.HTTPNotFound
        self.calls.append(Call("file", {"path": path}, time.monotonic()))
        if self.on_call:
            self.on_call("file", {"path": path})
        return web.Response(body=found.content)

    async def _fault(self, method: str) -> Fault | None:
        fault = next((fault for fault in self.faults[method] if fault.times > 0), None)
        if fault is None:
            return None
        fault.times -= 1
        await asyncio.sleep(fault.slow)
        return None if fault.slow else fault

    async def _break(self, request: web.Request, fault: Fault) -> None:
        await asyncio.sleep(fault.seconds)
        if fault.error:
            raise fault.error
        if request.transport is not None:
            request.transport.abort()
        raise web.HTTPInternalServerError  # nobody hears it: the connection is gone

    async def _pour(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        answer = web.StreamResponse(status=fault.status, headers=fault.headers)
        with suppress(ConnectionError):
            await answer.prepare(request)
            while True:
                await answer.write(fault.endless)
                self.poured += len(fault.endless)
        return answer

    async def _carry_out(self, method: str, params: Json) -> Any:
        if self.logged_out:
            raise ApiError(400, "Logged out")  # Client.cpp, get_closing_error
        if method == "logOut":  # https://core.telegram.org/bots/api#logout
            self.logged_out = True
            self.poster.delete()
            self.updates.waiting.clear()  # Client.cpp, clear_tqueue_
            return True
        if method == "getUpdates":
            return await self._get_updates(params)
        if method in ("setWebhook", "deleteWebhook", "getWebhookInfo"):
            return self._webhook(method, params)
        if method not in METHODS:
            raise ApiError(404, "Not Found")  # an unknown method; see telegram/request/_baserequest.py
        return METHODS[method](self.world, params)

    def _webhook(self, method: str, params: Json) -> Any:
        assert str(params.get("drop_pending_updates", "false")).lower() != "true", "what waits must never be dropped"
        if method == "getWebhookInfo":
            return self.poster.info()
        if method == "setWebhook":
            self.poster.set(params)
            self.updates.allow(_kinds(params))
        else:
            self.poster.delete()
        return True

    async def _get_updates(self, params: Json) -> list[Json]:
        # https://core.telegram.org/bots/api#getupdates: limit 1-100, default 100; timeout in seconds, default 0
        if self.poster.url:
            said = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {said}")
        try:
            return await self.updates.get(
                int(params.get("offset") or 0),
                min(max(int(params.get("limit") or 100), 1), 100),
                float(params.get("timeout") or 0),
                _kinds(params),
            )
        except ConflictError:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            ) from None


def _kinds(params: Json) -> list[str] | None:
    allowed = params.get("allowed_updates")
    return json.loads(allowed) if isinstance(allowed, str) else allowed


async def _params(request: web.Request) -> Json:
    """Query, form, multipart or JSON: https://core.telegram.org/bots/api#making-requests (four ways)."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**params, **(await request.json())}
    for name, value in (await request.post()).items():
        params[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    for name, value in list(params.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            params[name] = params.pop(value.removeprefix("attach://"))  # #sending-files, "attach://<file_attach_name>"
    return params


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)
