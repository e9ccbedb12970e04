"""From an event at Telegram to the nudge on the wire, in milliseconds: `python -m benchmarks.telegram_latency`.

The bot runs in a process of its own: the real client, detector, shipped policy, guard, store (synchronous = FULL) and
courier; a Bot API server of our own plays Telegram on loopback. One message in ten leaks, every sender is another
person who has pressed Start. The clock starts when an update is there to be fetched and stops when the server has the
nudge. More leaks than Telegram's 30 messages a second would measure its limit instead.
"""

import argparse
import asyncio
import multiprocessing
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from detectors.detector import Detector
from tests.fakes.telegram.bot import TestBot
from tests.fakes.telegram.people import says
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.world import Json

WARM_UP = 30
"""Messages before the measurement: caches fill, connections open."""

ORDINARY = (
    "Morning all, the rota for next week is in the shared folder",
    "Can somebody cover the front interactions from 2 to 4 today?",
    "收到，我即刻跟進",
    "Meeting moved to room 3, bring last month's figures please",
    "今日落大雨，大家出入小心啲",
    "Payroll cut-off is Friday 18:00 as always",
    "Thanks! Lunch at 12:30?",
    "Order 20260918-4471 arrived, 3 boxes, signed by listener",
    "開會改咗做三點半",
)
LEAK = "Please book the medical for the new colleague, HKID A123456(3)"


def live(url: str, folder: str) -> None:
    """Be the bot until SIGTERM."""
    asyncio.run(_live(url, Path(folder)))


async def _live(url: str, folder: Path) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with TestBot(url, folder, detector=Detector(), policy="hr-default"):
        await stop.wait()


async def measure(rate: int, seconds: int, every: int = 10) -> list[float]:
    """Post `rate` messages a second, one in `every` a leak; returns the milliseconds of each leak, sorted."""
    posted: dict[str, float] = {}
    arrived: dict[str, float] = {}

    def watch(method: str, params: Json) -> None:
        if method == "sendMessage":
            arrived.setdefault(str(params["chat_id"]), time.monotonic())

    with tempfile.TemporaryDirectory() as folder:
        async with FakeTelegram() as fake:
            fake.on_call = watch
            bot = multiprocessing.get_context("spawn").Process(target=live, args=(fake.url, folder))
            bot.start()
            try:
                await _post(fake, posted, 10, WARM_UP, 10, first=1)
                await fake.seen(lambda: len(arrived) == len(posted), 60)
                posted.clear()
                await _post(fake, posted, rate, rate * seconds, every, first=1 + WARM_UP)
                await fake.seen(lambda: posted.keys() <= arrived.keys(), 60)
            finally:
                bot.terminate()
                bot.join(30)
    return sorted((arrived[sender] - at) * 1000 for sender, at in posted.items())


async def _post(fake: FakeTelegram, posted: dict[str, float], rate: int, count: int, every: int, *, first: int) -> None:
    group = fake.world.chats.get(-1001) or fake.world.group(-1001)
    begin = time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
        person = fake.world.person(10_000 + first + number, started=True)
        leaks = number % every == every // 2
        if leaks:
            posted[str(person.id)] = time.monotonic()
        says(fake, person, group, LEAK if leaks else ORDINARY[number % len(ORDINARY)])


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
