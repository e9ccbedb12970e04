"""The other line that events come in by: HTTP requests, each proved by a signature of Slack's.

docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import re

from aiohttp import web as http
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.platform import Trouble
from bot.platforms.slack import NAME
from bot.web.door import Door
from bot.web.refusals import Refusals

CURE = (
    "not signed by Slack; if nothing else comes in, put the app's Signing Secret into SLACK_SIGNING_SECRET and start "
    "again"
)
_WRITTEN = {
    "X-Slack-Request-Timestamp": re.compile(r"[0-9]{1,12}"),
    "X-Slack-Signature": re.compile(r"v0=[0-9a-f]{64}"),
}
"""How the headers are written that prove a request; without them it is simply not Slack's."""


class HttpLine:
    """Serves /slack/events."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self.door = Door(http.post("/slack/events", self._event))
        self._refusals = Refusals(NAME, CURE)

    def trouble(self) -> tuple[Trouble, ...]:
        """Requests that were refused."""
        return self._refusals.trouble()

    async def _event(self, request: http.Request) -> http.StreamResponse:
        try:
            _see_headers(request)
            asked = await to_bolt_request(request)
        except Exception:  # noqa: BLE001  # whatever Bolt can't read isn't Slack's, and its words are nobody's business
            return self._refusals.refuse(400)
        answer = await self._app.async_dispatch(asked)
        if answer.status == 401:
            return self._refusals.refuse(401, proved=all(name in request.headers for name in _WRITTEN))
        self._refusals.accepted()
        return await to_aiohttp_response(answer)


def _see_headers(request: http.Request) -> None:
    """Raises ValueError for headers that are there and can't be Slack's."""
    for name, written in _WRITTEN.items():
        if (value := request.headers.get(name)) is not None and not written.fullmatch(value):
            raise ValueError(name)
