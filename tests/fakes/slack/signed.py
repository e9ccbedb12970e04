"""HTTP mode: what Slack posts to the app's request URL.

The signature follows https://docs.slack.dev/authentication/verifying-requests-from-slack: `v0=` and the HMAC-SHA256 of
`v0:timestamp:body` under the signing secret. Events come as JSON, commands and interactions as forms.
"""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

Json = dict[str, Any]


def headers(secret: str, body: str, at: float | None = None) -> dict[str, str]:
    """Make the two headers that prove who sent this body."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class Signed:
    """Posts to the app over HTTP."""

    def __init__(self, url: str, secret: str, patience: float = 3.0) -> None:
        self.url, self.secret, self.patience = url, secret, patience

    async def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Json | None:
        """Post; the answer's JSON body ({} when empty), None unless the app said 200 within three seconds."""
        if kind == "events_api":
            body, media = json.dumps(payload), "application/json"
        elif kind == "slash_commands":
            body, media = urlencode(payload), "application/x-www-form-urlencoded"
        else:
            body, media = urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
        extra = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(
                    self.url, data=body, headers={"Content-Type": media, **headers(self.secret, body), **extra}
                ) as answer,
            ):
                if answer.status != 200:
                    return None
                text = await answer.text()
                return json.loads(text) if text.startswith("{") else {"text": text} if text else {}
        except (aiohttp.ClientError, TimeoutError):
            return None
