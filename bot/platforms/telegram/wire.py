"""The Bot API over python-telegram-bot's `Bot`, raw: JSON in, JSON out, and refusals that keep Telegram's own code.

The library's typed methods parse answers with the field list of its own release; Telegram is ahead of it, and an
answer that can't be parsed must not make a message that was sent look unsent.
"""

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

POLL_SECONDS = 30
"""How long one getUpdates waits on the server. https://core.telegram.org/bots/api#getupdates: timeout"""
FILE_SECONDS = 120.0
"""How long a file may take: 20 MB over a slow line."""
ANSWER_SECONDS = 60.0
"""How much longer than until its first byte an answer may take: one that trickles would be waited for without end."""

MOST_OF_UPDATES = 8 * 2**20
"""Bytes read of an answer to getUpdates: 100 updates of 80 kB; a text has 4,096 characters (#message, text), and
another one that it answers. Should that be too little, fewer are asked for after the failure."""
MOST_OF_OTHERS = 2**20
"""Bytes read of any other answer. The longest is getChatAdministrators: some 50 people."""
AT_ONCE = 40
"""Updates that Telegram may post at the same time, each of another chat: its own default, and fewer than the
connections that a door takes. https://core.telegram.org/bots/api#setwebhook: max_connections"""
LARGEST = 2**31 - 1
"""32 bits are enough for integer fields unless noted: https://core.telegram.org/bots/api#available-types."""
LARGEST_ID = 2**52
"""Identifiers of chats have at most 52 significant bits: https://core.telegram.org/bots/api#chat, id."""
LONGEST_WAIT = 3600.0
"""Seconds that Telegram is believed to want us to wait: asking too early costs one more refusal."""

_NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "ProxyError"})
"""httpx errors that come before the first byte of the request was written."""

_PLAIN = {"Accept-Encoding": "identity"}

Json = dict[str, Any]


class GarbageError(NetworkError):
    """What answered does not speak as Telegram does, or without an end: nobody knows what became of the request."""


class TooLongError(GarbageError):
    """An answer, or a file, that is longer than may be read."""


class RefusalError(TelegramError):
    """Telegram answered and said no: https://core.telegram.org/bots/api#making-requests, #responseparameters."""

    def __init__(self, code: int, body: Json) -> None:
        super().__init__(f"refused with {code}")
        given, said = body.get("parameters"), body.get("description")
        parameters = given if isinstance(given, dict) else {}
        self.code = code
        self.explained = body.get("ok") is False
        self.description = said[:500].lower() if isinstance(said, str) else ""
        self.moved_to = whole(parameters.get("migrate_to_chat_id"), LARGEST_ID)
        self.retry_after = _wait(parameters.get("retry_after"))

    @property
    def token_lost(self) -> bool:
        """Whether Telegram itself, and not something on the way to it, does not know the token."""
        return self.explained and self.code in (401, 404)

    @property
    def logged_out(self) -> bool:
        """Whether the bot was moved away from this server: Client.cpp of github.com/tdlib/telegram-bot-api."""
        return self.code == 400 and self.description == "logged out"


@dataclass(frozen=True, slots=True)
class WebhookStatus:
    """https://core.telegram.org/bots/api#webhookinfo: how many updates wait, and the last failure to post one.

    `said` is Telegram's sentence about that failure, about connections alone: for the operator's eyes, not the log's.
    """

    url: str = field(repr=False)
    waiting: int
    failed_at: int
    said: str = field(repr=False)


MOVED = "this bot is logged out of the server in [telegram] api_base_url: name the one that it was moved to"


class _Request(HTTPXRequest):
    """Reads an answer up to a limit, and takes it for Telegram's only when it has Telegram's shape.

    The library would read on without an end, and guess an exception from whatever came.
    """

    __slots__ = ("_most",)

    def __init__(self, most: int, **settings: Any) -> None:
        super().__init__(**settings)
        self._most = most

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE, write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE, pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:  # fmt: skip
        """Every answer that is not 2xx is a `RefusalError`. What else goes wrong the library makes a NetworkError."""
        usual = self._client.timeout
        files = request_data.multipart_data if request_data else None
        wait = httpx.Timeout(
            connect=_given(connect_timeout, usual.connect),
            read=_given(read_timeout, usual.read),
            write=_given(write_timeout, self._media_write_timeout if files else usual.write),
            pool=_given(pool_timeout, usual.pool),
        )
        data = request_data.json_parameters if request_data else None
        # Asked for unpacked, and read as it comes: 64 kB of a packed answer can be gigabytes.
        asked = self._client.stream(method, url, headers=_PLAIN, timeout=wait, files=files, data=data)
        try:
            async with asyncio.timeout((wait.read or 0.0) + ANSWER_SECONDS), asked as response:
                payload = await _read(response, self._most)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise TimedOut from error
        if 200 <= response.status_code <= 299:
            return response.status_code, payload
        raise _refusal(response.status_code, payload)

    async def take(self, url: str, most: int) -> bytes:
        """A file of at most so many bytes. Raises TooLongError, RefusalError, NetworkError."""
        asked = self._client.stream("GET", url, headers=_PLAIN)
        try:
            async with asyncio.timeout(FILE_SECONDS), asked as response:
                payload = await _read(response, most)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise TimedOut from error
        except httpx.HTTPError as error:
            raise NetworkError("file") from error
        if response.status_code != 200:
            raise _refusal(response.status_code, payload)
        return payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """What a yes looks like, also without a result: #making-requests. The library would log what it can't read."""
        answer = _json(payload)
        if answer.get("ok") is False:
            raise RefusalError(whole(answer.get("error_code")) or 400, answer)
        if answer.get("ok") is not True:
            raise GarbageError("not Telegram's answer")
        return {"result": None, **answer}


