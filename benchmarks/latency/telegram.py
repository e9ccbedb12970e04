"""The little of Telegram that a running bot asks for under load: groups, whose members have all pressed Start.

Updates are fetched, or posted to the bot: then those of a chat one after the other, as Telegram does it (Client.cpp,
webhook_queue_id, of github.com/tdlib/telegram-bot-api).

It answers at once and keeps no world, so that its own work hardly shows in what is measured; the tests' fake, which
also knows how Telegram refuses and fails, is theirs. Methods and shapes: https://core.telegram.org/bots/api.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, Literal, Self

import aiohttp
from aiohttp import web

from benchmarks.latency.ports import free_port

Json = dict[str, Any]

TOKEN = "7000001:invented-token-for-benchmarks"  # noqa: S105 - invented: opens nothing
SECTION = """
[telegram]
api_base_url = "{url}"
ephemeral = "off"
"""
POSTED = """
webhook = "{hook}"
listen = "127.0.0.1:{port}"
"""
PROOF = "X-Telegram-Bot-Api-Secret-Token"
AGAIN = 0.05
"""Seconds after which an update is posted again that the bot did not take."""
BOT: Json = {"id": 7000001, "is_bot": True, "first_name": "Think Twice", "username": "thinktwice_benchmark_bot"}
GROUPS: dict[int, Json] = {
    number: {"id": number, "type": "supergroup", "title": "Invented group"} for number in range(-1020, -1000)
}
"""By id; everybody is in one of them."""
KEPT = 50
"""Files that can be fetched: more than wait at a time."""


class Telegram:
    """Enter it to listen. `told` hears who is sent a message, as soon as its request is read."""

    secrets: ClassVar = {"TELEGRAM_BOT_TOKEN": TOKEN}

    def __init__(self, told: Callable[[int], None], mode: Literal["polling", "webhook"] = "polling") -> None:
        """Let updates come in this way."""
        self._told = told
        self._door = free_port() if mode == "webhook" else 0
        self._hook = ""
        self._queues: dict[int, asyncio.Queue[Json]] = {group: asyncio.Queue() for group in GROUPS}
        self._posting: list[asyncio.Task[None]] = []
        self._updates: list[Json] = []
        self._ids = itertools.count(1)
        self._arrival = asyncio.Event()
        self._files: dict[str, bytes] = {}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post(f"/bot{TOKEN}/{{method}}", self._answer)
        app.router.add_get(f"/file/bot{TOKEN}/{{file}}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._posting:
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)
        await self._runner.cleanup()

    @property
    def section(self) -> str:
        """What the configuration says of it."""
        section = SECTION.format(url=f"http://127.0.0.1:{self._runner.addresses[0][1]}")
        hook = f"http://127.0.0.1:{self._door}/telegram"
        return section + (POSTED.format(hook=hook, port=self._door) if self._door else "")

    def post(self, person: int, text: str) -> None:
        """Somebody writes in their group: an update of kind `message`, to be fetched or posted from now on."""
        self._say(person, text=text)

    def share(self, person: int, name: str, content: bytes) -> None:
        """Somebody posts a file: https://core.telegram.org/bots/api#document. The last ones are kept."""
        file = f"file{next(self._ids)}"
        self._files[file] = content
        for old in list(self._files)[:-KEPT]:
            del self._files[old]
        known = {"file_id": file, "file_unique_id": file, "file_name": name, "file_size": len(content)}
        self._say(person, document=known)

    def _say(self, person: int, **said: Any) -> None:
        number = next(self._ids)
        sender = {"id": person, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
        group = sorted(GROUPS)[person % len(GROUPS)]
        message = {"message_id": number, "date": int(time.time()), "chat": GROUPS[group], "from": sender, **said}
        update = {"update_id": number, "message": message}
        if self._door:
            self._queues[group].put_nowait(update)
        else:
            self._updates.append(update)
            self._arrival.set()

    async def _answer(self, request: web.Request) -> web.Response:
        params = await request.post()
        match request.match_info["method"]:
            case "getUpdates":
                result: Any = await self._fetch(int(str(params.get("offset", 0))), float(str(params["timeout"])))
            case "setWebhook":
                result = self._begin(str(params["url"]), str(params["secret_token"]))
            case "getWebhookInfo":
                waiting = sum(queue.qsize() for queue in self._queues.values())
                result = {"url": self._hook, "pending_update_count": waiting}
            case "getChat":
                result = GROUPS[int(str(params["chat_id"]))]
            case "sendMessage":
                person = int(str(params["chat_id"]))
                self._told(person)
                result = {"message_id": next(self._ids), "chat": {"id": person, "type": "private"}, "from": BOT}
            case "getFile":
                result = {"file_id": params["file_id"], "file_unique_id": "x", "file_path": params["file_id"]}
            case method if method in _ALWAYS:
                result = _ALWAYS[method]
            case _:
                return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.Response:
        return web.Response(body=self._files[request.match_info["file"]])

    async def _fetch(self, offset: int, seconds: float) -> list[Json]:
        """See https://core.telegram.org/bots/api#getupdates: an offset confirms all before it; 100 at a time."""
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates and seconds:
            self._arrival.clear()
            try:
                await asyncio.wait_for(self._arrival.wait(), seconds)
            except TimeoutError:
                return []
        return self._updates[:100]

    def _begin(self, url: str, proof: str) -> bool:
        """Post from now on: https://core.telegram.org/bots/api#setwebhook."""
        if not self._hook:
            self._hook = url
            self._posting = [asyncio.create_task(self._post_all(queue, proof)) for queue in self._queues.values()]
        return True

    async def _post_all(self, queue: asyncio.Queue[Json], proof: str) -> None:
        """Post what comes, each until it is taken."""
        async with aiohttp.ClientSession(headers={PROOF: proof}) as session:
            while True:
                await self._post(session, await queue.get())

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> None:
        while True:
            with suppress(aiohttp.ClientError):
                async with session.post(self._hook, json=update) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(AGAIN)


_ALWAYS: dict[str, Any] = {
    "getMe": {**BOT, "can_join_groups": True, "can_read_all_group_messages": True},
    "deleteWebhook": True,
    "setMyCommands": True,
    "getChatMemberCount": 48,
    "getChatMember": {"status": "administrator", "user": BOT, "can_delete_messages": True},
}
