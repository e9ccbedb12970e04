"""From an event at Telegram to the nudge on the wire, in milliseconds: `python -m benchmarks.telegram_latency`.

The bot is `thinktwice run` in a process of its own, with nothing configured but where to find Telegram, which a server
of our own plays on loopback. One message in ten leaks, every sender is another person. The clock starts when an update
is there to be fetched and stops when the server has read the nudge. More leaks than Telegram's 30 messages a second
would measure its limit instead.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.bot_api import TOKEN, BotApi

WARM_UP = 30
"""Messages before the measurement: caches fill, connections open."""

ORDINARY = (
    "Morning all, the rota for next week is in the shared folder",
    "Can somebody cover the front desk from 2 to 4 today?",
    "收到，我即刻跟進",
    "Meeting moved to room 3, bring last month's figures please",
    "今日落大雨，大家出入小心啲",
    "Payroll cut-off is Friday 18:00 as always",
    "Thanks! Lunch at 12:30?",
    "Order 20260918-4471 arrived, 3 boxes, signed at the door",
    "開會改咗做三點半",
)
LEAK = "Please book the medical for the new colleague, HKID A123456(3)"

CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
[telegram]
api_base_url = "{url}"
ephemeral = "off"
"""


class Clock:
    """When each leak was posted and when its nudge arrived, by sender."""

    def __init__(self) -> None:
        self._posted: dict[int, float] = {}
        self._arrived: dict[int, float] = {}

    def posted(self, person: int) -> None:
        """Start."""
        self._posted[person] = time.monotonic()

    def told(self, person: int) -> None:
        """Stop; a second word to the same person changes nothing."""
        self._arrived.setdefault(person, time.monotonic())

    async def finish(self, seconds: float) -> list[float]:
        """Wait until all are told, and forget them; returns the milliseconds of each, sorted. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not self._posted.keys() <= self._arrived.keys():  # noqa: ASYNC110 - as good as an event here
                await asyncio.sleep(0.005)
        took = sorted((self._arrived[person] - at) * 1000 for person, at in self._posted.items())
        self._posted.clear()
        return took


async def measure(rate: int, seconds: int, every: int = 10, warm_up: int = WARM_UP) -> list[float]:
    """Post `rate` messages a second, one in `every` a leak; returns the milliseconds of each leak, sorted."""
    clock = Clock()
    async with BotApi(clock.told) as telegram, _running(telegram.url):
        await _post(telegram, clock, 10, range(1, 1 + warm_up), every)
        await clock.finish(60)
        await _post(telegram, clock, rate, range(1 + warm_up, 1 + warm_up + rate * seconds), every)
        return await clock.finish(60)


@asynccontextmanager
async def _running(url: str) -> AsyncIterator[None]:
    """Run the bot for the time of the block."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG.format(url=url), "utf-8")
        run = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(config),
            stdout=asyncio.subprocess.DEVNULL, env={**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN},
        )  # fmt: skip
        try:
            yield
        finally:
            run.terminate()
            await run.wait()


async def _post(telegram: BotApi, clock: Clock, rate: int, numbers: Sequence[int], every: int) -> None:
    begin = time.monotonic()
    for number in numbers:
        await asyncio.sleep(max(0.0, begin + (number - numbers[0]) / rate - time.monotonic()))
        leaks = number % every == every // 2
        if leaks:
            clock.posted(number)
        telegram.post(number, LEAK if leaks else ORDINARY[number % len(ORDINARY)])


def main() -> int:
    """Measure and print a line for each rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=[50, 200], help="messages a second")
    parser.add_argument("--seconds", type=int, default=20, help="how long each rate lasts")
    parser.add_argument("--every", type=int, default=10, help="one message in so many leaks")
    given = parser.parse_args()
    for rate in given.rates:
        took = asyncio.run(measure(rate, given.seconds, given.every))
        cuts = statistics.quantiles(took, n=100, method="inclusive")
        print(
            f"telegram {rate:>4} messages/s, 1 in {given.every} leaking, {len(took)} nudges: "
            f"p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, worst {took[-1]:.1f} ms"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
