"""One bot, one line, one rate: how long each leak takes until its sender is written to.

The bot is `thinktwice run` in a process of its own, with nothing configured but where to find the platform, which a
server of ours plays on loopback. The clock starts when the event is there to be fetched or is sent, and stops when the
server has read the nudge. Everybody who leaks is another person, so that no nudge waits for another one; the rest is
written by a hundred others.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, Self

from benchmarks import small_talk
from benchmarks.latency.slack import Slack
from benchmarks.latency.telegram import Telegram
from detectors import turns

WARM_UP = 30
"""Messages before the measurement: caches fill, connections open."""
PATIENCE = 180.0
"""Seconds for which the last nudge is waited for."""
OTHERS = 100
"""People who write what is no leak."""
STRANGER = 1_000_000
"""Where the numbers of people begin who leak, each once."""
CONFIG = """
[privacy]
operator = "Example Ltd"
contact = "privacy@example.com"
"""

Told = Callable[[int], None]
"""Hears who is written to."""


class Line(Protocol):
    """A platform, and the line that its events come in by."""

    @property
    def secrets(self) -> Mapping[str, str]:
        """What the bot's environment holds."""
        ...

    @property
    def section(self) -> str:
        """What the configuration says of it, while it listens."""
        ...

    def post(self, person: int, text: str) -> None:
        """Somebody writes."""
        ...

    def share(self, person: int, name: str, content: bytes) -> None:
        """Somebody posts a file."""
        ...

    async def __aenter__(self) -> Self:
        """Listen."""
        ...

    async def __aexit__(self, *_: object) -> None:
        """Go away."""
        ...


LINES: Mapping[str, Callable[[Told], Line]] = {
    "telegram": Telegram,
    "telegram webhook": partial(Telegram, mode="webhook"),
    "slack socket": partial(Slack, mode="socket"),
    "slack http": partial(Slack, mode="http"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds from event to nudge, sorted; those that the bot worked for each message (None: unknown here).

    The second says where it saturates, on a busy machine too: a core is full at a thousand of them a second.
    """

    took: tuple[float, ...]
    worked: float | None

    def __str__(self) -> str:
        cuts = statistics.quantiles(self.took, n=100, method="inclusive")
        worked = "" if self.worked is None else f", {self.worked:.2f} ms of work a message"
        figures = f"p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, worst {self.took[-1]:.1f} ms"
        return f"{len(self.took)} nudges: {figures}{worked}"


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

    async def finish(self, seconds: float) -> tuple[float, ...]:
        """Wait until all are told, and forget them; returns the milliseconds of each, sorted. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not self._posted.keys() <= self._arrived.keys():  # noqa: ASYNC110 - as good as an event here
                await asyncio.sleep(0.005)
        took = sorted((self._arrived[person] - at) * 1000 for person, at in self._posted.items())
        self._posted.clear()
        return tuple(took)

    @property
    def waiting(self) -> int:
        """How many have not been told yet."""
        return len(self._posted.keys() - self._arrived.keys())

    def forget(self) -> None:
        """Wait for nobody any more."""
        self._posted.clear()


async def measure(
    line: str, rate: int, seconds: int, every: int = 10, warm_up: int = WARM_UP, lived: float = 0.0
) -> Figures:
    """Post `rate` messages a second by one of LINES, one in `every` a leak, to a bot that has run for `lived` s."""
    clock = Clock()
    async with LINES[line](clock.told) as platform, running(platform) as process:
        await post(platform, clock, 10, range(1, 1 + warm_up), every)
        await clock.finish(PATIENCE)
        await asyncio.sleep(lived)
        before = spent(process)
        await post(platform, clock, rate, range(1 + warm_up, 1 + warm_up + rate * seconds), every)
        took = await clock.finish(PATIENCE)
        after = spent(process)
        return Figures(took, None if after is None or before is None else (after - before) * 1000 / (rate * seconds))


@asynccontextmanager
async def running(platform: Line, more: str = "") -> AsyncIterator[int]:
    """Run the bot for the time of the block, `more` in its configuration; yields its process once it is ready.

    We, who play the platform, ask for short turns as the bot does: a platform is on another machine.
    """
    turns.ask(turns.SHORT)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG + platform.section + more, "utf-8")
        run = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(config),
            stdout=asyncio.subprocess.PIPE, env={**os.environ, **platform.secrets},
        )  # fmt: skip
        try:
            if run.stdout:
                await run.stdout.readline()
            yield run.pid
        finally:
            run.terminate()
            await run.wait()


def spent(process: int, *, ended: bool = False) -> float | None:
    """Seconds of work that a process has done so far, of its own that `ended` too; None where the system is silent."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    # proc_pid_stat(5): utime, stime, cutime, cstime
    return sum(map(int, fields[11 : 15 if ended else 13])) / os.sysconf("SC_CLK_TCK")


async def post(platform: Line, clock: Clock, rate: int, numbers: Sequence[int], every: int) -> None:
    """Post small talk `rate` times a second, message by message of `numbers`; one in `every` is a leak, and timed."""
    begin = time.monotonic()
    for number in numbers:
        await asyncio.sleep(max(0.0, begin + (number - numbers[0]) / rate - time.monotonic()))
        leaks = small_talk.leaks(number, every)
        person = STRANGER + number if leaks else 1 + number % OTHERS
        if leaks:
            clock.posted(person)
        platform.post(person, small_talk.text(number, every))
