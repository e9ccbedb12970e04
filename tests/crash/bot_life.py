"""One life of a whole bot, on Telegram, on Slack or on both, ending itself at a named point."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot import running
from bot.app import assemble
from bot.config import Address, Config, Privacy
from bot.platforms.beside import ChatPlatform
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.tokens import Tokens
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.settings import Telegram
from bot.send import Outcome, Send
from bot.store import Store
from tests.crash.traps import Trap, TrappedStore
from tests.fakes.judging import Marks
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.world import TOKEN
from tests.fakes.two_rules import two_rules

POINTS = ("before_commit", "after_commit", "before_wire", "after_accepted", "before_outcome")
"""Where a life may end itself."""


@dataclass(frozen=True)
class Place:
    """Where a bot lives: its folder, and the addresses of the platforms that it is on ('': not on that one)."""

    folder: Path
    telegram: str = ""
    slack: str = ""
    mode: Literal["socket", "http"] = "socket"
    port: int = 0
    """Where events are taken in http mode."""

    @property
    def log(self) -> Path:
        return self.folder / "log.db"


class TrappedTelegram(TelegramPlatform):
    """The real platform with traps around its wire calls."""

    trap: Trap

    async def deliver(self, rung: str, send: Send) -> Outcome:
        self.trap.reach("before_wire")
        outcome = await super().deliver(rung, send)
        self.trap.reach("after_accepted")
        return outcome


class TrappedSlack(SlackPlatform):
    """The real platform with traps around its wire calls."""

    trap: Trap

    async def deliver(self, rung: str, send: Send) -> Outcome:
        self.trap.reach("before_wire")
        outcome = await super().deliver(rung, send)
        self.trap.reach("after_accepted")
        return outcome


def live(place: Place, point: str, count: int) -> None:
    """Run until SIGTERM, or until `point` is reached for the `count`th time."""
    TrappedStore.trap = TrappedTelegram.trap = TrappedSlack.trap = Trap(point, count)
    asyncio.run(_live(place))


async def _live(place: Place) -> None:
    """What `thinktwice run` does, with a detector that sees marks."""
    store = TrappedStore.open(place.log, time.time, hold=True)
    config = Config(privacy=Privacy(operator="Example Ltd", contact="privacy@example.com"))
    detector, platforms = Marks(), _platforms(place, store)
    bot = assemble(config, detector, two_rules(place.folder, detector.find), store, platforms, time.time)
    for platform in platforms.values():
        await platform.open(bot.inbound)
    await running._until_stopped(bot, running._stop_signal())
    for platform in platforms.values():
        await platform.close()
    store.close()


def _platforms(place: Place, store: Store) -> dict[str, ChatPlatform]:
    platforms: dict[str, ChatPlatform] = {}
    if place.telegram:
        # A tip in the group would be another way to the sender; a trial looks at direct messages.
        telegram = Telegram(api_base_url=place.telegram, ephemeral="off")
        platforms["telegram"] = TrappedTelegram(telegram, TOKEN, store, time.time)
    if place.slack:
        listen = Address("127.0.0.1", place.port)
        slack = Slack(api_base_url=place.slack, mode=place.mode, listen=listen)
        tokens = Tokens(FakeSlack.bot_token, FakeSlack.app_token, FakeSlack.signing_secret)
        platforms["slack"] = TrappedSlack(slack, tokens, store, time.time)
    return platforms
