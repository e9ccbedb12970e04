"""The composition root: builds the parts from the configuration and runs them. The only file that knows everything."""

import asyncio
import logging
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.config import Config, ConfigError, secret
from bot.housekeeping import Housekeeping
from bot.judging.guard import Guard
from bot.platform import Platform, PlatformStopped
from bot.platforms import needs_extra
from bot.sending.courier import Courier
from bot.store import Store, StoreError
from bot.talk.commands import Commands
from bot.talk.compose import Composer
from detectors.allow import Allow
from detectors.detector import Detector
from detectors.recognizers.custom import load_custom
from policies.reload import Policies

_log = logging.getLogger(__name__)


async def run(config: Config) -> int:
    """Run the bot until SIGTERM or SIGINT; returns the exit code."""
    store = Store.open(config.database, time.time, hold=True)
    try:
        return await _serve(config, store)
    finally:
        store.close()


def detector(config: Config) -> Detector:
    """The detector that the configuration asks for."""
    choice = config.detector
    custom = tuple(recognizer for file in choice.recognizers for recognizer in load_custom(config.folder / file))
    numbers = [Allow("PHONE_NUMBER", number) for number in choice.own_numbers]
    domains = [Allow("EMAIL_ADDRESS", f"@{domain.removeprefix('@')}") for domain in choice.own_domains]
    return Detector(spacy_model=choice.spacy_model, allow=[*numbers, *domains], custom=custom)


def policies(config: Config, find: Detector) -> Policies:
    """The policies that the configuration names."""
    chats = {entry.chat: entry.policy for entry in config.policies.chats if entry.policy}
    return Policies(config.policies.default, chats, find.find, config.folder, find.own_types)


async def _serve(config: Config, store: Store) -> int:
    finder = detector(config)
    rules = policies(config, finder)
    _log.info("policies loaded set=%s", rules.set.hash)
    guard = Guard(finder, rules, store, time.time, config.admins.by_platform())
    platforms: dict[str, Platform] = {}
    commands = Commands(config, store, rules, platforms, time.time)
    platforms.update(_platforms(config, guard, store, commands))
    courier = Courier(store, platforms, Composer(config, store, commands, platforms).compose, time.time)
    opened: list[Platform] = []
    try:
        for platform in platforms.values():
            opened.append(platform)
            print(f"{platform.name}: {await platform.open()}", flush=True)
        housekeeping = Housekeeping(config, rules, guard, store, time.time)
        return await _until_stopped(platforms, guard, courier, housekeeping)
    finally:
        for platform in opened:
            await platform.close()


async def _until_stopped(
    platforms: Mapping[str, Platform], guard: Guard, courier: Courier, housekeeping: Housekeeping
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    receivers = {name: asyncio.create_task(_receive(platform, guard)) for name, platform in platforms.items()}
    sending = asyncio.create_task(courier.run())
    tidying = asyncio.create_task(housekeeping.run(platforms))
    stopped = asyncio.create_task(stop.wait())
    everyone_left = asyncio.gather(*receivers.values())
    awaited: set[asyncio.Future[Any]] = {stopped, everyone_left, sending, tidying}
    await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
    await courier.stop()
    everyone_left.cancel()
    for task in (*receivers.values(), tidying, sending, stopped):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    print("stopped", flush=True)
    return 0 if stop.is_set() else 1


async def _receive(platform: Platform, guard: Guard) -> None:
    """One platform's messages; when it is lost for good the others go on, and all admins are told."""
    try:
        await platform.receive()
    except PlatformStopped as error:
        _log.error("platform.stopped name=%s reason=%s", platform.name, error)  # the sentence says it all
        with suppress(StoreError):  # a store that fails too must not take the other platform along
            await guard.alert("stopped", platform=platform.name)


def _platforms(config: Config, guard: Guard, store: Store, commands: Commands) -> dict[str, Platform]:
    """One line for each platform. Each library is imported only where its platform is enabled."""
    platforms: dict[str, Platform] = {}
    if config.telegram and config.telegram.enabled:
        with needs_extra("telegram"):
            from bot.platforms.telegram.platform import TelegramPlatform

        token = _wanted("TELEGRAM_BOT_TOKEN", "telegram")
        platforms["telegram"] = TelegramPlatform(config, token, guard, store, time.time)
    if config.slack and config.slack.enabled:
        with needs_extra("slack"):
            from bot.platforms.slack.platform import SlackPlatform, Tokens

        tokens = Tokens(
            bot=_wanted("SLACK_BOT_TOKEN", "slack"),
            app=_wanted("SLACK_APP_TOKEN", "slack") if config.slack.mode == "socket" else "",
            signing_secret=_wanted("SLACK_SIGNING_SECRET", "slack") if config.slack.mode == "http" else "",
            admin_user=secret("SLACK_ADMIN_USER_TOKEN") or "",
        )
        platforms["slack"] = SlackPlatform(config.slack, tokens, guard, store, commands, time.time)
    if not platforms:
        raise ConfigError("No platform is enabled; add a [telegram] or [slack] section with enabled = true")
    return platforms


def _wanted(name: str, section: str) -> str:
    if value := secret(name):
        return value
    raise ConfigError(f"{name} is not set; put the token into the environment, or set enabled = false in [{section}]")
