"""The other line that events come in by: HTTP requests, each proved by a signature of Slack's.

docs.slack.dev/authentication/verifying-requests-from-slack. Whatever is refused is counted: with a wrong signing secret
that is everything, and nothing else would show it.
"""

import logging
import re
import time

from aiohttp import web as http
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.platform import Trouble
from bot.web.door import Door
from bot.words import TroubleCode

TOLD_EVERY = 60.0
"""Seconds between two lines in the log about refused requests."""
_WRITTEN = {
    "X-Slack-Request-Timestamp": re.compile(r"[0-9]{1,12}"),
    "X-Slack-Signature": re.compile(r"v0=[0-9a-f]{64}"),
}
"""How the headers are written that prove a request; without them it is simply not Slack's."""

_log = logging.getLogger(__name__)


class HttpLine:
    """Serves /slack/events."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self.door = Door(http.post("/slack/events", self._event))
        self._refused = self._in_a_row = 0
        self._told_at = float("-inf")

    def trouble(self) -> tuple[Trouble, ...]:
        """Requests that were refused: blind while none was accepted after some that bore a signature."""
        if self._in_a_row:
            return (Trouble(TroubleCode.REFUSED, self._in_a_row),)
        return (Trouble(TroubleCode.TURNED_AWAY, self._refused),) if self._refused else ()

    async def _event(self, request: http.Request) -> http.StreamResponse:
        try:
            _see_headers(request)
            asked = await to_bolt_request(request)
        except Exception:  # noqa: BLE001  # whatever Bolt can't read isn't Slack's, and its words are nobody's business
            return self._refuse(400)
        answer = await self._app.async_dispatch(asked)
        if answer.status == 401:
            return self._refuse(401, signed=all(name in request.headers for name in _WRITTEN))
        self._in_a_row = 0
        return await to_aiohttp_response(answer)

    def _refuse(self, status: int, *, signed: bool = False) -> http.Response:
        """Only what bears a signature tells of our secret: anybody may knock without one."""
        self._refused += 1
        self._in_a_row += signed
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY:
            self._told_at = now
            _log.warning(
                "slack.refused count=%d in_a_row=%d status=%d: not signed by Slack; if nothing else comes in, put the "
                "app's Signing Secret into SLACK_SIGNING_SECRET and start again",
                self._refused,
                self._in_a_row,
                status,
            )
        return http.Response(status=status)


def _see_headers(request: http.Request) -> None:
    """Raises ValueError for headers that are there and can't be Slack's."""
    for name, written in _WRITTEN.items():
        if (value := request.headers.get(name)) is not None and not written.fullmatch(value):
            raise ValueError(name)
