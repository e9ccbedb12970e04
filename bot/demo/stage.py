"""The whole bot around a made-up office: the real detector, policies, store, guard and courier, and no wire."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.addresses import Address
from bot.app import assemble, site
from bot.config import Config, Files, PolicyChoice, Privacy, Web
from bot.demo.scenario import Member, Room
from bot.judging.guard import Detector
from bot.looks.reader import FileReader
from bot.platforms.simulator.platform import Simulator
from bot.platforms.simulator.world import Person, World
from bot.store import Store
from bot.web.sessions import Visitor, WebRole
from detectors.documents.sandbox import Sandbox
from policies.reload import Policies

PRIVACY = Privacy(operator="Harbour Lane Trading, Human Resources", contact="privacy@harbourlane.example")
"""Invented, like everybody in the scenarios."""

LARGEST = 20_000_000
"""Bytes of a file."""

MONDAY_AFTERNOON = 1_790_575_200.0
"""2026-09-28 14:00 in Hong Kong: where a scripted clock starts."""


class Clock:
    """A clock that starts on a made-up Monday, runs with ours, and can be put forward."""

    def __init__(self, start: float = MONDAY_AFTERNOON, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._offset = start - ticks()

    def __call__(self) -> float:
        """Tell the time in Unix seconds."""
        return self._ticks() + self._offset

    def forward(self, seconds: float) -> None:
        """Put the clock forward."""
        self._offset += seconds


class Stage:
    """One office, ready to play. Close it when done."""

    def __init__(
        self,
        room: Room,
        members: tuple[Member, ...],
        detector: Detector,
        folder: Path,
        page: Address | None = None,
    ) -> None:
        """Set the stage; the log is a file in `folder`. Raises PolicyError when the room's policy can't be used.

        `page` is where the page will listen; then all admins may change things there, and policies lie in `folder`.
        """
        people = [
            Person(f"u{number}", member.name, member.language, member.started, member.anonymous, member.role)
            for number, member in enumerate(members, 1)
        ]
        admins = tuple(person.id for person, member in zip(people, members, strict=True) if member.admin)
        self.clock = Clock()
        self.world = World(room.name, room.audience, people, external=room.external)
        self.database = folder / "thinktwice.db"
        self.store = Store.open(self.database, self.clock)
        self.platform = Simulator(self.world, self.clock)
        name = self.platform.name
        home = folder if page else Path()
        self._config = config = Config(
            privacy=PRIVACY.model_copy(update={"retention": room.retention}),
            policies=PolicyChoice(default=room.policy),
            admins={name: admins},
            language=room.language,
            files=Files(enabled=room.files),
            wording=room.wording,
            web=Web(listen=page, editors=tuple(f"{name}:{admin}" for admin in admins)),
            folder=home,
        )
        self._reminded, self._forgets = config.reminded, bool(room.retention)
        policies = Policies(room.policy, {}, detector.find, home, trial=room.on_trial)
        self._bot = assemble(
            config,
            detector,
            policies,
            self.store,
            {name: self.platform},
            self.clock,
            self.clock,
            reader=FileReader(Sandbox(), detector, LARGEST) if room.files else None,
        )

    async def open(self) -> None:
        """Greet the group."""
        await self.platform.open(self._bot.inbound)
        await self.settle()

    async def settle(self) -> None:
        """Deliver everything that is due, first what words are about, then what files are about."""
        await self._bot.courier.drain()
        if self._bot.looks:
            await self._bot.looks.drain()
            await self._bot.courier.drain()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve the page, with what a running bot does beside it. Raises ConfigError."""
        page, listen = site(self._config, self._bot), self._config.web.listen
        if page and listen:
            await page.open(listen)
        courier, housekeeping = self._bot.courier, self._bot.housekeeping
        beside = [asyncio.create_task(work) for work in (courier.run(), housekeeping.run(self._bot.everyone))]
        try:
            yield
        finally:
            await courier.stop()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            if page:
                await page.door.close()

    def invite(self) -> str:
        """A link that lets the first admin into the page, once."""
        [admin, *_] = self._config.admins[self.platform.name]
        person = self.world.person(admin)
        language = person.language if person else "en"
        visitor = Visitor(self.platform.name, "", admin, language, WebRole.EDITOR)
        return f"{self._config.web.origin}/in/{self._bot.sessions.invite(visitor)}"

    async def wait(self, seconds: float) -> None:
        """Let time go by, with what is due in it."""
        self.clock.forward(seconds)
        await self.store.expire(self.clock())
        await self._bot.housekeeping.scheduled(self._bot.platforms, self.clock())
        if self._forgets:
            await self._bot.housekeeping.purge(self.clock())
        await self.settle()

    def close(self) -> None:
        """Close the log."""
        self.store.close()
