"""The operator's own system (a SIEM, a ticket system) is told by signed JSON, posted to one address.

The signature is that of Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body.
What is not answered with 2xx is posted again, with the same id, until it is; so it may come twice.
To those who send it is a platform with one reader.
"""

import base64
import binascii
import hashlib
import hmac
import json
import logging
from collections.abc import Mapping

import aiohttp

from bot.config import ConfigError
from bot.message import Attachment
from bot.platform import Check, Fetched, Trouble, Unfetched
from bot.send import Later, Outcome, Send, Sent, Unknown
from bot.store import HOOK, Clock, HookBody
from bot.words import HookEvent, ReachState, SendKind, TroubleCode

POST = "post"
"""The only rung."""
SECRET = "HOOKS_SECRET"  # noqa: S105 - the name of the variable
PREFIX = "whsec_"
"""What stands before a secret that is written in base64."""
SHORTEST = 24
"""Bytes of a secret, as Standard Webhooks wants."""
SECONDS = aiohttp.ClientTimeout(total=30, sock_connect=10)
FIRST, LONGEST = 5.0, 300.0
"""Seconds until a post is tried again; each pause is twice as long as the one before."""
LONGEST_ASKED = 3600.0
"""Seconds that the other side may ask for at most (Retry-After)."""
A_SECOND = 20
"""Posts in a second."""

_log = logging.getLogger(__name__)


def key(secret: str) -> bytes:
    """The bytes of a secret: `whsec_` and base64, or as it is written. Raises ConfigError for one that is too short."""
    try:
        found = base64.b64decode(secret.removeprefix(PREFIX), validate=True) if secret.startswith(PREFIX) else None
    except binascii.Error:
        raise ConfigError(f"{SECRET}: what follows {PREFIX} is not base64; copy it again") from None
    found = secret.encode() if found is None else found
    if len(found) < SHORTEST:
        raise ConfigError(f"{SECRET}: is shorter than {SHORTEST} bytes; make one with `openssl rand -hex 32`")
    return found


def signature(secret: bytes, message: str, at: str, body: bytes) -> str:
    """The value of the header `webhook-signature`; `at` is in whole Unix seconds."""
    digest = hmac.new(secret, f"{message}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


class Hook:
    """Posts what the outbox has for it. Neither address nor answer is ever logged."""

    name = HOOK
    reads_back = False
    knocks = False
    slash = ""
    files = False
    reminder_days = 0

    def __init__(self, url: str, secret: bytes, clock: Clock) -> None:
        self._url, self._secret, self._clock = url, secret, clock
        self._session: aiohttp.ClientSession | None = None
        self._failed = 0

    def rungs(self, send: Send, reach: ReachState) -> tuple[str, ...]:
        """There is one way."""
        del send, reach
        return (POST,)

    def limits(self, rung: str, send: Send) -> Mapping[str, tuple[int, float]]:
        """Not to flood what listens after an outage."""
        del rung, send
        return {HOOK: (A_SECOND, 1.0)}

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """Post once. Whatever is no 2xx is tried again later: the cure may be at the other side."""
        del rung
        outcome = await self._post(send.text.encode())
        if isinstance(outcome, Sent):
            if self._failed:
                _log.info("hook.goes_on tries=%d", self._failed)
            self._failed = 0
        else:
            self._failed += 1
            if self._failed == 1:
                _log.warning("hook.waits code=%s", outcome.code)
        return outcome

    async def _post(self, body: bytes) -> Sent | Later | Unknown:
        at, message = str(int(self._clock())), json.loads(body)["id"]
        headers = {
            "content-type": "application/json",
            "user-agent": "thinktwice",
            "webhook-id": message,
            "webhook-timestamp": at,
            "webhook-signature": signature(self._secret, message, at, body),
        }
        try:
            async with self._opened().post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                return self._read(answer)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Later(self._pause(), "no_connection")
        except TimeoutError:
            return Unknown("timeout")
        except (aiohttp.ClientError, OSError):
            return Unknown("broken")

    def _read(self, answer: aiohttp.ClientResponse) -> Sent | Later:
        if 200 <= answer.status < 300:
            return Sent(json.dumps({"status": answer.status}))
        asked = answer.headers.get("retry-after", "")
        seconds = min(float(asked), LONGEST_ASKED) if asked.isascii() and asked.isdigit() else self._pause()
        return Later(seconds, f"http_{answer.status}")

    def _pause(self) -> float:
        return float(min(FIRST * 2.0 ** min(self._failed, 10), LONGEST))

    def _opened(self) -> aiohttp.ClientSession:
        """Keep no cookies, and go through no proxy that the environment names: the configuration names one address."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=SECONDS, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
        return self._session

    async def find_sent(self, rung: str, send: Send) -> Sent | Unknown | None:
        """Nobody can be asked; see `reads_back`."""
        del rung, send
        return Unknown("no_trace")

    async def chat_name(self, workspace: str, chat: str) -> str | None:
        """There are no chats."""
        del workspace, chat
        return None

    def may_delete(self, workspace: str, chat: str) -> bool:
        """There are no messages."""
        del workspace, chat
        return False

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        """There are no files."""
        del file, most
        return Unfetched()

    async def remove(self, chat: str, message: str) -> bool:
        """There are no messages."""
        del chat, message
        return False

    async def trouble(self) -> tuple[Trouble, ...]:
        """Whether the newest posts were not taken."""
        return (Trouble(TroubleCode.UNHEARD, self._failed),) if self._failed else ()

    async def close(self) -> None:
        """Let go of the connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def look(self) -> Check:
        """What the doctor finds: a ping, signed like the rest, says whether it is taken."""
        now = self._clock()
        ping = HookBody("msg_ping", HookEvent.PING, now, {})
        outcome = await self.deliver(POST, Send(0, SendKind.ALERT, HOOK, "", "", HOOK, ping.text))
        await self.close()
        if isinstance(outcome, Sent):
            return Check("hook, a signed ping was taken", good=True)
        advice = f"the ping was not taken ({outcome.code}): check url in [hooks], and {SECRET} at both sides"
        return Check("hook", good=False, advice=advice)
