"""The polling loop: getUpdates -> parse each -> judge the batch -> one transaction with the offset -> next.

An update is confirmed by asking for what comes after it, so nothing is asked for before its meaning is committed.
The first batch after a start, and any batch that made trouble, goes one update at a time with each attempt written
down before it is made: what fails three times, or ends the process again and again, is set aside by its id.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram.error import TelegramError

from bot.judging.guard import Guard
from bot.message import ChatChange, Cursor, Event, Message, when
from bot.platform import PlatformStopped
from bot.platforms.beside import Trouble
from bot.platforms.telegram import NAME
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.parse import KINDS, Me, Parsed, parse
from bot.platforms.telegram.served import Served
from bot.platforms.telegram.wire import POLL_SECONDS, GarbageError, RefusalError, Wire, whole
from bot.store import Store, StoreError
from bot.words import AlertCode, ChatState, PressCode

TRIES = 3
"""How often an update may fail in one life of the process before it is set aside."""
LIVES = 5
"""In how many lives it may be the last thing that was begun: an operator's kill is no fault of the update's."""
MANY, FEW = 100, 10
"""Updates asked for at once (#getupdates, limit); few after a failure: an answer may have been too long."""
KEPT_SECONDS = 24 * 3600.0
"""How long Telegram keeps updates that nobody fetched: https://core.telegram.org/bots/api#getting-updates."""
QUIET_SECONDS = 6 * 24 * 3600.0
ALIVE_SECONDS = 600.0
SKEW_SECONDS = 120
MOST_SKEW = 10 * 365 * 86_400

CONFLICT = "another program uses this bot's token; stop it, or make a bot of its own with BotFather"
LOST = (
    "Telegram no longer accepts the token; get the current one from BotFather, set TELEGRAM_BOT_TOKEN and start again"
)

Committed = Callable[[Parsed, tuple[PressCode, ...]], None]
"""Called for each update that was committed, with the guard's code for each of its events."""

_log = logging.getLogger(__name__)


class Receiver:
    """Reads one bot account."""

    def __init__(
        self, wire: Wire, guard: Guard, store: Store, membership: Membership, served: Served,
        committed: Committed,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._wire = wire
        self._guard = guard
        self._store = store
        self._membership = membership
        self._served = served
        self._committed = committed
        self._clock = clock
        self._careful = True
        self._failures = 0
        self._trouble = Trouble(NAME, guard)
        self._alive = float(store.cursor(NAME, "alive") or 0)
        self._told_alive = 0.0
        self._skewed = False

    async def run(self, me: Me) -> None:
        """Read until cancelled, whatever answers. Raises PlatformStopped when the token is revoked."""
        wait = 0  # the first poll only looks: whether Telegram answers, and what came while the bot was away
        while True:
            try:
                await self._poll(wait, me)
                wait = POLL_SECONDS
            except PlatformStopped:
                raise
            except Exception as error:  # noqa: BLE001  # what one platform answers must not end the process
                await self._failed(error)

    async def _poll(self, wait: int, me: Me) -> None:
        """Fetch once and commit what came; slower and slower when that brings nothing and takes no time."""
        offset, began = self._offset(), time.monotonic()
        updates = await self._wire.updates(offset, KINDS, wait, FEW if self._failures else MANY)
        await self._heard()
        if updates:
            await self._batch(updates, me)
        moved = self._offset() != offset
        if updates and not moved:
            await self._pause("the same updates again")
        elif not updates and time.monotonic() - began < wait / 2:
            await self._pause("empty answers at once")
        else:
            self._failures = 0
            self._trouble.over()

    @property
    def failing(self) -> bool:
        """Whether the last poll came to nothing."""
        return self._failures > 0

    async def _batch(self, updates: list[Any], me: Me) -> None:
        known = [update for update in updates if isinstance(update, dict) and _numbered(update)]
        known.sort(key=lambda update: int(update["update_id"]))
        if not known:
            raise GarbageError("updates without an id")
        if not self._careful:
            try:
                await self._commit(known, me)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001  # whatever one update can do must not stop the others
                _log.warning("telegram.batch_failed error=%s: going on one update at a time", type(error).__name__)
                self._careful = True
            else:
                return
        for update in known:
            await self._one(update, me)
        self._careful = False
        await self._store.recovered(NAME, self._is_over)

    def _is_over(self, name: str) -> bool:
        """Whether an update was confirmed: what was counted before its attempt says nothing any more."""
        number, offset = name.removeprefix("update:"), self._offset()
        return number != name and offset is not None and int(number) < offset

    async def _one(self, update: Mapping[str, Any], me: Me) -> None:
        """Three attempts, each of them counted before it is made; then past it."""
        name, code = f"update:{update['update_id']}", "crash"
        for _ in range(TRIES):
            if await self._store.stumble(NAME, name, code, limit=LIVES + 1):
                break
            try:
                await self._commit([update], me)
            except StoreError:
                with suppress(StoreError):  # the store's failure is not the update's: this attempt doesn't count
                    await self._store.recovered(NAME, lambda stumbled: stumbled == name)
                raise
            except Exception as error:  # noqa: BLE001  # see above; the words of the error may be somebody's
                code = type(error).__name__
            else:
                return
        else:
            await self._store.stumble(NAME, name, code, limit=1)
        _log.error("telegram.set_aside update=%s error=%s", update["update_id"], code)
        await self._guard.handle((), self._after(update))
        await self._guard.alert(AlertCode.POISON, platform=NAME)

    async def _commit(self, updates: list[Any], me: Me) -> None:
        """Judge and commit these updates, and the offset that confirms them, in one transaction."""
        parsed = [parse(update, me, self._clock()) for update in updates]
        self._compare_clocks(updates[-1])
        ready = await asyncio.gather(*(self._ready(one) for one in parsed))
        events = [event for one in ready for event in one.events]
        codes = await self._guard.handle(events, self._after(updates[-1]))
        start = 0
        for one in ready:
            end = start + len(one.events)
            self._committed(one, tuple(codes[start:end]))
            start = end

    async def _ready(self, parsed: Parsed) -> Parsed:
        """Leave out the groups that the bot does not serve; complete the messages of the others."""
        events: list[Event] = []
        for event in parsed.events:
            if isinstance(event, ChatChange) and event.state is ChatState.MOVED and self._served.serves(event.chat):
                await self._served.follow(event.chat, event.to)
            if not self._served.concerns(event):
                continue
            events.append(await self._complete(event) if isinstance(event, Message) and event.parts else event)
        return replace(parsed, events=tuple(events))

    async def _complete(self, message: Message) -> Message:
        """Add how many people read the chat and, where a rule wants to know, what the sender is in it."""
        role = message.sender_role
        if role is None and message.sender and "sender_role" in self._guard.needs(NAME, message.chat):
            audience, role = await asyncio.gather(
                self._membership.audience(message.chat), self._membership.role(message.chat, message.sender)
            )
        else:
            audience = await self._membership.audience(message.chat)
        return replace(message, audience=audience, sender_role=role)

    def _compare_clocks(self, update: Mapping[str, Any]) -> None:
        """A message from the future means that our clock is behind; every time in the log is wrong by as much."""
        said, now = (update.get("message") or {}).get("date"), self._clock()
        ahead = int(when(said, now + MOST_SKEW) - now)
        if ahead == MOST_SKEW:  # no clock is that slow: the date is none
            return
        if ahead > SKEW_SECONDS and not self._skewed:
            _log.warning(
                "telegram.clock behind=%d: this computer's clock is slow; let it be set by a time server", ahead
            )
        self._skewed = ahead > SKEW_SECONDS

    def _offset(self) -> int | None:
        """Where to go on. After a quiet week Telegram numbers anew, maybe lower: https://core.telegram.org/bots/api#update.

        Then an old offset would confirm what was never read. Without one everything unconfirmed comes, and what was
        committed before is recognised by its message.
        """
        offset, _, since = (self._store.cursor(NAME, "offset") or "").partition(" ")
        stale = since and self._clock() - float(since) > QUIET_SECONDS
        return int(offset) if offset and not stale else None

    def _after(self, update: Mapping[str, Any]) -> Cursor:
        return Cursor(NAME, "offset", f"{int(update['update_id']) + 1} {int(self._clock())}")

    async def _heard(self) -> None:
        """Note that Telegram answered; say so when it had been silent for longer than it keeps updates."""
        now = self._clock()
        if self._alive and now - self._alive > KEPT_SECONDS:
            hours = int((now - self._alive) / 3600)
            _log.warning("telegram.away hours=%d: possible gap, as Telegram keeps updates for 24 hours only", hours)
            await self._guard.alert(AlertCode.GAP, platform=NAME)
        self._alive = now
        if abs(now - self._told_alive) > ALIVE_SECONDS:
            await self._store.commit((), Cursor(NAME, "alive", str(int(now))))
            self._told_alive = now

    async def _failed(self, error: Exception) -> None:
        match error:
            case RefusalError():
                await self._refused(error)
            case StoreError():
                await self._pause(f"store: {error}")
            case GarbageError():
                await self._pause("what answers does not speak as Telegram does")
            case TelegramError():
                await self._pause(f"no connection to Telegram ({type(error.__cause__ or error).__name__})")
            case _:
                await self._pause(f"unexpected {type(error).__name__}")

    async def _refused(self, error: RefusalError) -> None:
        if error.token_lost and (error.code == 401 or await self._unknown()):
            raise PlatformStopped(LOST)
        if error.code == 409:
            await self._pause(f"refused: {CONFLICT}")
        else:
            await self._pause(f"refused with {error.code}", error.retry_after)

    async def _unknown(self) -> bool:
        """Whether a 404 is about the token: a token that Telegram can't read is not found either."""
        try:
            await self._wire.me()
        except RefusalError as error:
            return error.token_lost
        except TelegramError:
            return False
        return False

    async def _pause(self, reason: str, seconds: float | None = None) -> None:
        """Wait before the next try, longer each time and never in step with others."""
        self._failures += 1
        wait = seconds or min(60.0, 0.5 * 2.0 ** min(self._failures, 7)) * random.uniform(0.5, 1.0)  # noqa: S311  # jitter is no secret
        if self._failures in (1, 5) or self._failures % 20 == 0:
            _log.warning("telegram.waiting seconds=%.1f reason=%s", wait, reason)
        await self._trouble.goes_on()
        await asyncio.sleep(wait)


def _numbered(update: Mapping[str, Any]) -> bool:
    """Whether an update can be confirmed: https://core.telegram.org/bots/api#update, update_id, a positive number."""
    number = whole(update.get("update_id"))
    return number is not None and number > 0
