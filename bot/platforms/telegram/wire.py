"""The Bot API over python-telegram-bot's `Bot`, raw: JSON in, JSON out, and refusals that keep Telegram's own code.

The library's typed methods parse answers with the field list of its own release; Telegram is ahead of it, and an
answer that can't be parsed must not make a message that was sent look unsent.
"""

import json
from typing import Any

from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

POLL_SECONDS = 30
"""How long one getUpdates waits on the server. https://core.telegram.org/bots/api#getupdates: timeout"""

_NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "ProxyError"})
"""httpx errors that come before the first byte of the request was written."""


class RefusalError(TelegramError):
    """Telegram answered and said no: https://core.telegram.org/bots/api#making-requests, #responseparameters."""

    def __init__(self, code: int, body: dict[str, Any]) -> None:
        super().__init__(f"refused with {code}")
        parameters = body.get("parameters") or {}
        self.code = code
        self.explained = body.get("ok") is False
        self.description = str(body.get("description") or "").lower()
        self.moved_to: int | None = parameters.get("migrate_to_chat_id")
        self.retry_after: float | None = parameters.get("retry_after")


class _Request(HTTPXRequest):
    """Turns every answer that is not 2xx into a `RefusalError`, before the library would guess an exception from it."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if 200 <= code <= 299:
            return code, payload
        raise _refusal(code, payload)


class Wire(Bot):
    """One bot account. `call` is the whole interface; nothing in it retries, waits or limits."""

    def __init__(self, token: str, api_base_url: str) -> None:
        root = api_base_url.rstrip("/")
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=_Request(connection_pool_size=64, connect_timeout=5, read_timeout=15, pool_timeout=5),
            get_updates_request=_Request(connection_pool_size=2, connect_timeout=10, pool_timeout=5),
        )

    def __repr__(self) -> str:
        """The library would show the token."""
        return "Wire()"

    async def hang_up(self) -> None:
        """Let go of all connections, whether or not the bot was ever identified."""
        for request in self._request:
            await request.shutdown()

    async def call(self, method: str, /, *, read_timeout: float = 15, **params: Any) -> Any:
        """Call one Bot API method and return its `result` as JSON. None params are left out.

        Raises RefusalError when Telegram says no, NetworkError when the answer is not known.
        """
        given = {name: value for name, value in params.items() if value is not None}
        return await self._post(method, given, read_timeout=read_timeout)

    async def updates(self, offset: int | None, kinds: tuple[str, ...], seconds: int) -> list[Any]:
        """Raw updates from `offset` on; asking confirms everything before it. Waits up to `seconds` for the first."""
        found = await self.call(
            "getUpdates",
            read_timeout=seconds + 15,
            offset=offset,
            timeout=seconds,
            limit=100,
            allowed_updates=list(kinds),
        )
        return found if isinstance(found, list) else []


def never_left(error: NetworkError) -> bool:
    """Whether the request certainly did not reach Telegram."""
    return type(error.__cause__).__name__ in _NEVER_LEFT


def _refusal(code: int, payload: bytes) -> RefusalError:
    try:
        body = json.loads(payload)
    except ValueError:
        body = {}
    return RefusalError(code, body if isinstance(body, dict) else {})
