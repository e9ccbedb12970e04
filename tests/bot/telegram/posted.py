"""A bot that updates are posted to, on a free port."""

from pathlib import Path
from typing import Any

from tests.fakes.ports import free_port
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.server import FakeTelegram


def posted(fake: FakeTelegram, folder: Path, **more: Any) -> TestBot:
    """Enter it to start the bot."""
    return TestBot(fake.url, folder, **hook(), **more)


def hook() -> dict[str, Any]:
    """The settings of a webhook on a free port."""
    address = f"127.0.0.1:{free_port()}"
    return {"webhook": f"http://{address}/telegram", "listen": address}
