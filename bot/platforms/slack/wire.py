"""The Web API over slack_sdk, without its retries, and what an error of it means for a send.

Error codes: docs.slack.dev/reference/methods/chat.postMessage#errors and .../apis/web-api/rate-limits.
"""

import asyncio
import logging
import math
import re
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.send import Later, Outcome, Refused, Unknown

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
MOST = 8 * 2**20
"""Bytes read of an answer; one beyond this is cut off and counts as none. A message has at most 40,000 characters
(docs.slack.dev/reference/methods/chat.postMessage#truncating), so 10 of the longest fit in."""
LONGEST_WAIT = 3600.0
"""Seconds that Slack is believed to want us to wait: asking too early costs one more refusal."""

_CODE = re.compile(r"[a-z_]{1,60}")
ODD = "odd_error"
"""Our code for an `error` that is none of Slack's: they are written in a-z and _."""

TOKEN_LOST = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "app_uninstalled",
    "not_allowed_token_type", "org_login_required", "team_access_not_granted",
})  # fmt: skip
"""The token is of no use any more, whatever is called."""

_IN_DOUBT = frozenset({"fatal_error", "internal_error", ODD})
"""Slack: "it's possible some aspect of the operation succeeded before the error was raised"; and what isn't Slack's."""

_NOT_NOW = frozenset({
    "ratelimited", "rate_limited", "service_unavailable", "request_timeout", "team_added_to_org", "accesslimited",
    "ekm_access_denied",
})  # fmt: skip
"""Certainly not done, and worth another try."""

NOT_THERE = frozenset({"unknown_method", "http_404"})
"""The method is not there, and will not come by waiting: servers that stand in for Slack know a handful."""

_NOBODY = frozenset({"ClientConnectorError", "ClientConnectorDNSError", "ConnectionTimeoutError"})
"""Names of what aiohttp raises where nothing takes the connection: asking often is no burden to anybody."""

SILENT = logging.getLogger("slack_sdk.thinktwice")
"""What the library is given to log to: it would print bodies and tickets, some of it at ERROR."""
SILENT.disabled = True
SILENT.setLevel(logging.CRITICAL + 1)  # or it would still write out every body before dropping it


class GarbageError(aiohttp.ClientError):
    """What answered does not speak as Slack does, or without an end: nobody knows what became of the call."""


class _Answer(aiohttp.ClientResponse):
    """An answer that is read up to a limit: aiohttp and slack_sdk would read on without an end."""

    async def read(self) -> bytes:
        """The body. Raises GarbageError when it is too long."""
        if self._body is None:
            body = bytearray()
            async for piece in self.content.iter_any():
                body += piece
                if len(body) > MOST:
                    self.close()
                    raise GarbageError("answer too long")
            self._body = bytes(body)  # where aiohttp's own `read` keeps it for `json` and `text`
        return self._body


class _Client(AsyncWebClient):
    """Slack's client, for which an answer that has not Slack's shape is no answer."""

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:
        """Every method of the Web API. Raises FAILURES, and nothing else."""
        try:
            answer = await super().api_call(api_method, **given)
        except FAILURES:
            raise
        except Exception as error:  # noqa: BLE001  # a list, deep JSON, an unknown charset: the library stumbles anyhow
            raise GarbageError(type(error).__name__) from None
        if not isinstance(answer.data, dict):
            raise GarbageError("no object")
        return answer


def session() -> aiohttp.ClientSession:
    """Connections that all calls share. To be closed by who asked for it."""
    limits = aiohttp.ClientTimeout(total=ANSWER_SECONDS, connect=CONNECT_SECONDS)
    # Asked for unpacked, and taken as it comes: a short packed answer can be gigabytes.
    plain = {"Accept-Encoding": "identity"}
    return aiohttp.ClientSession(timeout=limits, response_class=_Answer, headers=plain, auto_decompress=False)


def client(token: str, base_url: str, shared: aiohttp.ClientSession) -> AsyncWebClient:
    """Make a client that tries each call once."""
    return _Client(token=token, base_url=base_url, session=shared, retry_handlers=[], logger=SILENT)


def code_of(error: SlackApiError) -> str:
    """Slack's word for what went wrong: `error` in the answer, else the HTTP status. Never anything that is no code."""
    data = getattr(error.response, "data", None)
    if not isinstance(data, dict) or "error" not in data:
        return f"http_{_status(error)}"
    word = data["error"]
    return word if isinstance(word, str) and _CODE.fullmatch(word) else ODD


def wait_of(error: SlackApiError) -> float:
    """How long Slack asks to wait, seconds."""
    headers = getattr(error.response, "headers", None) or {}
    for name in ("Retry-After", "retry-after"):
        try:
            seconds = float(headers[name])
        except (KeyError, TypeError, ValueError):
            continue
        if math.isfinite(seconds):
            return min(max(1.0, seconds), LONGEST_WAIT)
    return 30.0


def longest(code: str) -> float:
    """Seconds between two tries at most, after a failure with this code or of this name."""
    return 8.0 if code in _NOBODY else 60.0


def limited(error: SlackApiError) -> bool:
    """Whether this is a rate limit."""
    return _status(error) == 429 or code_of(error) in {"ratelimited", "rate_limited"}


def outcome_of(error: Exception) -> Outcome:
    """What became of a send that raised `error`: certainly refused, certainly not done, or nobody knows."""
    if isinstance(error, SlackApiError):
        code = code_of(error)
        if limited(error):
            return Later(wait_of(error), "ratelimited")
        if code in TOKEN_LOST:
            return Later(300.0, code)
        if code in _NOT_NOW:
            return Later(wait_of(error), code)
        known = code not in _IN_DOUBT and not code.startswith("http_")
        return Refused(code) if known else Unknown(code)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Later(5.0, "not_connected")
    return Unknown("timeout" if isinstance(error, TimeoutError) else "connection_lost")


FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError)
"""All that a call may raise when the wire or Slack fails."""


def _status(error: SlackApiError) -> int:
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", None)
    return status if isinstance(status, int) else 0
