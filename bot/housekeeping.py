"""What runs beside the messages: policy edits, expiry, reminders, digests, the nightly purge, a watch over trouble."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clocks import CONFIRMED, WallClock
from bot.config import DAY, Config
from bot.judging.guard import Guard
from bot.message import Cursor
from bot.periods import HONG_KONG, over
from bot.platform import Platform
from bot.store import BOT, Alert, Noted, Sampled, Store, StoreError
from bot.watch import Watch
from bot.words import Act, AlertCode, ChatState
from policies.reload import Policies

PURGE_HOUR = 3
"""Local time, when nobody writes."""
MORNING = timedelta(hours=9)
"""When a month begins for those who are asked about the last one, in Hong Kong."""
DIGEST_HOUR = 9
"""In Hong Kong, when people come to work: the report of what is over is sent."""

_log = logging.getLogger(__name__)


class Housekeeping:
    """Recurring work. A store that fails is told in the log and tried again at the next turn.

    While the clock is in doubt nothing is deleted, nothing expires and nobody is reminded.
    """

    def __init__(self, config: Config, policies: Policies, guard: Guard, store: Store, clock: WallClock) -> None:
        """Work for one running bot."""
        self._config = config
        self._policies = policies
        self._guard = guard
        self._store = store
        self._clock = clock
        self._purged_on = ""
        self._announced = policies.set

    async def run(self, platforms: Mapping[str, Platform]) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch_policies())
            tasks.create_task(self._tidy(platforms))
            tasks.create_task(Watch(platforms, self._store, self._guard).run())

    async def _watch_policies(self) -> None:
        """A good edit is in force within two seconds; a bad one is told to the admins once, when the store takes it.

        The audit table keeps which edition is in force from when on.
        """
        untold, noted = 0, ""
        while True:
            untold = len(self._policies.refresh()) or untold
            try:
                await self._announce()
                if noted != (edition := self._policies.set.hash):
                    await self._store.audit(BOT, "", Act.POLICY, edition)
                    noted = edition
                if untold:
                    await self._guard.alert(AlertCode.POLICY, count=untold)
                    untold = 0
            except StoreError as error:
                _log.error("housekeeping.failed reason=%s", error)  # the sentence says it all
            await asyncio.sleep(1)

    async def _announce(self) -> None:
        """Groups in which messages are taken out from now on hear of it: the reminder says so."""
        before, now = self._announced, self._policies.set
        for chat in self._store.chats() if before is not now and self._store.leads() else ():
            old, new = (rules.current(chat.platform, chat.chat) for rules in (before, now))
            if chat.state is ChatState.JOINED and new.removes and not old.removes:
                await self._store.remind(chat.platform, chat.workspace, chat.chat)
        self._announced = now

    async def _tidy(self, platforms: Mapping[str, Platform]) -> None:
        while True:
            try:
                await self._turn(platforms)
            except StoreError as error:
                _log.error("housekeeping.failed reason=%s", error)  # the sentence says it all
            await asyncio.sleep(60)

    async def _turn(self, platforms: Mapping[str, Platform]) -> None:
        now = self._clock()
        self._guard.tidy()
        if not (self._clock.look(self._confirmed) and self._store.leads()):
            return
        await self._store.expire(now)
        await self.scheduled(platforms, now)
        # A purge that was missed (the machine slept) is made up for at the next turn after the hour.
        local = datetime.fromtimestamp(now).astimezone()
        if local.hour >= PURGE_HOUR and self._purged_on != (today := f"{local:%Y-%m-%d}"):
            await self.purge(now)
            self._purged_on = today

    async def purge(self, now: float) -> None:
        """Delete what is older than the configuration keeps it."""
        before, sooner = self._config.privacy.edges(now)
        _log.info("purge.done %s", await self._store.purge(before, now, sooner))

    async def scheduled(self, platforms: Mapping[str, Platform], now: float) -> None:
        """Do what the calendar asks for: remind groups, and people of breaches; ask admins about incidents, report."""
        await self._remind(platforms, now)
        await self._store.remind_of_breaches(now, self._config.reminded)
        await self._sample(now)
        await self._report(platforms, now)

    async def _sample(self, now: float) -> None:
        """On the first of a month at nine, incidents of the month before are drawn; a missed one is made up for."""
        month = datetime.fromtimestamp(now, HONG_KONG) - MORNING
        first = month.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        mark, most = Cursor(BOT, "sample", f"{month:%Y-%m}"), self._config.awareness.sample
        if not most or self._store.cursor(mark.platform, mark.name) == mark.value:
            return
        before = (first - timedelta(days=1)).replace(day=1).timestamp()
        admins = {name: people for name, people in self._config.admins.items() if people}
        drawn = self._store.drawn(before, first.timestamp(), most, tuple(admins))
        await self._store.commit([Sampled(drawn, now, admins)] if drawn else [], mark)

    def _confirmed(self, since: float) -> bool:
        """Whether an operator has said that the clock is right."""
        return any(row.action == CONFIRMED for row in self._store.audits(since, self._clock() + 1))

    async def _report(self, platforms: Mapping[str, Platform], now: float) -> None:
        """Admins get the report of each week or month once, in the morning after it; the first is of the running one.

        That it is theirs and that it waits to be sent is committed together, so a restart sends none twice.
        """
        every = self._config.reports.digest
        if every == "off":
            return
        name, code = f"digest.{every}", over(every, now - DIGEST_HOUR * 3600)
        known = self._store.cursor(BOT, name)
        if known == code:
            return
        admins = self._config.admins.items() if known else ()
        told = [Alert(who, AlertCode.REPORT, now, ids, detail=code) for who, ids in admins if who in platforms]
        noted = [Noted(BOT, "", Act.REPORT, now, code)] if told else []
        await self._store.commit([*told, *noted], Cursor(BOT, name, code))

    async def _remind(self, platforms: Mapping[str, Platform], now: float) -> None:
        """Groups hear of the bot again on a schedule, never because of a message."""
        for name, platform in platforms.items():
            for chat in self._store.chats(name) if platform.reminder_days else ():
                last = max(chat.greeted_at or chat.since, chat.reminded_at or 0.0)
                if chat.state is ChatState.JOINED and now - last > platform.reminder_days * DAY:
                    await self._store.remind(chat.platform, chat.workspace, chat.chat)
