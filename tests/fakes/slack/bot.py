"""The whole bot on Slack, in this process: the real platform, guard, store, courier and commands."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from bot.app import assemble
from bot.config import Config, Files, Kept, OwnWording, Privacy
from bot.judging.guard import Detector
from bot.looks.reader import Box, FileReader
from bot.platforms.slack import NAME
from bot.platforms.slack.catchup import HANDLED
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.settings import Slack
from bot.platforms.slack.tokens import Tokens
from bot.send import Send
from bot.sending.pacing import Limits
from bot.store import IncidentRow, Store
from policies.reload import Policies
from tests.fakes.judging import Marks
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import ADMIN, TEAM
from tests.fakes.two_rules import two_rules

MOST = 20_000_000
"""Bytes of the largest file that is read."""
HASTE = 20.0
"""How much faster than ours the clock of a scenario runs, and the pace of one message a second for a channel."""
NO_RETENTION: Mapping[Kept, int] = {}
PRIVACY = Privacy(operator="Example Ltd", contact="privacy@example.com")


class Hasty(SlackPlatform):
    """Slack whose seconds are short."""

    def limits(self, rung: str, send: Send) -> Limits:
        return {bucket: (count, seconds / HASTE) for bucket, (count, seconds) in super().limits(rung, send).items()}


class SlackBot:
    """Runs while the block runs. In http mode it listens on a free port and has the fake post events there."""

    def __init__(
        self,
        fake: FakeSlack,
        folder: Path,
        *,
        rules: Policies | None = None,
        detector: Detector | None = None,
        admins: tuple[str, ...] = (ADMIN,),
        admin_token: str = "",
        language: Literal["auto", "en", "zh"] = "auto",
        wording: OwnWording | None = None,
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] | None = None,
        store: type[Store] = Store,
        platform: type[SlackPlatform] = Hasty,
        box: Box | None = None,
        retention: Mapping[Kept, int] = NO_RETENTION,
        **slack: Any,
    ) -> None:
        self.fake = fake
        section = Slack(api_base_url=fake.api_base_url, **{"listen": "127.0.0.1:0", **slack})
        self.config = Config(
            privacy=PRIVACY.model_copy(update={"retention": retention}),
            admins={NAME: admins},
            language=language,
            wording=wording or OwnWording(),
            files=Files(enabled=box is not None),
        )
        self.detector = detector or Marks()
        self.rules = rules or two_rules(folder, self.detector.find)
        self.store = store.open(folder / "thinktwice.db", clock)
        tokens = Tokens(fake.bot_token, fake.app_token, fake.signing_secret, admin_token)
        self.platform = platform(section, tokens, self.store, clock)
        reader = FileReader(box, self.detector, MOST) if box else None
        self.bot = assemble(
            self.config,
            self.detector,
            self.rules,
            self.store,
            {NAME: self.platform},
            clock,
            ticks or clock,
            reader=reader,
        )
        self.guard, self.courier = self.bot.inbound.guard, self.bot.courier
        self.line = ""
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        try:
            self.line = await self.platform.open(self.bot.inbound)
        except BaseException:
            await self.platform.close()
            self.store.close()
            raise
        if self.platform._config.mode == "http":
            self.fake.over_http(self.address("/slack/events"))
        self.receiving = asyncio.create_task(self.platform.receive())
        self._tasks = [self.receiving, asyncio.create_task(self.courier.run())]
        if self.bot.looks:
            self._tasks.append(asyncio.create_task(self.bot.looks.run()))
        while self.line.startswith("ready") and not self.receiving.done() and not self.store.cursor(NAME, HANDLED):  # noqa: ASYNC110  # a reading of the history that no test is about
            await asyncio.sleep(0.002)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.receiving.cancel()
        await self.courier.stop()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        await self.platform.close()
        self.store.close()

    def address(self, path: str) -> str:
        """Where it listens in http mode."""
        assert self.platform._http, "it was never opened, or not in http mode"
        return f"http://127.0.0.1:{self.platform._http.door.port}{path}"

    def leaked(self, channel: str, ts: str) -> bool:
        """Whether the log holds an incident of a message."""
        return self.store.incident_at(NAME, TEAM, channel, ts) is not None

    def incident(self, channel: str, ts: str) -> IncidentRow:
        """Find the incident of a message that has one."""
        found = self.store.incident_at(NAME, TEAM, channel, ts)
        assert found, "the log holds no incident of this message"
        return found

    async def settle(self) -> None:
        """Wait until every event was acknowledged or given up, app events are over and what was due is delivered."""
        async with asyncio.timeout(20):
            for delivery in tuple(self.fake.post.sent):
                await delivery.done.wait()
            while self._busy() or self.store.counts().files:  # noqa: ASYNC110  # side work and files
                await asyncio.sleep(0.002)
            await self.courier.drain()

    def _busy(self) -> bool:
        beside = (self.platform._app_events, self.platform._interactions)
        return any(one is not None and one.side.busy for one in beside)
