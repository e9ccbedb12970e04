"""The whole bot, real parts only, against the fake Bot API server: what `thinktwice run` builds, on a given clock."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Self

from bot.config import Admins, Config, Privacy, Telegram, Wellbeing
from bot.judging.guard import Detector, Guard
from bot.platform import Platform
from bot.platforms.telegram.platform import TelegramPlatform
from bot.sending.courier import Courier
from bot.store import Store
from bot.talk.commands import Commands
from bot.talk.compose import Composer
from policies.reload import Policies
from tests.fakes import marked_find
from tests.fakes.telegram.world import TOKEN

ADMIN = 1001

POLICY = """
mode = "enforce"
[[rule]]
id = "hkid"
types = ["HKID"]
severity = "high"
wording = "hkid"
mute_days = 7
[[rule]]
id = "phone"
types = ["PHONE_NUMBER"]
severity = "medium"
wording = "phone"
mute_days = 7
"""

MARKED: Detector = SimpleNamespace(find=marked_find.find, slow=False)  # type: ignore[assignment]  # a module's function as a method


class TestBot:
    """Enter it to start the bot; `store` is its log. Leaving stops it as SIGTERM would."""

    __test__ = False

    def __init__(
        self, url: str, folder: Path, clock: Callable[[], float] = time.time, *, detector: Detector = MARKED,
        token: str = TOKEN, store: type[Store] = Store, platform: type[TelegramPlatform] = TelegramPlatform,
        admins: tuple[int, ...] = (ADMIN,), policy: str = "policy.toml", wellbeing: Wellbeing | None = None,
        **telegram: object,
    ) -> None:  # fmt: skip
        (folder / "policy.toml").write_text(POLICY)
        self.config = Config(
            privacy=Privacy(operator="Example Ltd", contact="privacy@example.com"),
            admins=Admins(telegram=admins),
            wellbeing=wellbeing or Wellbeing(),
            telegram=Telegram.model_validate({"api_base_url": url, **telegram}),
            folder=folder,
        )
        self.store = store.open(folder / "bot.db", clock)
        rules = Policies(policy, {}, detector.find, folder)
        self.guard = Guard(detector, rules, self.store, clock, self.config.admins.by_platform())
        platforms: dict[str, Platform] = {}
        commands = Commands(self.config, self.store, rules, platforms, clock)
        self.platform = platform(self.config, token, self.guard, self.store, clock)
        platforms["telegram"] = self.platform
        self.courier = Courier(
            self.store, platforms, Composer(self.config, self.store, commands, platforms).compose, clock
        )
        self.ready = ""
        self.receiving: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self.ready = await self.platform.open()
        self.receiving = asyncio.create_task(self.platform.receive())
        self._sending = asyncio.create_task(self.courier.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.receiving:
            self.receiving.cancel()
        await self.courier.stop()
        for task in (self.receiving, self._sending):
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task
        await self.platform.close()
        self.store.close()
