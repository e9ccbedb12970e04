"""`thinktwice` as an operator meets it: one process, and what it writes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.slack.server import FakeSlack
from tests.fakes.telegram.world import TOKEN
from tests.zygote import Life


class Running:
    """One `thinktwice` process, and the lines that it has written so far."""

    def __init__(self, life: Life, out: Path, err: Path) -> None:
        self.life = life
        self._out, self._err = out, err

    @property
    def out(self) -> list[str]:
        return self._out.read_text("utf-8").splitlines() if self._out.exists() else []

    @property
    def err(self) -> list[str]:
        return self._err.read_text("utf-8").splitlines() if self._err.exists() else []

    async def ended(self) -> int:
        return await self.life.ended()

    async def stop(self) -> int:
        return await self.life.stop()


Start = Callable[..., Awaitable[Running]]
"""Folder, configuration, command (`run`), environment -> a program in that folder, ended when the test is over."""


async def until(happened: Callable[[], object], seconds: float = 30) -> None:
    """Wait for what other processes do. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - another process can't set our events
            await asyncio.sleep(0.02)


def config(telegram: str = "", slack: str = "", more: str = "") -> str:
    """The sections of a platform whose address is given; `more` goes to the end, into the last of them."""
    sections = ['[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n']
    if telegram:
        sections.append(f'[telegram]\napi_base_url = "{telegram}"\n')
    if slack:
        sections.append(f'[slack]\napi_base_url = "{slack}"\n')
    return "\n".join([*sections, more])


TOKENS = {"TELEGRAM_BOT_TOKEN": TOKEN, "SLACK_BOT_TOKEN": FakeSlack.bot_token, "SLACK_APP_TOKEN": FakeSlack.app_token}


async def readiness(port: int) -> tuple[int, dict[str, Any]]:
    """What /readyz says."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
        return answer.status, await answer.json()
