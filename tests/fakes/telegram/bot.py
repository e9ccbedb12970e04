"""The whole bot, real parts only, against the fake Bot API server: what `thinktwice run` builds, on a given clock."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, Self

from bot.app import assemble
from bot.config import ChatPolicy, Config, Files, Kept, OwnWording, PolicyChoice, Privacy, Wellbeing
from bot.judging.guard import Detector
from bot.looks.reader import Box, FileReader
from bot.platforms.telegram import NAME
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.settings import Telegram
from bot.send import Send
from bot.sending.pacing import Limits
from bot.store import Store
from policies.reload import Named, Policies
from tests.fakes.marked_find import Marked
from tests.fakes.telegram.world import TOKEN
from tests.fakes.two_rules import two_rules

ADMIN = 1001
HASTE = 20.0
"""How much faster than ours the clock of a scenario runs, and the pace of one message a second for a chat."""
NO_RETENTION: Mapping[Kept, int] = {}
MOST = 20_000_000
"""Bytes of the largest file that is read."""


class Hasty(TelegramPlatform):
    """Telegram whose seconds are short."""

    def limits(self, rung: str, send: Send) -> Limits:
        return {bucket: (count, seconds / HASTE) for bucket, (count, seconds) in super().limits(rung, send).items()}


class TestBot:
    """Enter it to start the bot; `store` is its log. Leaving stops it as SIGTERM would."""

    __test__ = False

    def __init__(
        self, url: str, folder: Path, clock: Callable[[], float] = time.time, *, detector: Detector | None = None,
        token: str = TOKEN, store: type[Store] = Store, platform: type[TelegramPlatform] = Hasty,
        admins: tuple[int, ...] = (ADMIN,), policy: str = "", trial: Named | None = None,
        language: Literal["auto", "en", "zh"] = "auto", chats: tuple[ChatPolicy, ...] = (),
        wellbeing: Wellbeing | None = None, wording: OwnWording | None = None,
        ticks: Callable[[], float] | None = None, box: Box | None = None, retention: Mapping[Kept, int] = NO_RETENTION,
        **telegram: object,
    ) -> None:  # fmt: skip
        detector = detector or Marked()
        section = Telegram.model_validate({"api_base_url": url, **telegram})
        people = tuple(map(str, admins))
        self.config = Config(
            privacy=Privacy(operator="Example Ltd", contact="privacy@example.com", retention=retention),
            admins={NAME: people},
            language=language,
            wellbeing=wellbeing or Wellbeing(),
            wording=wording or OwnWording(),
            policies=PolicyChoice(chats=chats),
            files=Files(enabled=box is not None),
            folder=folder,
        )
        self.store = store.open(folder / "bot.db", clock)
        rules = Policies(policy, {}, detector.find, folder, trial=trial) if policy else two_rules(folder, detector.find)
        self.platform = platform(section, token, self.store, clock, admins=people)
        reader = FileReader(box, detector, MOST) if box else None
        self.bot = assemble(
            self.config, detector, rules, self.store, {NAME: self.platform}, clock, ticks or clock, reader=reader
        )
        self.guard, self.courier = self.bot.inbound.guard, self.bot.courier
        self.ready = ""
        self.receiving: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self.ready = await self.platform.open(self.bot.inbound)
        self.receiving = asyncio.create_task(self.platform.receive())
        self._sending = asyncio.create_task(self.courier.run())
        self._looking = asyncio.create_task(self.bot.looks.run()) if self.bot.looks else None
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.receiving:
            self.receiving.cancel()
        await self.courier.stop()
        for task in (self.receiving, self._sending, self._looking):
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task
        await self.platform.close()
        self.store.close()
