"""The other line that updates come in by: Telegram posts each of them to an address of ours.

The library's own server (`telegram.ext`) answers before an update is handled, and logs what it can't read; this one
answers when what the update means is committed. What is answered otherwise, or not at all, is posted again, and what
came after it in the same chat waits: WebhookActor.cpp of github.com/tdlib/telegram-bot-api.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from aiohttp import web as http

from bot.addresses import Address
from bot.config import ConfigError
from bot.platform import PlatformRefused, Trouble
from bot.platforms.telegram import NAME
from bot.platforms.telegram.batches import Batches, numbered
from bot.platforms.telegram.line import complain, reason
from bot.platforms.telegram.parse import Me
from bot.platforms.telegram.posting import Posting
from bot.web.door import Door
from bot.web.refusals import Refusals
from bot.words import TroubleCode

HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook, secret_token"""
SOON = 5
"""Seconds until what could not be stored is posted again: WebhookActor.cpp heeds Retry-After."""
CAREFUL_SECONDS = 150.0
"""For how long after a start each attempt at an update is written down before it is made: what ended the last life is
posted again within 120 seconds (WebhookActor.h, WEBHOOK_MAX_RESEND_TIMEOUT, and up to twice that). If it ends this one
too, then all that was in hand stands written down, goes one at a time in the next, and the one is found out."""
CURE = (
    "not posted by Telegram for this bot; if nothing else comes in, another bot posts to the same address: give each "
    "its own in [telegram] webhook"
)

_log = logging.getLogger(__name__)


def secret(token: str) -> str:
    """What Telegram proves itself with: made from the token, so that all who serve one bot expect the same."""
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Serves one path for one bot account. Implements `bot.platforms.telegram.line.Line`."""

    def __init__(
        self,
        url: str,
        listen: Address,
        proof: str,
        batches: Batches,
        posting: Posting,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.way = f", by webhook at {listen}{urlsplit(url).path or '/'}"
        self.door = Door(http.post(urlsplit(url).path or "/", self._posted))
        self._listen, self._proof, self._batches, self._posting, self._ticks = listen, proof, batches, posting, ticks
        self._refusals = Refusals(NAME, CURE)
        self._me: Me | None = None
        self._failures = 0
        self._careful_until = 0.0
        self._alone = asyncio.Lock()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self) -> None:
        """Listen, so that the address answers when Telegram hears of it. Raises PlatformRefused."""
        try:
            await self.door.open(self._listen, NAME)
        except ConfigError as error:
            raise PlatformRefused(str(error)) from None
        self._careful_until = self._ticks() + CAREFUL_SECONDS

    async def begin(self, me: Me) -> None:
        """Have updates posted. Raises PlatformRefused for an address that Telegram does not take."""
        self._me = me
        await self._posting.begin()

    async def run(self, me: Me) -> None:
        """See to it that updates go on being posted. Raises PlatformStopped when the token is revoked."""
        self._me = me
        await self._posting.run()

    def trouble(self) -> tuple[Trouble, ...]:
        """Refused requests, what can't be stored, and what Telegram tells of the way here."""
        refused = self._refusals.trouble()
        if any(trouble.blind for trouble in refused):
            return refused
        found = (Trouble(TroubleCode.WAITING),) if self._failures else self._posting.trouble()
        return (*found, *refused)

    async def close(self) -> None:
        """Let nothing more in. Telegram keeps what is posted meanwhile and tries again."""
        await self.door.close()

    async def _posted(self, request: http.Request) -> http.StreamResponse:
        proof = request.headers.get(HEADER)
        if proof is None or not hmac.compare_digest(proof.encode("utf-8", "surrogateescape"), self._proof.encode()):
            return self._refusals.refuse(401, proved=proof is not None)
        update = _read(await request.read())
        if update is None:
            return self._refusals.refuse(400)
        self._refusals.accepted()
        return await self._answered(update)

    async def _answered(self, update: Mapping[str, Any]) -> http.Response:
        """Well once the update is safe; else Telegram keeps it. No failure of one chat's holds up another."""
        if self._me is None:
            return _later()
        try:
            async with self._turn(update):
                await self._take(update, self._me)
        except Exception as error:  # noqa: BLE001  # whatever it is, the update is not safe
            self._failures += 1
            complain(self._failures, SOON, reason(error))
            return _later()
        self._failures = 0
        self._posting.arrived()
        return http.Response()

    async def _take(self, update: Mapping[str, Any], me: Me) -> None:
        if self._ticks() > self._careful_until:
            await self._batches.take([update], me)
        elif self._batches.stumbled(update):
            async with self._alone:
                await self._batches.take([update], me, careful=True)
        else:
            await self._batches.take([update], me, careful=True)

    def _turn(self, update: Mapping[str, Any]) -> asyncio.Lock:
        """One at a time of a chat, in the order of their coming.

        Telegram itself waits for the answer before it posts the next one of a chat, or of a person's presses
        (Client.cpp, webhook_queue_id); a proxy that gives up early makes it post while we are still at work.
        """
        return self._turns.setdefault(_place(update), asyncio.Lock())


def _read(body: bytes) -> Mapping[str, Any] | None:
    """An update, if it is one that can be told from others. Deep nesting is a RecursionError."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and numbered(update) else None


def _place(update: Mapping[str, Any]) -> str:
    """The chat or the person that an update is about; '' when it has a shape that nobody knows."""
    for content in update.values():
        about = content.get("chat") or content.get("from") if isinstance(content, dict) else None
        if isinstance(about, dict):
            return str(about.get("id"))
    return ""


def _later() -> http.Response:
    return http.Response(status=503, headers={"Retry-After": str(SOON)})
