"""The little of Telegram that a running bot asks for under load: one group, whose members have all pressed Start.

It answers at once and keeps no world, so that its own work hardly shows in what is measured; the tests' fake, which
also knows how Telegram refuses and fails, is theirs. Methods and shapes: https://core.telegram.org/bots/api.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from typing import Any, ClassVar, Self

from aiohttp import web

Json = dict[str, Any]

TOKEN = "7000001:invented-token-for-benchmarks"  # noqa: S105 - invented: opens nothing
SECTION = """
[telegram]
api_base_url = "{url}"
ephemeral = "off"
"""
BOT: Json = {"id": 7000001, "is_bot": True, "first_name": "Think Twice", "username": "thinktwice_benchmark_bot"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "Invented group"}
KEPT = 50
"""Files that can be fetched: more than wait at a time."""


class Telegram:
    """Enter it to listen. `told` hears who is sent a message, as soon as its request is read."""

    secrets: ClassVar = {"TELEGRAM_BOT_TOKEN": TOKEN}

    def __init__(self, told: Callable[[int], None]) -> None:
        self._told = told
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
        await self._runner.cleanup()

    @property
    def section(self) -> str:
        """What the configuration says of it."""
        return SECTION.format(url=f"http://127.0.0.1:{self._runner.addresses[0][1]}")

    def post(self, person: int, text: str) -> None:
        """Somebody writes in the group: an update of kind `message`, there to be fetched from now on."""
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
        message = {"message_id": number, "date": int(time.time()), "chat": GROUP, "from": sender, **said}
        self._updates.append({"update_id": number, "message": message})
        self._arrival.set()

    async def _answer(self, request: web.Request) -> web.Response:
        params = await request.post()
        match request.match_info["method"]:
            case "getUpdates":
                result: Any = await self._fetch(int(str(params.get("offset", 0))), float(str(params["timeout"])))
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


_ALWAYS: dict[str, Any] = {
    "getMe": {**BOT, "can_join_groups": True, "can_read_all_group_messages": True},
    "deleteWebhook": True,
    "setMyCommands": True,
    "getChat": GROUP,
    "getChatMemberCount": 48,
    "getChatMember": {"status": "administrator", "user": BOT, "can_delete_messages": True},
}
