"""An office whose page is open: a whole bot on the simulator, three people, and the way in that the bot hands out."""

import re
from pathlib import Path
from typing import Any

from bot.addresses import Address
from bot.app import Bot, assemble, site
from bot.config import Config
from bot.platforms.simulator.platform import Simulator
from bot.platforms.simulator.world import Person, World
from bot.store import Store
from bot.web.site import Site
from bot.words import Act, Command
from tests.fakes.judging import Marks
from tests.fakes.logbook import NOON, Clock, leak
from tests.fakes.two_rules import two_rules

PRIYA, KEN, MING = Person("u1", "Priya"), Person("u2", "Ken", "zh"), Person("u3", "Ming")


class Office:
    """A bot whose page is open: Priya may change things there, Ken may look, Ming is no admin."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.folder = Clock(NOON), folder
        self.world = World("HR operations", 47, [PRIYA, KEN, MING])
        self.store = Store.open(folder / "log.db", self.clock)
        self.platform = Simulator(self.world, self.clock)
        finder = Marks()
        self.rules = two_rules(folder, finder.find)
        given: dict[str, Any] = {
            "privacy": {"operator": "Example Ltd", "contact": "privacy@example.com"},
            "admins": {"simulator": [PRIYA.id, KEN.id]},
            "policies": {"default": "policy.toml"},
            "web": {
                "listen": "127.0.0.1:0",
                "editors": [f"simulator:{PRIYA.id}"],
                "others": {"Legal": "https://legal-bot.example.com"},
            },
        }
        config = Config.model_validate(given).model_copy(update={"folder": folder})
        self.bot: Bot = assemble(
            config, finder, self.rules, self.store, {"simulator": self.platform}, self.clock, self.clock
        )
        made = site(config, self.bot)
        assert made
        self.site: Site = made

    async def open(self) -> None:
        await self.platform.open(self.bot.inbound)
        for person in (PRIYA, KEN, MING):
            await self.platform.start(person)
        await self.site.open(Address("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.site.door.port}"
        self.site._shield.origin = self.url

    async def asks(self, person: Person, *args: str) -> str:
        """What the bot answers somebody who sends /web."""
        await self.platform.ask(person, Command.WEB, args)
        await self.bot.courier.drain()
        return self.world.notes[person.id][-1].text

    async def link(self, person: Person) -> str:
        """The way in that the bot hands out."""
        found = re.search(r"/in/\S+", await self.asks(person))
        assert found
        return self.url + found[0]

    def noted(self) -> list[tuple[str, str, bool]]:
        return [(row.user, row.detail, row.allowed) for row in self.store.audits() if row.action == Act.WEB]


async def leaked(office: Office, message: str = "1") -> str:
    await office.store.commit([leak(message, platform="simulator", chat=office.world.chat, at=NOON - 60)])
    row = office.store.incident_at("simulator", "", office.world.chat, message)
    assert row
    return row.id
