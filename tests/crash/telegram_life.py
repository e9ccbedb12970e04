"""One life of the whole bot on Telegram, ending itself at a named point.

Usage: telegram_life.py URL FOLDER POINT COUNT. It kills itself when POINT is reached for the COUNTth time; otherwise it
runs until SIGTERM.
"""

import asyncio
import signal
import sys
from pathlib import Path

from bot.platforms.telegram.platform import TelegramPlatform
from bot.send import Outcome, Send
from tests.crash.runner import Trap, TrappedStore
from tests.fakes.telegram.bot import TestBot


class TrappedPlatform(TelegramPlatform):
    """The real platform with traps around its wire calls."""

    trap: Trap

    async def deliver(self, rung: str, send: Send) -> Outcome:
        """Send, unless the trap shuts."""
        self.trap.reach("before_wire")
        outcome = await super().deliver(rung, send)
        self.trap.reach("after_accepted")
        return outcome


async def main(url: str, folder: Path, trap: Trap) -> None:
    """Run until told to stop."""
    TrappedStore.trap = TrappedPlatform.trap = trap
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with TestBot(url, folder, store=TrappedStore, platform=TrappedPlatform):
        await stop.wait()


if __name__ == "__main__":
    _, url_, folder_, point_, count_ = sys.argv
    asyncio.run(main(url_, Path(folder_), Trap(point_, int(count_))))
