"""Posting updates to a bot's webhook, as WebhookActor.cpp and Client.cpp of github.com/tdlib/telegram-bot-api do.

One update of a queue is on its way at a time, and what came after it waits for a 2xx; a queue is a chat, or a person's
presses (Client.cpp, webhook_queue_id). What fails is posted again at once, then after 2, 4, 8 ... seconds, or after
what Retry-After says (on_update_error). Setting anew begins with what waits, at once.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram.methods import ApiError
from tests.fakes.telegram.updates import Updates

Json = dict[str, Any]

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST = 60.0
"""WEBHOOK_MAX_RESEND_TIMEOUT; up to twice that, at random, there."""
PORTS = (443, 80, 88, 8443)


@dataclass
class Queue:
    """What is known of one chat's posting."""

    free_at: float = 0.0
    fails: int = 0
    delay: float = 1.0


@dataclass
class Poster:
    """Posts what waits in `updates`. `haste`: how much shorter than Telegram's its waits are.

    `anywhere`: it posts without TLS and to any port, as a server with --local does.
    """

    updates: Updates
    clock: Callable[[], float]
    haste: float = 0.01
    anywhere: bool = True
    url: str = ""
    proof: str = ""
    most: int = 40
    sets: int = 0
    answers: list[int] = field(default_factory=list)
    """The status of each answer; 0 where none came."""
    taken: Counter[int] = field(default_factory=Counter)
    """How often each update was posted."""
    before_answer: Callable[[Json], bool] | None = None
    """Asked with each update whose answer is there: whether the answer is lost on its way."""

    def __post_init__(self) -> None:
        self._work: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._failed_at, self._said = 0, ""

    def set(self, params: Json) -> None:
        """See https://core.telegram.org/bots/api#setwebhook; the refusals are those of do_set_webhook, WebhookActor."""
        url, proof = str(params.get("url") or ""), str(params.get("secret_token") or "")
        if not url:
            return self.delete()
        parts = urlsplit(url)
        if len(proof) > 256 or not all(letter.isalnum() or letter in "_-" for letter in proof):
            raise ApiError(400, "Bad Request: secret token contains unallowed characters")
        if not self.anywhere and parts.scheme != "https":
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not self.anywhere and (parts.port or 443) not in PORTS:
            raise ApiError(400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        most = min(max(int(params.get("max_connections") or 40), 1), 100)
        self.sets += 1
        if (url, proof, most) != (self.url, self.proof, self.most):  # else "Webhook is already set"
            self.delete()
            self.url, self.proof, self.most = url, proof, most
        self.updates.cut()  # abort_long_poll: "Conflict: terminated by setWebhook request"
        self.go_on()
        return None

    def delete(self) -> None:
        """See https://core.telegram.org/bots/api#deletewebhook: what waits stays; what is on its way is dropped."""
        self.pause()
        self.url = self.proof = ""
        self._failed_at, self._said = 0, ""

    def pause(self) -> None:
        """Telegram goes away."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def go_on(self) -> None:
        """Telegram is back, and still knows its webhooks."""
        if self.url and self._work is None:
            self._work = asyncio.create_task(self._post_all())

    def info(self) -> Json:
        """See https://core.telegram.org/bots/api#webhookinfo."""
        failed = {"last_error_date": self._failed_at, "last_error_message": self._said} if self._failed_at else {}
        waiting = len(self.updates.waiting)
        return {"url": self.url, "has_custom_certificate": False, "pending_update_count": waiting, **failed}

    def wake(self) -> None:
        """Something was queued."""
        self._changed.set()

    async def _post_all(self) -> None:
        queues: dict[object, Queue] = {}
        busy: dict[asyncio.Task[bool], Json] = {}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            try:
                while True:
                    self._changed.clear()
                    wait = self._begin(session, queues, busy)
                    changed = asyncio.ensure_future(self._changed.wait())
                    done, _ = await asyncio.wait((changed, *busy), timeout=wait, return_when=asyncio.FIRST_COMPLETED)
                    changed.cancel()
                    for task in done & set(busy):
                        self._ended(busy.pop(task), well=task.result())
            finally:
                for task in busy:
                    task.cancel()
                await asyncio.gather(*busy, return_exceptions=True)

    def _begin(
        self, session: aiohttp.ClientSession, queues: dict[object, Queue], busy: dict[asyncio.Task[bool], Json]
    ) -> float | None:
        """Post the first of each queue that may be posted to; returns after how long another one may."""
        now, soonest = time.monotonic(), None
        seen = {_queue(update) for update in busy.values()}
        for update in self.updates.waiting:
            if (name := _queue(update)) in seen:
                continue
            seen.add(name)
            queue = queues.setdefault(name, Queue())
            if queue.free_at > now:
                soonest = min(soonest or 1e9, queue.free_at - now)
            elif len(busy) < self.most:
                busy[asyncio.ensure_future(self._post(session, update, queue))] = update
        return soonest

    async def _post(self, session: aiohttp.ClientSession, update: Json, queue: Queue) -> bool:
        self.taken[update["update_id"]] += 1
        headers = {HEADER: self.proof} if self.proof else {}
        status, after, why = 0, 0.0, "Webhook connection closed"
        try:
            async with session.post(self.url, json=update, headers=headers) as answer:
                status, after = answer.status, float(answer.headers.get("Retry-After", 0))
                why = f"Wrong response from the webhook: {status} {answer.reason}"
            if self.before_answer and self.before_answer(update):
                status, after, why = 0, 0.0, "Webhook connection closed"
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        self.answers.append(status)
        if 200 <= status <= 299:
            queue.fails, queue.delay = 0, 1.0
            return True
        self._failed_at, self._said = int(self.clock()), why
        if after == 0.0 and queue.fails:
            queue.delay = min(queue.delay * 2, LONGEST)
            after = queue.delay
        queue.fails += 1
        queue.free_at = time.monotonic() + max(after * self.haste, 0.005)
        return False

    def _ended(self, update: Json, *, well: bool) -> None:
        if well and update in self.updates.waiting:
            self.updates.confirm(update)


def _queue(update: Json) -> object:
    """Client.cpp, webhook_queue_id: by chat for messages; by person for presses and what is typed."""
    for kind, content in update.items():
        if not isinstance(content, dict):
            continue
        if kind in ("callback_query", "inline_query"):
            person = content.get("from")
            return kind, person.get("id") if isinstance(person, dict) else None
        if isinstance(chat := content.get("chat"), dict):
            return "place" if kind == "my_chat_member" else "", chat.get("id")
    return update["update_id"]