class Wire(Bot):
    """One bot account. `call` is the whole interface; nothing in it retries, waits or limits."""

    def __init__(self, token: str, api_base_url: str) -> None:
        root = api_base_url.rstrip("/")
        files = _Request(MOST_OF_OTHERS, connection_pool_size=8, connect_timeout=5, read_timeout=30, pool_timeout=60)
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=_Request(
                MOST_OF_OTHERS, connection_pool_size=64, connect_timeout=5, read_timeout=15, pool_timeout=5
            ),
            get_updates_request=_Request(MOST_OF_UPDATES, connection_pool_size=2, connect_timeout=10, pool_timeout=5),
        )
        self._files = files

    def __repr__(self) -> str:
        """The library would show the token."""
        return "Wire()"

    async def hang_up(self) -> None:
        """Let go of all connections, whether or not the bot was ever identified."""
        for request in (*self._request, self._files):
            await request.shutdown()

    async def call(self, method: str, /, *, read_timeout: float = 15, **params: Any) -> Any:
        """Call one Bot API method and return its `result` as JSON. None params are left out.

        Raises RefusalError when Telegram says no, NetworkError when the answer is not known.
        """
        given = {name: value for name, value in params.items() if value is not None}
        return await self._post(method, given, read_timeout=read_timeout)

    async def download(self, path: str, most: int) -> bytes:
        """A file's bytes, by the `file_path` of getFile: https://core.telegram.org/bots/api#file. Raises as `take`."""
        return await self._files.take(f"{self.base_file_url}/{quote(path)}", most)

    async def me(self) -> Json:
        """Who the bot is: https://core.telegram.org/bots/api#getme. Has an `id`; raises as `call` does."""
        found = await self.call("getMe")
        if not isinstance(found, dict) or not whole(found.get("id"), LARGEST_ID):
            raise GarbageError("not a user")
        return found

    async def updates(self, offset: int | None, kinds: tuple[str, ...], seconds: int, most: int = 100) -> list[Any]:
        """Raw updates from `offset` on; asking confirms everything before it. Waits up to `seconds` for the first.

        Each may be anything; raises as `call` does, also when they are no list.
        """
        found = await self.call(
            "getUpdates",
            read_timeout=seconds + 15,
            offset=offset,
            timeout=seconds,
            limit=most,
            allowed_updates=list(kinds),
        )
        if not isinstance(found, list):
            raise GarbageError("not a list")
        return found

    async def begin_posting(self, url: str, proof: str, kinds: tuple[str, ...]) -> None:
        """Have updates posted, each with a proof: https://core.telegram.org/bots/api#setwebhook. Raises as `call`."""
        await self.call(
            "setWebhook",
            url=url,
            secret_token=proof,
            max_connections=AT_ONCE,
            allowed_updates=list(kinds),
            drop_pending_updates=False,
        )

    async def end_posting(self) -> None:
        """Have nothing posted; what waits stays: https://core.telegram.org/bots/api#deletewebhook. Raises as `call`."""
        await self.call("deleteWebhook", drop_pending_updates=False)

    async def posting(self) -> WebhookStatus:
        """How the posting goes: https://core.telegram.org/bots/api#getwebhookinfo. Raises as `call` does."""
        found = await self.call("getWebhookInfo")
        if not isinstance(found, dict) or not isinstance(found.get("url"), str):
            raise GarbageError("not a webhook")
        said = str(found.get("last_error_message") or "")[:200]
        return WebhookStatus(
            found["url"],
            whole(found.get("pending_update_count")) or 0,
            whole(found.get("last_error_date")) or 0,
            re.sub(r"[^ -~]", "?", said),
        )


async def _read(response: httpx.Response, most: int) -> bytes:
    payload = bytearray()
    async for piece in response.aiter_raw():
        payload += piece
        if len(payload) > most:
            raise TooLongError("answer too long")
    return bytes(payload)


def never_left(error: NetworkError) -> bool:
    """Whether the request certainly did not reach Telegram."""
    return type(error.__cause__).__name__ in _NEVER_LEFT


def whole(value: object, largest: int = LARGEST) -> int | None:
    """A whole number of a size that Telegram uses; None for anything else, `true` included."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= largest else None


def _wait(value: object) -> float | None:
    """#responseparameters: retry_after, whole seconds."""
    seconds = whole(value, 2**62)
    return min(float(seconds), LONGEST_WAIT) if seconds and seconds > 0 else None


def _given(value: Any, usual: float | None) -> Any:
    """A timeout that the library was given, else ours: it marks "none was given" by an object of its own."""
    return usual if value is BaseRequest.DEFAULT_NONE else value


def _refusal(code: int, payload: bytes) -> RefusalError:
    try:
        return RefusalError(code, _json(payload))
    except GarbageError:
        return RefusalError(code, {})


def _json(payload: bytes) -> Json:
    """A JSON object. Deep nesting is a RecursionError, and a number of 5,000 digits a ValueError."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        raise GarbageError("no JSON") from None
    if not isinstance(answer, dict):
        raise GarbageError("no object")
    return answer
