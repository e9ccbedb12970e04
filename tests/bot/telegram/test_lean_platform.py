"""A Bot API server that knows four methods and not a field more than it must: the whole bot works beside it.

Its habits are those of test servers that people write, such as github.com/jehy/telegram-test-api (answers at once,
500 for a method that it does not know, a date in milliseconds) and github.com/watzon/tg-mock; what it knows follows
https://core.telegram.org/bots/api#getme, #getupdates, #sendmessage and #deletemessage.
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.fakes.telegram.bot import ADMIN, TestBot

Json = dict[str, Any]
GROUP = -5

UNKNOWN: dict[str, tuple[int, str]] = {
    "not found": (404, '{"ok": false, "error_code": 404, "description": "Not Found"}'),
    "method not found": (404, '{"ok": false, "error_code": 404, "description": "Not Found: method not found"}'),
    "no code": (404, '{"ok": false, "description": "unknown method"}'),
    "a page": (404, "<html>404: Not Found</html>"),
    "a message": (500, '{"message": "API method is not supported."}'),
    "a no with 200": (200, '{"ok": false, "error_code": 404, "description": "Not Found"}'),
    "a yes": (200, '{"ok": true, "result": true}'),
    "a yes to nothing": (200, '{"ok": true, "result": null}'),
    "an object": (200, '{"ok": true, "result": {}}'),
    "bad": (400, '{"ok": false, "error_code": 400, "description": "Bad Request: method is not supported"}'),
}
"""What is answered to a method that the server does not know: status and body."""

SENT: dict[str, Callable[[int, int], Any]] = {
    "the least": lambda chat, number: {"message_id": number, "chat": {"id": chat}},
    "a number alone": lambda _, number: {"message_id": number},
    "a yes": lambda _, __: True,
    "milliseconds": lambda chat, number: {
        "message_id": number, "date": 1_790_000_000_000, "chat": {"id": str(chat), "type": "private"},
    },
}  # fmt: skip
"""What is answered to sendMessage: chat and number -> result."""


@dataclass
class Lean:
    """The server. `started` None: everybody may be written to."""

    unknown: tuple[int, str] = UNKNOWN["not found"]
    sent: Callable[[int, int], Any] = SENT["the least"]
    waits: bool = True
    """Whether a poll waits for an update; else it is answered at once."""
    started: set[int] | None = None
    waiting: list[Json] = field(default_factory=list)
    written: list[tuple[int, str]] = field(default_factory=list)
    polls: int = 0
    url: str = ""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._news = asyncio.Event()

    def says(self, who: int, text: str, chat: int = GROUP, edits: int = 0, **fields: Any) -> None:
        """Somebody posts, with the fields that #message requires and without those that tests tend to leave out.

        `edits`: it takes the place of the message with this number.
        """
        number, kind = next(self._numbers), "private" if chat == who else "group"
        message = {"message_id": edits or number, "from": {"id": who}, "chat": {"id": chat, "type": kind}, "text": text}
        self.waiting.append({"update_id": number, "edited_message" if edits else "message": message | fields})
        self._news.set()

    def to(self, who: int) -> list[str]:
        """What was written to this chat."""
        return [text for chat, text in self.written if chat == who]

    async def until(self, done: Callable[[], Any]) -> None:
        """Wait until `done()` is true."""
        async with asyncio.timeout(30):
            while not done():  # noqa: ASYNC110  # a test asks about anything
                await asyncio.sleep(0.005)

    async def answer(self, request: web.Request) -> web.Response:
        """One call."""
        params, method = dict(await request.post()), request.match_info["method"]
        if method == "getMe":
            return _yes({"id": 7, "first_name": "Bot", "username": "some_bot"})
        if method == "getUpdates":
            return _yes(await self._updates(int(str(params.get("offset") or 0))))
        if method == "sendMessage":
            return self._write(int(str(params["chat_id"])), str(params["text"]))
        if method == "deleteMessage":
            return _yes(True)
        status, body = self.unknown
        return web.Response(text=body, status=status)

    async def _updates(self, offset: int) -> list[Json]:
        self.polls += 1
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if self.waits and not self.waiting:
            self._news.clear()
            await self._news.wait()
        return self.waiting

    def _write(self, chat: int, text: str) -> web.Response:
        if self.started is not None and chat > 0 and chat not in self.started:
            said = "Forbidden: bot can't initiate conversation with a user"
            return web.json_response({"ok": False, "error_code": 403, "description": said}, status=403)
        self.written.append((chat, text))
        return _yes(self.sent(chat, next(self._numbers)))


def _yes(result: Any) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}))  # text/plain: whoever writes it in a hurry


@pytest.fixture
async def lean() -> AsyncIterator[Lean]:
    server, app = Lean(), web.Application()
    app.router.add_post("/bot{token}/{method}", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.mark.parametrize("unknown", UNKNOWN.values(), ids=UNKNOWN)
async def test_four_methods_are_enough(lean: Lean, tmp_path: Path, unknown: tuple[int, str]) -> None:
    lean.unknown = unknown
    async with TestBot(lean.url, tmp_path) as bot:
        assert bot.ready == "ready as @some_bot"
        lean.says(11, "{HKID}")
        lean.says(12, "Lunch at one?")
        lean.says(ADMIN, "/report")
        lean.says(ADMIN, "/status", chat=ADMIN)
        await lean.until(lambda: lean.to(11) and len(lean.to(ADMIN)) > 1)
        assert await bot.platform.trouble() == ()
    assert {chat for chat, _ in lean.written} == {11, ADMIN}
    assert len(lean.to(11)) == 1


@pytest.mark.parametrize("unknown", ["not found", "a no with 200"])
async def test_a_thank_you_that_can_not_be_shown_holds_up_nothing_else(
    lean: Lean, tmp_path: Path, unknown: str
) -> None:
    lean.unknown = UNKNOWN[unknown]
    async with TestBot(lean.url, tmp_path) as bot:
        lean.says(11, "{HKID}")
        await lean.until(lambda: lean.to(11))
        lean.says(11, "gone", edits=1)
        await lean.until(lambda: [row for row in bot.store.outbox() if row.state == "refused"])
        lean.says(11, "/help", chat=11)
        await lean.until(lambda: len(lean.to(11)) > 1)
        assert "no_method" in [attempt.code for attempt in bot.store.attempts()]


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
async def test_a_yes_is_a_yes_whatever_comes_with_it(
    lean: Lean, tmp_path: Path, sent: Callable[[int, int], Any]
) -> None:
    lean.sent = sent
    async with TestBot(lean.url, tmp_path) as bot:
        lean.says(11, "{HKID}")
        await lean.until(lambda: [row.state for row in bot.store.outbox()] == ["sent"])
    assert len(lean.to(11)) == 1


async def test_a_server_that_never_waits_is_no_trouble(lean: Lean, tmp_path: Path) -> None:
    lean.waits = False
    async with TestBot(lean.url, tmp_path) as bot:
        await lean.until(lambda: lean.polls > 5)
        assert await bot.platform.trouble() == ()
        polls = lean.polls
        lean.says(11, "{HKID}")
        await lean.until(lambda: lean.to(11))
        assert lean.polls - polls < 4  # the next one brings it, however many were empty before


async def test_who_never_pressed_start_costs_nobody_else_a_nudge(lean: Lean, tmp_path: Path) -> None:
    lean.started, lean.unknown = {12}, UNKNOWN["a yes"]
    async with TestBot(lean.url, tmp_path) as bot:
        lean.says(11, "{HKID}")
        lean.says(12, "{HKID}")
        await lean.until(lambda: lean.to(12))
        await lean.until(lambda: "unreachable" in [row.state for row in bot.store.outbox()])
    assert {chat for chat, _ in lean.written} == {12}  # and not a word in the group


@pytest.mark.parametrize("date", [0, 1_700_000_000, 2**40, "soon", None])
async def test_a_date_that_is_none_costs_neither_the_nudge_nor_an_answer(
    lean: Lean, tmp_path: Path, date: object
) -> None:
    async with TestBot(lean.url, tmp_path) as bot:
        lean.says(11, "{HKID}", date=date)
        lean.says(12, "/help", chat=12, date=date)
        lean.says(ADMIN, "/report", date=date)
        await lean.until(lambda: lean.to(11) and lean.to(12) and lean.to(ADMIN))
        assert len(bot.store.incidents(time.time() - 3600, 9e9)) == 1  # or no report would count it
