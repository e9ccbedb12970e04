"""One life of the whole bot on Slack, ending itself at a named point.

Usage: slack_life.py BASE FOLDER POINT COUNT MODE LISTEN. It kills itself when POINT is
reached for the COUNTth time; otherwise it runs until SIGTERM.
"""

import asyncio
import signal
import sys
from pathlib import Path

from bot.platforms.slack.platform import SlackPlatform
from bot.send import Outcome, Send
from tests.crash.runner import Trap, TrappedStore
from tests.fakes.slack.bot import SlackBot
from tests.fakes.slack.server import FakeSlack


class TrappedPlatform(SlackPlatform):
    """The real platform with traps around its wire calls."""

    trap: Trap

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """Send, unless the trap shuts."""
        self.trap.reach("before_wire")
        outcome = await super().deliver(rung, send)
        self.trap.reach("after_accepted")
        return outcome


async def main(base: str, folder: Path, trap: Trap, *, mode: str, listen: str) -> None:
    """Run until told to stop, against the fake Slack at `base`, which another process keeps."""
    TrappedStore.trap = TrappedPlatform.trap = trap
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    elsewhere = FakeSlack()
    elsewhere.base = base
    async with SlackBot(elsewhere, folder, store=TrappedStore, platform=TrappedPlatform, mode=mode, listen=listen):
        await stop.wait()


if __name__ == "__main__":
    _, base_, folder_, point_, count_, mode_, listen_ = sys.argv
    asyncio.run(main(base_, Path(folder_), Trap(point_, int(count_)), mode=mode_, listen=listen_))
