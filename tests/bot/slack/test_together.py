"""`thinktwice run` on both platforms from one config, in a process: one that is lost does not stop the other."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.people import inbox, says
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import TOKEN

ROOT = Path(__file__).parents[3]

CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
[admins]
telegram = [1001]
slack = ["U0ADMIN"]
[telegram]
api_base_url = "{telegram}"
[slack]
api_base_url = "{slack}"
listen = "127.0.0.1:0"
"""


@asynccontextmanager
async def running(slack: FakeSlack, telegram: FakeTelegram, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    config = folder / "config.toml"
    config.write_text(CONFIG.format(telegram=telegram.url, slack=slack.api_base_url))
    tokens = {"TELEGRAM_BOT_TOKEN": TOKEN, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(config), cwd=ROOT, env={**os.environ, **tokens},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ready(process: asyncio.subprocess.Process) -> list[str]:
    assert process.stdout
    return [(await asyncio.wait_for(process.stdout.readline(), 60)).decode() for _ in range(2)]


async def test_both_at_once_and_each_without_the_other(tmp_path: Path) -> None:
    async with FakeSlack() as slack, FakeTelegram() as telegram:
        slack.space.channel("C1", "U1", "U2")
        people = [telegram.world.person(number, started=True) for number in (101, 102)]
        admin = telegram.world.person(1001, started=True)
        group = telegram.world.group(-1001, *people)
        async with running(slack, telegram, tmp_path) as process:
            lines = await ready(process)
            assert [line.partition(":")[0] for line in lines] == ["telegram", "slack"]
            slack.say("C1", "U1", "his HKID is A123456(3)")
            says(telegram, people[0], group, "his HKID is A123456(3)")
            await slack.until(lambda: slack.space.told("U1"), 60)
            await telegram.seen(lambda: inbox(telegram, people[0]), 60)
            slack.revoke(slack.bot_token)
            slack.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})
            assert process.stderr
            stopped = await asyncio.wait_for(process.stderr.readuntil(b"platform.stopped"), 60)
            assert b"A123456" not in stopped
            await telegram.seen(lambda: any("no longer lets me in" in str(told) for told in inbox(telegram, admin)), 60)
            says(telegram, people[1], group, "his HKID is A123456(3)")
            await telegram.seen(lambda: inbox(telegram, people[1]), 60)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 60) == 0


async def test_a_token_that_slack_refuses_at_the_start_ends_the_run(tmp_path: Path) -> None:
    async with FakeSlack() as slack, FakeTelegram() as telegram:
        slack.revoke(slack.bot_token, "invalid_auth")
        async with running(slack, telegram, tmp_path) as process:
            _, said = await asyncio.wait_for(process.communicate(), 60)
            assert process.returncode == 1
            assert b"SLACK_BOT_TOKEN" in said
            assert b"Traceback" not in said
            assert slack.bot_token.encode() not in said
