"""The Web API over slack_sdk, without its retries, and what an error of it means for a send.

Error codes: docs.slack.dev/reference/methods/chat.postMessage#errors and .../apis/web-api/rate-limits.
"""

import asyncio
import logging
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.send import Later, Outcome, Refused, Unknown

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0

TOKEN_LOST = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "app_uninstalled",
    "not_allowed_token_type", "org_login_required", "team_access_not_granted",
})  # fmt: skip
"""The token is of no use any more, whatever is called."""

_IN_DOUBT = frozenset({"fatal_error", "internal_error"})
"""Slack: "it's possible some aspect of the operation succeeded before the error was raised"."""

_NOT_NOW = frozenset({
    "ratelimited", "rate_limited", "service_unavailable", "request_timeout", "team_added_to_org", "accesslimited",
    "ekm_access_denied",
})  # fmt: skip
"""Certainly not done, and worth another try."""

SILENT = logging.getLogger("slack_sdk.thinktwice")
"""What the library is given to log to: it would print bodies and tickets, some of it at ERROR."""
SILENT.disabled = True
SILENT.setLevel(logging.CRITICAL + 1)  # or it would still write out every body before dropping it


def session() -> aiohttp.ClientSession:
    """Connections that all calls share. To be closed by who asked for it."""
    limits = aiohttp.ClientTimeout(total=ANSWER_SECONDS, connect=CONNECT_SECONDS)
    return aiohttp.ClientSession(timeout=limits)


def client(token: str, base_url: str, shared: aiohttp.ClientSession) -> AsyncWebClient:
    """Make a client that tries each call once."""
    return AsyncWebClient(token=token, base_url=base_url, session=shared, retry_handlers=[], logger=SILENT)


def code_of(error: SlackApiError) -> str:
    """Slack's word for what went wrong: `error` in the answer, else the HTTP status. Never the answer itself."""
    data = getattr(error.response, "data", None)
    if isinstance(data, dict) and isinstance(data.get("error"), str):
        return str(data["error"])[:60]
    return f"http_{_status(error)}"


def wait_of(error: SlackApiError) -> float:
    """How long Slack asks to wait, seconds."""
    headers = getattr(error.response, "headers", None) or {}
    for name in ("Retry-After", "retry-after"):
        try:
            return max(1.0, float(headers[name]))
        except (KeyError, TypeError, ValueError):
            continue
    return 30.0


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
