"""`thinktwice run`: every enabled platform in one process, until it is told to stop."""

import asyncio
import logging
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot import __version__, app, garbage, logs, systemd
from bot.app import Bot
from bot.beating import beating
from bot.config import Config, load
from bot.judging.guard import Guard
from bot.platform import PlatformStopped
from bot.platforms.beside import ChatPlatform
from bot.platforms.registered import SECTIONS
from bot.stopping import stop_signal
from bot.store import BOT, Store, StoreError
from bot.words import Act, AlertCode
from detectors import turns
from detectors.detector import Detector
from policies.reload import Policies

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds until a platform that broke is listened to again; what held for longer counts as a new trouble."""

_log = logging.getLogger(__name__)


def run(path: Path, *, verbose: bool = False) -> int:
    """Run the bot with the configuration at `path` until SIGTERM or SIGINT; returns the exit code."""
    config = load(path, SECTIONS)
    logs.start(verbose=verbose, form=config.logs.format)
    turns.ask(turns.SHORT)  # people wait; what reads files does not
    return asyncio.run(_run(config))


async def _run(config: Config) -> int:
    store = Store.open(config.database, time.time, hold=True)
    try:
        return await _serve(config, store)
    finally:
        store.close()


async def _serve(config: Config, store: Store) -> int:
    finder = app.detector(config)
    finder.ready()
    rules = app.policies(config, finder)
    _log.info("policies loaded set=%s", rules.set.hash)
    async with beating(store, lambda: rules.set.hash):
        return await _work(config, store, finder, rules)


async def _work(config: Config, store: Store, finder: Detector, rules: Policies) -> int:
    hook = app.hook(config, time.time)
    bot = app.assemble(
        config,
        finder,
        rules,
        store,
        app.platforms(config, store, time.time),
        time.time,
        reader=app.reader(config, finder),
        hook=hook,
    )
    await store.set_hook(on=hook is not None)
    answering = app.health(config)
    health = answering(store, bot.everyone, bot.meter, lambda: rules.set.hash) if answering else None
    site = app.site(config, bot)
    opened: list[ChatPlatform] = []
    ready: list[str] = []
    try:
        if health and config.health.listen:
            await health.open(config.health.listen)
        if site and config.web.listen:
            await site.open(config.web.listen)
        for platform in bot.platforms.values():
            opened.append(platform)
            ready.append(f"{platform.name}: {await platform.open(bot.inbound)}")
        await store.audit(BOT, "", Act.START, __version__)
        garbage.built()
        stop = stop_signal()  # before "ready" is said: who reads it may stop us at once
        print("\n".join(ready), flush=True)
        systemd.tell("READY=1")
        told = await _until_stopped(bot, stop)
        well = told and not store.trouble()
        with suppress(StoreError):  # what kept it from working may keep this from being written
            await store.audit(BOT, "", Act.STOP, "" if well else "trouble")
        return 0 if well else 1
    finally:
        if health:
            await health.door.close()
        if site:
            await site.door.close()
        for platform in opened:
            await platform.close()
        if hook:
            await hook.close()


async def _until_stopped(bot: Bot, stop: asyncio.Event) -> bool:
    """Work; returns whether it was told to stop, and did not come to its own end."""
    receivers = [asyncio.create_task(_receive(platform, bot.inbound.guard)) for platform in bot.platforms.values()]
    sending = asyncio.create_task(bot.courier.run())
    looking = asyncio.create_task(bot.looks.run() if bot.looks else asyncio.Event().wait())
    tidying = asyncio.create_task(bot.housekeeping.run(bot.everyone))
    living = asyncio.create_task(systemd.live())
    stopped = asyncio.create_task(stop.wait())
    everyone_left = asyncio.gather(*receivers)
    awaited: set[asyncio.Future[Any]] = {stopped, everyone_left, sending, tidying, looking}
    await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
    systemd.tell("STOPPING=1")
    await bot.courier.stop()
    everyone_left.cancel()
    for task in (*receivers, tidying, sending, looking, living, stopped):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    print("stopped", flush=True)
    return stop.is_set()


async def _receive(platform: ChatPlatform, guard: Guard) -> None:
    """One platform's messages. What breaks it is waited out; when it is lost for good the others go on without it."""
    pause = SHORTEST_PAUSE
    while True:
        began = time.monotonic()
        try:
            return await platform.receive()
        except PlatformStopped as error:
            _log.error("platform.stopped name=%s reason=%s", platform.name, error)  # the sentence says it all
            with suppress(StoreError):  # a store that fails too must not take the other platform along
                await guard.alert(AlertCode.STOPPED, platform=platform.name)
            return None
        except Exception as error:  # noqa: BLE001  # whatever it is, it is this platform's trouble alone
            _log.error(
                "platform.broke name=%s error=%s seconds=%.0f", platform.name, type(error).__name__, pause
            )  # a traceback could hold words
        if time.monotonic() - began > LONGEST_PAUSE:
            pause = SHORTEST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
