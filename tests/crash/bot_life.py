"""One life of a whole bot, on Telegram, on Slack or on both, ending itself at a named point."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot import running
from bot.addresses import Address, Server
from bot.app import assemble
from bot.beating import beating
from bot.config import Config, Privacy
from bot.looks.reader import FileReader
from bot.message import Attachment
from bot.platform import Fetched, Unfetched
from bot.platforms.beside import ChatPlatform
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.tokens import Tokens
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.settings import Telegram
from bot.send import Later, Outcome, Send
from bot.stopping import stop_signal
from bot.store import Store
from detectors.documents.judge import DocumentFindings
from tests.crash.traps import Trap, TrappedStore
from tests.fakes.boxes import OpenBox
from tests.fakes.judging import Marks
from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.world import TOKEN
from tests.fakes.two_rules import two_rules

POINTS = ("before_commit", "after_commit", "before_wire", "after_accepted", "before_outcome")
LOOKS = ("before_fetch", "after_fetch", "after_read")
"""Where a life may end itself; each turn has two files."""


MOST = 1_000_000
"""Bytes of the largest file that is read."""


@dataclass(frozen=True)
class Place:
    """Where a bot lives: its folder, and the addresses of the platforms that it is on ('': not on that one)."""

    folder: Path
    telegram: str = ""
    slack: str = ""
    mode: Literal["socket", "http"] = "socket"
    port: int = 0
    """Where Slack's events are taken in http mode."""
    webhook: int = 0
    """The port where Telegram's updates are taken; 0: it is polled."""
    door: int = 0
    """The port that Telegram posts to, if not the same one."""

    @property
    def log(self) -> Path | Server:
        return self.folder / "log.db"


class TrappedTelegram(TelegramPlatform):
    """The real platform with traps around its wire calls."""

    trap: Trap

    async def deliver(self, rung: str, send: Send) -> Outcome:
        self.trap.reach("before_wire")
        outcome = await super().deliver(rung, send)
        self.trap.reach("after_accepted")
        return outcome

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        self.trap.reach("before_fetch")
        fetched = await super().fetch(file, most)
        self.trap.reach("after_fetch")
        return fetched


class TrappedSlack(SlackPlatform):
    """The real platform with traps around its wire calls."""

    trap: Trap

    async def deliver(self, rung: str, send: Send) -> Outcome:
        self.trap.reach("before_wire")
        outcome = await super().deliver(rung, send)
        self.trap.reach("after_accepted")
        return outcome

    async def fetch(self, file: Attachment, most: int) -> Fetched | Unfetched | Later:
        self.trap.reach("before_fetch")
        fetched = await super().fetch(file, most)
        self.trap.reach("after_fetch")
        return fetched


class TrappedReader(FileReader):
    """The real reader, in this process, with a trap behind it."""

    trap: Trap

    async def read(self, content: bytes, name: str) -> DocumentFindings:
        found = await super().read(content, name)
        self.trap.reach("after_read")
        return found


def live(place: Place, point: str, count: int) -> None:
    """Run until SIGTERM, or until `point` is reached for the `count`th time."""
    TrappedStore.trap = TrappedTelegram.trap = TrappedSlack.trap = TrappedReader.trap = Trap(point, count)
    asyncio.run(_live(place))


async def _live(place: Place) -> None:
    """What `thinktwice run` does, with a detector that sees marks."""
    stop = stop_signal()  # a webhook is set before the platform is open, and who hears of it may stop us
    store = TrappedStore.open(place.log, time.time, hold=True)
    config = Config(privacy=Privacy(operator="Example Ltd", contact="privacy@example.com"))
    detector, platforms = Marks(), _platforms(place, store)
    rules, reader = two_rules(place.folder, detector.find), TrappedReader(OpenBox(), detector, MOST)
    bot = assemble(config, detector, rules, store, platforms, time.time, reader=reader)
    async with beating(store, lambda: rules.set.hash):
        for platform in platforms.values():
            await platform.open(bot.inbound)
        await running._until_stopped(bot, stop)
        for platform in platforms.values():
            await platform.close()
    store.close()


def _platforms(place: Place, store: Store) -> dict[str, ChatPlatform]:
    platforms: dict[str, ChatPlatform] = {}
    if place.telegram:
        # A tip in the group would be another way to the sender; a trial looks at direct messages.
        hook = f"http://127.0.0.1:{place.door or place.webhook}/telegram" if place.webhook else ""
        listen = Address("127.0.0.1", place.webhook)
        telegram = Telegram(api_base_url=place.telegram, ephemeral="off", webhook=hook, listen=listen)
        platforms["telegram"] = TrappedTelegram(telegram, TOKEN, store, time.time)
    if place.slack:
        listen = Address("127.0.0.1", place.port)
        slack = Slack(api_base_url=place.slack, mode=place.mode, listen=listen)
        tokens = Tokens(FakeSlack.bot_token, FakeSlack.app_token, FakeSlack.signing_secret)
        platforms["slack"] = TrappedSlack(slack, tokens, store, time.time)
    return platforms
